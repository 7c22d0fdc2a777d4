// SPDX-License-Identifier: MIT
// What holds for several sites that are shown together.

import type { Site } from './rows';

type NumberName = { [Name in keyof Site]: Site[Name] extends number | null ? Name : never }[keyof Site];

/** Whether numbers and times are added up, or the largest tells how things stand. */
const NUMBERS: Readonly<Record<NumberName, 'sum' | 'largest'>> = {
  connections: 'sum',
  shown: 'sum',
  hiddenRouter: 'sum',
  hiddenDns: 'sum',
  hiddenHome: 'sum',
  interval: 'largest',
  dumpCost: 'largest',
  eventLosses: 'sum',
  fullConnections: 'sum',
  fullDevices: 'sum',
  fullRemotes: 'sum',
  fullConversations: 'sum',
  droppedFrames: 'sum',
  keyframeBytes: 'largest',
  keyframeLimit: 'largest',
  session: 'largest',
  lookups: 'sum',
  lookupLosses: 'sum',
  fullLookups: 'sum',
  zeroed: 'sum',
  uncounted: 'sum',
  fullNetworks: 'sum',
  longestTurn: 'largest',
  longestTurnEver: 'largest',
  hiddenIgnored: 'sum',
  idle: 'largest',
  gapFrom: 'largest',
  gapUntil: 'largest',
  unlisted: 'sum',
  leftOutUpBytes: 'sum',
  leftOutDownBytes: 'sum',
  leftOutDevices: 'sum',
  forgotten: 'largest',
};
/** True where it is true everywhere; the other flags where it is true anywhere. */
const EVERYWHERE: ReadonlySet<string> = new Set<keyof Site>(['accounting', 'events']);

function both(key: string, a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number')
    return NUMBERS[key as NumberName] === 'largest' ? Math.max(a, b) : a + b;
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
