// SPDX-License-Identifier: MIT
// What holds for several sites that are shown together.

import type { Site } from './rows';

/** Of these numbers and times the largest tells how things stand; the other numbers are added up. */
const LARGEST: ReadonlySet<string> = new Set<keyof Site>([
  'interval',
  'dumpCost',
  'keyframeBytes',
  'keyframeLimit',
  'session',
  'gapFrom',
  'gapUntil',
  'longestTurn',
  'longestTurnEver',
]);
/** True where it is true everywhere; the other flags where it is true anywhere. */
const EVERYWHERE: ReadonlySet<string> = new Set<keyof Site>(['accounting', 'events']);

function both(key: string, a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return LARGEST.has(key) ? Math.max(a, b) : a + b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return EVERYWHERE.has(key) ? a && b : a || b;
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  if (key === 'name') return `${String(a)}, ${String(b)}`;
  if (key === 'mode') return a === b ? a : 'router';
  return a ?? b;
}

/** Null when nothing is known of any. */
export function siteOf(sites: Iterable<Site>): Site | null {
  const [first, ...others] = sites;
  if (!first) return null;
  return others.reduce((joined, site) => {
    const before = Object.entries<unknown>({ ...joined });
    const values: Readonly<Record<string, unknown>> = { ...site };
    return Object.fromEntries(before.map(([key, value]) => [key, both(key, value, values[key])])) as unknown as Site;
  }, first);
}
