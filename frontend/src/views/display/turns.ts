// SPDX-License-Identifier: MIT
// Which view the wall shows when. Pure.

import type { ViewName } from '../types';

export interface Turn {
  readonly view: ViewName;
  /** Milliseconds. */
  readonly lasts: number;
}

/** What is understood at a glance has less time than what has to be read. */
export const TURNS: readonly Turn[] = [
  { view: 'flows', lasts: 40_000 },
  { view: 'map', lasts: 30_000 },
  { view: 'domains', lasts: 25_000 },
  { view: 'devices', lasts: 25_000 },
];

export interface Moment {
  readonly view: ViewName;
  /** Its place among the turns. */
  readonly index: number;
  /** How much of its time is over: 0 to 1. */
  readonly over: number;
  /** Milliseconds until the next. */
  readonly left: number;
}

/** now: milliseconds since the wall began. Null without a turn. */
export function momentOf(turns: readonly Turn[], now: number): Moment | null {
  const round = turns.reduce((sum, turn) => sum + turn.lasts, 0);
  if (round <= 0) return null;
  let into = ((now % round) + round) % round;
  for (const [index, { view, lasts }] of turns.entries()) {
    if (into < lasts) return { view, index, over: into / lasts, left: lasts - into };
    into -= lasts;
  }
  return null;
}

/** When the wall has to begin so that this turn begins now. */
export function beginOf(turns: readonly Turn[], index: number, now: number): number {
  return now - turns.slice(0, index).reduce((sum, turn) => sum + turn.lasts, 0);
}
