// SPDX-License-Identifier: MIT
// Which view the wall shows when. Pure.

import type { Selection } from '../../store/selection';
import { VIEW_NAMES, VIEWS, type ViewName } from '../registry';

export interface Turn {
  readonly view: ViewName;
  /** Milliseconds. */
  readonly lasts: number;
}

export const TURNS: readonly Turn[] = VIEW_NAMES.flatMap((view) => {
  const lasts = VIEWS[view].wallTime;
  return lasts === undefined ? [] : [{ view, lasts }];
});

/** Without the view of what was looked up, where this wall may not show it. */
export function turnsOf({ lookupsTold }: Pick<Selection, 'lookupsTold'>): readonly Turn[] {
  return lookupsTold ? TURNS : TURNS.filter(({ view }) => VIEWS[view].picture !== 'lookups');
}

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
