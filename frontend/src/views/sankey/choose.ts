// SPDX-License-Identifier: MIT
// Which destinations are drawn by themselves when there are more than fit. Pure.

import type { Destination } from './flows';
import type { Show } from './settings';

export interface Choice {
  readonly shown: ReadonlySet<string>;
  /** Destinations that the one node "other" stands for. */
  readonly others: number;
  readonly total: number;
}

/** What is shown already keeps its place against what is only a little more popular. */
const LOYALTY = 1.25;

function byPopularity(a: Destination, b: Destination): number {
  return b.devices.size - a.devices.size || b.total - a.total || (a.key < b.key ? -1 : 1);
}

/** room: how many nodes fit. before: what was shown last. */
export function choose(all: Iterable<Destination>, show: Show, room: number, before: ReadonlySet<string>): Choice {
  const ranked = [...all].sort(byPopularity);
  const wanted = show === 'shared' ? ranked.filter((one) => one.devices.size > 1) : ranked;
  if (ranked.length <= room && wanted.length === ranked.length) {
    return { shown: new Set(ranked.map((one) => one.key)), others: 0, total: ranked.length };
  }
  // One place is for "other".
  const places = Math.max(1, room - 1);
  const near = wanted.slice(0, Math.ceil(places * LOYALTY));
  const shown = new Set(near.filter((one) => before.has(one.key)).slice(0, places).map((one) => one.key));
  for (const one of near) {
    if (shown.size >= places) break;
    shown.add(one.key);
  }
  return { shown, others: ranked.length - shown.size, total: ranked.length };
}
