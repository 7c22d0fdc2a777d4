// SPDX-License-Identifier: MIT
// From lookups to bars: one for each domain, whole name or company, by how often it was asked for or by how many devices asked,
// and then by how lately. Pure.

import type { Lookup, Name, Company } from '../../store/rows';
import { compareText, ageStep } from '../../parts/steps';
import type { Receipts } from '../../parts/finding/finding';
import { isSpokenName } from '../../parts/finding/spoken';
import type { Purpose } from '../../parts/purpose-colour';
import type { Measure, Naming, Results, DomainSettings } from './domain-settings';
import { isTracking, trackingOf, type Category, type Tracking } from '../../store/category';

/** So many at first, and so many at most. */
export const FIRST = 32;
export const MOST = 512;

export interface Bar {
  readonly key: string;
  readonly devices: ReadonlySet<number>;
  /** Times asked for. */
  readonly count: number;
  /** Last asked for, and first, on the feed's clock. */
  readonly asked: number;
  readonly seen: number;
  readonly company: Company | null;
  readonly category: Category | null;
  /** How much of it is for advertising, or measures people. */
  readonly tracking: Tracking;
  /** How many lookups there are, one for each device and whole name, and how many of them ended so the last time. */
  readonly lookups: number;
  readonly blocked: number;
  readonly failed: number;
  /** Of those that failed, how many because there is no such name. */
  readonly unknown: number;
}

export interface Bars {
  readonly shown: readonly Bar[];
  /** All that are not shown, put together; null when all are. */
  readonly other: { readonly bars: number; readonly devices: number; readonly count: number } | null;
  readonly total: number;
}

export function isFailed({ result }: Pick<Lookup, 'result'>): boolean {
  return result === 'nxdomain' || result === 'failed';
}

export function fits(lookup: Lookup, results: Results): boolean {
  return results === 'all' || (results === 'blocked' ? lookup.result === 'blocked' : isFailed(lookup));
}

export function barKey({ name }: Lookup, naming: Naming): string {
  if (naming === 'full') return name.name;
  return naming === 'company' ? (name.company?.name ?? name.domain) : name.domain;
}

type Growing = { -readonly [K in keyof Bar]: Bar[K] } & {
  readonly devices: Set<number>;
  trackers: number;
  most: number;
};

/** What all of a bar is for, whichever of its names was asked for: of the whole name, the domain or the company itself. */
function categoryOf({ category, domainCategory, company }: Name, naming: Naming): Category | null {
  if (naming === 'full') return category;
  return naming === 'company' && company ? company.category : domainCategory;
}

function begin(key: string, lookup: Lookup, naming: Naming): Growing {
  const { asked, seen, name } = lookup;
  const { company } = name;
  return {
    key,
    devices: new Set(),
    count: 0,
    asked,
    seen,
    company,
    category: categoryOf(name, naming),
    tracking: 'none',
    blocked: 0,
    failed: 0,
    unknown: 0,
    lookups: 0,
    trackers: 0,
    most: 0,
  };
}

function add(bar: Growing, lookup: Lookup): void {
  const { asked, seen, count, device, name } = lookup;
  bar.devices.add(device.id);
  bar.count += count;
  bar.seen = Math.min(bar.seen, seen);
  bar.lookups += 1;
  if (isTracking(name.category)) bar.trackers += 1;
  if (lookup.result === 'blocked') bar.blocked += 1;
  if (isFailed(lookup)) bar.failed += 1;
  if (lookup.result === 'nxdomain') bar.unknown += 1;
  bar.asked = Math.max(bar.asked, asked);
  // whose most of it is, where its names are several companies'
  if (count <= bar.most) return;
  bar.most = count;
  bar.company = name.company ?? bar.company;
}

function finish(bar: Growing): Bar {
  bar.tracking = trackingOf(bar.trackers, bar.lookups);
  return bar;
}

/** What it is drawn as. */
export function purposeOfBar({ key, company, tracking }: Bar, receipts: Receipts | null): Purpose {
  if (isSpokenName(receipts, key, company?.name ?? null)) return 'spoken';
  return tracking === 'all' ? 'ads' : 'rest';
}

/** How long a bar is. */
export function muchOf({ count, devices }: Bar, by: Measure): number {
  return by === 'times' ? count : devices.size;
}

/**
 * Longer bars first; then who was asked for lately, in coarse steps, so that bars keep their places; then the newest.
 */
export function orderBars(bars: Iterable<Bar>, by: Measure, now: number): Bar[] {
  const steps = new Map<Bar, number>();
  const list = [...bars];
  for (const bar of list) steps.set(bar, ageStep(now - bar.asked));
  return list.sort(
    (a, b) =>
      muchOf(b, by) - muchOf(a, by) ||
      (steps.get(a) ?? 0) - (steps.get(b) ?? 0) ||
      b.seen - a.seen ||
      compareText(a.key, b.key),
  );
}

export function buildBars(
  lookups: readonly Lookup[],
  { bars: by, naming, results, all }: DomainSettings,
  now: number,
): Bars {
  const bars = new Map<string, Growing>();
  for (const lookup of lookups) {
    if (!fits(lookup, results)) continue;
    const key = barKey(lookup, naming);
    let bar = bars.get(key);
    if (!bar) bars.set(key, (bar = begin(key, lookup, naming)));
    add(bar, lookup);
  }
  for (const bar of bars.values()) finish(bar);
  const ordered = orderBars(bars.values(), by, now);
  const limit = all ? MOST : FIRST;
  const rest = ordered.slice(limit);
  const devices = new Set<number>();
  for (const bar of rest) for (const device of bar.devices) devices.add(device);
  return {
    shown: ordered.slice(0, limit),
    other:
      rest.length === 0
        ? null
        : { bars: rest.length, devices: devices.size, count: rest.reduce((sum, bar) => sum + bar.count, 0) },
    total: ordered.length,
  };
}

export interface AskedName {
  readonly name: Name;
  readonly asked: number;
  /** One for each device, the latest first. */
  readonly lookups: readonly Lookup[];
}

export function askedNames(lookups: readonly Lookup[], key: string, naming: Naming, results: Results): AskedName[] {
  const byName = new Map<Name, Lookup[]>();
  for (const lookup of lookups) {
    if (!fits(lookup, results) || barKey(lookup, naming) !== key) continue;
    const list = byName.get(lookup.name);
    if (list) list.push(lookup);
    else byName.set(lookup.name, [lookup]);
  }
  return [...byName]
    .map(([name, list]): AskedName => {
      list.sort((a, b) => b.asked - a.asked || a.device.id - b.device.id);
      return { name, asked: list[0]?.asked ?? 0, lookups: list };
    })
    .sort((a, b) => b.asked - a.asked || compareText(a.name.name, b.name.name));
}
