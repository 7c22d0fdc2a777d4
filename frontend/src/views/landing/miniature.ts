// SPDX-License-Identifier: MIT
// What the small pictures of the views show: a few of the largest of everything. Pure.

import { heat } from '../../store/freshness';
import { groupKey } from '../../store/grouping';
import type { Conversation, Device, Lookup } from '../../store/rows';
import { amongDots } from './world-dots';

/** Who was active within this time glows. Milliseconds. */
const HOT = 10_000;

export interface Ribbon {
  /** Places of its two ends among their sides, from 0 at the top to 1 at the bottom. */
  readonly from: number;
  readonly to: number;
  /** 0 to 1, against the widest: of what is sent and received now. */
  readonly weight: number;
  /** How much of that is sent, from 0 to 1. */
  readonly sent: number;
  readonly heat: number;
}

interface Flow {
  readonly device: number;
  readonly key: string;
  up: number;
  down: number;
  active: number;
}

function largest<K>(sums: ReadonlyMap<K, number>, most: number): K[] {
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([key]) => key);
}

function add<K>(sums: Map<K, number>, key: K, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

/** The flows of now between the devices and destinations that had most in this session, so that little moves; most: of each. */
export function ribbons(conversations: readonly Conversation[], now: number, most: number): readonly Ribbon[] {
  const flows = new Map<string, Flow>();
  const devices = new Map<number, number>();
  const destinations = new Map<string, number>();
  for (const one of conversations) {
    const key = groupKey(one, 'company');
    const id = `${one.device.id}/${key}`;
    const flow = flows.get(id);
    if (flow) {
      flow.up += one.upRate;
      flow.down += one.downRate;
      flow.active = Math.max(flow.active, one.active);
    } else flows.set(id, { device: one.device.id, key, up: one.upRate, down: one.downRate, active: one.active });
    const bytes = Math.sqrt(one.upBytes + one.downBytes);
    add(devices, one.device.id, bytes);
    add(destinations, key, bytes);
  }
  // in a steady order, so that little moves
  const left = largest(devices, most).sort((a, b) => a - b);
  const right = largest(destinations, most).sort();
  const place = (at: number, count: number): number => (at + 0.5) / count;
  const drawn = [...flows.values()].filter((flow) => left.includes(flow.device) && right.includes(flow.key));
  const width = ({ up, down }: Flow): number => Math.sqrt(up + down);
  const widest = Math.max(1, ...drawn.map(width));
  return drawn.map((flow) => ({
    from: place(left.indexOf(flow.device), left.length),
    to: place(right.indexOf(flow.key), right.length),
    weight: width(flow) / widest,
    sent: flow.up / Math.max(1, flow.up + flow.down),
    heat: heat(now - flow.active, HOT),
  }));
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly heat: number;
}

/** One for each place, in columns and rows of the world of dots. */
export function dots(conversations: readonly Conversation[], now: number): readonly Dot[] {
  const places = new Map<number, { readonly x: number; readonly y: number; active: number }>();
  for (const { active, remote } of conversations) {
    const { place } = remote;
    if (place === null || place.longitude === null || place.latitude === null) continue;
    const known = places.get(place.id);
    if (known) known.active = Math.max(known.active, active);
    else {
      const [x, y] = amongDots(place.longitude, place.latitude);
      places.set(place.id, { x, y, active });
    }
  }
  return [...places.values()].map(({ x, y, active }) => ({ x, y, heat: heat(now - active, HOT) }));
}

export interface Bar {
  readonly label: string;
  /** 0 to 1, against the longest. */
  readonly share: number;
}

function bars<K>(sums: ReadonlyMap<K, number>, most: number, label: (key: K) => string): readonly Bar[] {
  const keys = largest(sums, most);
  const longest = Math.max(1, ...keys.map((key) => sums.get(key) ?? 0));
  return keys.map((key) => ({ label: label(key), share: (sums.get(key) ?? 0) / longest }));
}

/** The domains that most devices asked for. */
export function domainBars(lookups: readonly Lookup[], most: number): readonly Bar[] {
  const askers = new Map<string, Set<number>>();
  for (const { name, device } of lookups) {
    const known = askers.get(name.domain);
    if (known) known.add(device.id);
    else askers.set(name.domain, new Set([device.id]));
  }
  return bars(new Map([...askers].map(([domain, devices]) => [domain, devices.size])), most, (domain) => domain);
}

/** The devices that move most bytes now; the root, for they differ by thousands. */
export function deviceBars(devices: readonly Device[], most: number): readonly Bar[] {
  const there = devices.filter((device) => device.gone === null && !device.self);
  return bars(
    new Map(there.map((device) => [device, Math.sqrt(device.upRate + device.downRate)])),
    most,
    (device) => device.alias,
  );
}
