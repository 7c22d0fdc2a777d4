// SPDX-License-Identifier: MIT
// Holds back what would be drawn more often than one can read, or than the page can afford: see feed/pacing.ts.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DRAW, Pacer, VALUES_EVERY } from '../feed/pacing';
import type { Selection } from '../store/selection';

/** Whether something came or went, as far as can be told at a glance. */
function sameThings(a: Selection, b: Selection): boolean {
  return (
    a.devices.length === b.devices.length &&
    a.conversations.length === b.conversations.length &&
    a.conversations.at(-1)?.id === b.conversations.at(-1)?.id &&
    goneIn(a) === goneIn(b)
  );
}

const gone = new WeakMap<Selection, number>();

/** How many are fading out. Counted once: rows change in place. */
function goneIn(selection: Selection): number {
  let count = gone.get(selection);
  if (count === undefined) {
    count = selection.conversations.reduce((sum, one) => (one.gone === null ? sum : sum + 1), 0);
    gone.set(selection, count);
  }
  return count;
}

/** How often a view is drawn anew, at most: when something came or went, and when only numbers changed. Milliseconds. */
export interface ViewPace {
  readonly things: number;
  readonly values: number;
}

export const READABLE: ViewPace = { things: 0, values: VALUES_EVERY };
/** Nothing comes or goes sooner than one can read either. */
export const CALM: ViewPace = { things: VALUES_EVERY, values: VALUES_EVERY };

/** Of the two times, the one that counts for the next picture; 0 for what the viewer asked for. */
export function leastPause(last: Selection, next: Selection, { things, values }: ViewPace): number {
  if (last.only !== next.only || last.me !== next.me) return 0;
  return sameThings(last, next) ? values : things;
}

/** The selection to draw: the newest, at most as often as one can read and as the time that it takes to draw allows. */
export function usePacedSelection(selection: Selection, pace: ViewPace = READABLE): Selection {
  const [shown, show] = useState(selection);
  const [pacer] = useState(() => new Pacer(DRAW));
  const newest = useRef(selection);
  const shownAt = useRef(-Infinity);
  const began = useRef(0);
  newest.current = selection;
  began.current = performance.now();
  // what stands below has been made by now
  useLayoutEffect(() => {
    shownAt.current = began.current;
    pacer.ran(began.current, performance.now() - began.current);
    goneIn(shown);
  }, [shown, pacer]);
  useEffect(() => {
    if (shown === selection) return undefined;
    const now = performance.now();
    const least = leastPause(shown, selection, pace);
    const wait =
      least === 0 && shown.only !== selection.only ? 0 : Math.max(pacer.wait(now), shownAt.current + least - now);
    const timer = setTimeout(() => show(newest.current), Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [selection, shown, pacer, pace]);
  return shown;
}

/** The value, but a new one at most so often (milliseconds); at once when `urgent` is another than before. */
export function usePaced<T>(value: T, ms: number, urgent: unknown): T {
  const held = useRef({ value, urgent, at: -Infinity });
  const [, again] = useState(0);
  const now = performance.now();
  if (urgent !== held.current.urgent || now - held.current.at >= ms) held.current = { value, urgent, at: now };
  useEffect(() => {
    if (held.current.value === value) return undefined;
    const timer = setTimeout(() => again((count) => count + 1), Math.max(0, held.current.at + ms - performance.now()));
    return () => clearTimeout(timer);
  }, [value, ms]);
  return held.current.value;
}
