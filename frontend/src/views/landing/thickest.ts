// SPDX-License-Identifier: MIT
// The few thickest flows of now, and where they are drawn. Pure.

import { OF_NOTHING, type IsSpoken } from '../../parts/finding/spoken';
import { isTracking } from '../../store/category';
import { groupKey } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';

/** So many are taken in at a glance. */
export const MOST = 5;
/** Who has a place keeps it against who is only a little thicker: nothing is to jump. */
const LOYALTY = 1.6;

export interface Thick {
  readonly device: Device;
  /** Of a group by company. */
  readonly key: string;
  /** Bytes a second. */
  readonly up: number;
  readonly down: number;
  /** All that it is made of is for advertising or measures people. */
  readonly ads: boolean;
  /** The sentence above speaks of some of it. */
  readonly spoken: boolean;
}

export const nameOf = ({ device, key }: Pick<Thick, 'device' | 'key'>): string => `${device.id}/${key}`;

const rateOf = ({ up, down }: Pick<Thick, 'up' | 'down'>): number => up + down;

interface Counted extends Thick {
  up: number;
  down: number;
  ads: boolean;
  spoken: boolean;
  active: number;
}

/** At most MOST of them. before: those that were shown last, by nameOf. stay: they are shown as long as they are there. */
export function thickest(
  conversations: readonly Conversation[],
  before: ReadonlySet<string>,
  stay = false,
  isSpoken: IsSpoken = OF_NOTHING,
): readonly Thick[] {
  const flows = new Map<string, Counted>();
  for (const one of conversations) {
    const { device } = one;
    if (device.gone !== null) continue;
    const key = groupKey(one, 'company');
    const name = nameOf({ device, key });
    let flow = flows.get(name);
    if (!flow) flows.set(name, (flow = { device, key, up: 0, down: 0, ads: true, spoken: false, active: 0 }));
    flow.up += one.upRate;
    flow.down += one.downRate;
    flow.ads &&= isTracking(one.category);
    flow.spoken ||= isSpoken(one);
    flow.active = Math.max(flow.active, one.active);
  }
  const known = (flow: Counted): boolean => before.has(nameOf(flow));
  const first = (flow: Counted): number => (stay && known(flow) ? 1 : 0);
  const weight = (flow: Counted): number => rateOf(flow) * (known(flow) ? LOYALTY : 1);
  return [...flows.values()]
    .sort(
      (a, b) => first(b) - first(a) || weight(b) - weight(a) || b.active - a.active || (nameOf(a) < nameOf(b) ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ device, key, up, down, ads, spoken }) => ({ device, key, up, down, ads, spoken }));
}

export interface End {
  /** Its middle, from 0 at the top to 1 at the bottom. */
  readonly y: number;
  /** Of all that flows there, side by side. Part of the height. */
  readonly width: number;
}

export interface Company extends End, Pick<Thick, 'key' | 'up' | 'down' | 'ads'> {}

export interface Band {
  readonly flow: Thick;
  /** The middles of its ends, and its width, as parts of the height. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

export interface Picture {
  readonly devices: readonly (End & { readonly device: Device })[];
  readonly companies: readonly Company[];
  readonly bands: readonly Band[];
}

/** Of the place that an end has, so much is for what flows there; above it stands its name. */
const FLOWING = 0.42;
/** Of so few flows the order settles at once. */
const ROUNDS = 3;
/** What is there is seen, however little it is. Parts of the height. */
const THINNEST = 0.005;

const add = (flows: readonly Thick[], of: 'up' | 'down'): number => flows.reduce((sum, flow) => sum + flow[of], 0);

function endOf(flows: readonly Thick[], y: number, width: (flow: Thick) => number): End {
  return { y, width: flows.reduce((sum, flow) => sum + width(flow), 0) };
}

function grouped<K>(flows: readonly Thick[], keyOf: (flow: Thick) => K): Map<K, Thick[]> {
  const found = new Map<K, Thick[]>();
  for (const flow of flows) {
    const known = found.get(keyOf(flow));
    if (known) known.push(flow);
    else found.set(keyOf(flow), [flow]);
  }
  return found;
}

/** The middle of each flow where they end side by side. */
function middles(
  groups: readonly (readonly Thick[])[],
  order: (a: Thick, b: Thick) => number,
  width: (flow: Thick) => number,
): ReadonlyMap<Thick, number> {
  const found = new Map<Thick, number>();
  groups.forEach((flows, i) => {
    let at = (i + 0.5) / groups.length - flows.reduce((sum, flow) => sum + width(flow), 0) / 2;
    for (const flow of [...flows].sort(order)) {
      found.set(flow, at + width(flow) / 2);
      at += width(flow);
    }
  });
  return found;
}

type Side<K> = readonly (readonly [K, readonly Thick[]])[];

/** The groups by where their flows come from in the middle; where that is the same, as they were. other: of the other side. */
function untangled<K>(side: Side<K>, other: ReadonlyMap<Thick, number>): Side<K> {
  const middle = (flows: readonly Thick[]): number =>
    flows.reduce((sum, flow) => sum + (other.get(flow) ?? 0), 0) / flows.length;
  return [...side].sort((a, b) => middle(a[1]) - middle(b[1]));
}

const placesOf = (side: Side<unknown>): ReadonlyMap<Thick, number> =>
  new Map(side.flatMap(([, flows], i) => flows.map((flow) => [flow, i] as const)));

/** Both sides in an order in which little crosses, and flows side by side where they end. */
export function pictureOf(flows: readonly Thick[]): Picture {
  const steady = [...flows].sort((a, b) => a.device.id - b.device.id || (a.key < b.key ? -1 : 1));
  let left: Side<Device> = [...grouped(steady, ({ device }) => device)];
  let right: Side<string> = [...grouped(steady, ({ key }) => key)].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  for (let i = 0; i < ROUNDS; i += 1) {
    right = untangled(right, placesOf(left));
    left = untangled(left, placesOf(right));
  }
  const [rows, places] = [placesOf(left), placesOf(right)];
  const between = (of: ReadonlyMap<Thick, number>, a: Thick, b: Thick): number => (of.get(a) ?? 0) - (of.get(b) ?? 0);
  const order = (a: Thick, b: Thick): number => between(rows, a, b) || between(places, a, b);

  const sides = [...left, ...right].map(([, of]) => of);
  // the root: they differ by thousands
  const widest = Math.max(1, ...sides.map((of) => of.reduce((sum, flow) => sum + Math.sqrt(rateOf(flow)), 0)));
  const most = FLOWING / Math.max(left.length, right.length, 1);
  const width = (flow: Thick): number => Math.max(THINNEST, (Math.sqrt(rateOf(flow)) / widest) * most);
  const from = middles(
    left.map(([, of]) => of),
    order,
    width,
  );
  const to = middles(
    right.map(([, of]) => of),
    order,
    width,
  );
  return {
    devices: left.map(([device, of], i) => ({ ...endOf(of, (i + 0.5) / left.length, width), device })),
    companies: right.map(([key, of], i) => ({
      ...endOf(of, (i + 0.5) / right.length, width),
      key,
      up: add(of, 'up'),
      down: add(of, 'down'),
      ads: of.every(({ ads }) => ads),
    })),
    bands: steady.map((flow) => ({ flow, from: from.get(flow) ?? 0, to: to.get(flow) ?? 0, width: width(flow) })),
  };
}
