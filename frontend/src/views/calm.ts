// SPDX-License-Identifier: MIT
// A picture that changes ten times a second cannot be read, and costs ten times as much.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Selection } from './types';

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

/** The selection to draw: the newest, but no oftener than can be read. */
export function useCalm(selection: Selection): Selection {
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
