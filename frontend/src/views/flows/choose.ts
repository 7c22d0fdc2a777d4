// SPDX-License-Identifier: MIT
// Which destinations are drawn by themselves when there are more than fit. Pure.

import { totalOf, type Destination } from './flows';
import type { Show } from './flow-settings';

export interface Choice {
  readonly shown: ReadonlySet<string>;
  /** Destinations that the one node "other" stands for. */
  readonly others: number;
  /** How many have a node of their own, and how many there are, those that have just ended as well. */
  readonly drawn: number;
  readonly total: number;
}

/** What is shown already keeps its place against what is only a little more popular; who ranks so much higher gets one at once. */
const LOYALTY = 1.25;

function byPopularity(a: Destination, b: Destination): number {
  return b.devices.size - a.devices.size || totalOf(b) - totalOf(a) || (a.key < b.key ? -1 : 1);
}

function bySize(a: Destination, b: Destination): number {
  return totalOf(b) - totalOf(a) || byPopularity(a, b);
}

/** Of three places, two go to what most devices have, and one to where the most bytes went: neither hides the other. */
function rank(all: readonly Destination[]): Destination[] {
  const popular = [...all].sort(byPopularity);
  const large = [...all].sort(bySize);
  const ranked = new Set<Destination>();
  for (let i = 0; ranked.size < all.length; i += 1) {
    for (const one of [popular[2 * i], popular[2 * i + 1], large[i]]) if (one) ranked.add(one);
  }
  return [...ranked];
}

/** room: how many nodes fit. before: what was shown last. */
export function choose(all: Iterable<Destination>, show: Show, room: number, before: ReadonlySet<string>): Choice {
  const ranked = rank([...all]);
  const wanted = show === 'shared' ? ranked.filter((one) => one.devices.size > 1) : ranked;
  if (ranked.length <= room && wanted.length === ranked.length) {
    return {
      shown: new Set(ranked.map((one) => one.key)),
      others: 0,
      drawn: ranked.length,
      total: ranked.length,
    };
  }
  // One place is for "other".
  const places = Math.max(1, room - 1);
  const near = wanted.slice(0, Math.ceil(places * LOYALTY));
  const first = near.slice(0, Math.floor(places / LOYALTY));
  const shown = new Set<string>();
  for (const one of [...first, ...near.filter(({ key }) => before.has(key)), ...near]) {
    if (shown.size >= places) break;
    shown.add(one.key);
  }
  return { shown, others: ranked.length - shown.size, drawn: shown.size, total: ranked.length };
}
