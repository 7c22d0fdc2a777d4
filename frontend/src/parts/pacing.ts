// SPDX-License-Identifier: MIT
// A picture that changes ten times a second cannot be read, and costs ten times as much.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Selection } from '../store/selection';

/** Between two pictures when only values changed, and when something came or went. Milliseconds. */
const VALUES = 1000;
const THINGS = 400;

/** Whether something came or went, as far as can be told at a glance. */
function sameThings(a: Selection, b: Selection): boolean {
  return (
    a.only === b.only &&
    a.me === b.me &&
    a.devices.length === b.devices.length &&
    a.conversations.length === b.conversations.length &&
    a.conversations.at(-1)?.id === b.conversations.at(-1)?.id
  );
}

/** How long to wait with the next picture after the last. */
export function pause(last: Selection, next: Selection): number {
  // What the viewer asked for comes at once.
  if (last.only !== next.only) return 0;
  return sameThings(last, next) ? VALUES : THINGS;
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

/** The selection to draw: the newest, at most as often as one can read. */
export function usePacedSelection(selection: Selection): Selection {
  const [shown, show] = useState(selection);
  const newest = useRef(selection);
  const shownAt = useRef(-Infinity);
  newest.current = selection;
  const wait = shown === selection ? null : Math.max(0, shownAt.current + pause(shown, selection) - performance.now());
  useEffect(() => {
    if (wait === null) return undefined;
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      show(newest.current);
    }, wait);
    return () => clearTimeout(timer);
  }, [selection, shown]);
  return shown;
}
