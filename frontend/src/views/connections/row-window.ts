// SPDX-License-Identifier: MIT
// Which rows of a long list are to be drawn: those in sight and some more on both sides. Pure.

import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useState } from 'preact/hooks';

/** Rows beyond what is in sight. */
const MORE = 12;
/** The window moves in such steps, so that not every pixel of scrolling draws anew. */
const STEP = 8;

export interface Window {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

/** top, bottom: what is in sight, from the list's own top on, in the same unit as height: of one row. */
export function windowOf(top: number, bottom: number, height: number, count: number): Window {
  const from = Math.floor((top / height - MORE) / STEP) * STEP;
  const to = Math.ceil((bottom / height + MORE) / STEP) * STEP;
  const last = Math.min(count, Math.max(0, to));
  return { from: Math.min(Math.max(0, from), last), to: last };
}

/** Where a press of a key leads from row `at`; null for other keys. page: rows in sight. */
export function step(key: string, at: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const by = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return by === undefined ? null : Math.max(0, Math.min(count - 1, at + by));
}

interface Sight {
  /** In CSS pixels from the list's own top. */
  readonly top: number;
  readonly bottom: number;
}

/** head: how much of the frame's top is covered, by a heading that stays there. */
function sightOf(list: HTMLElement, frame: HTMLElement, head: number): Sight {
  const box = frame.getBoundingClientRect();
  const top = list.getBoundingClientRect().top;
  return { top: Math.max(0, box.top) + head - top, bottom: Math.min(innerHeight, box.bottom) - top };
}

function scrolls(frame: HTMLElement): boolean {
  return getComputedStyle(frame).overflowY !== 'visible';
}

export interface Scroll extends Window {
  /** Brings a row into sight, and says how many rows fit there. */
  readonly reveal: (row: number) => void;
  readonly page: () => number;
}

export function useWindow(
  list: RefObject<HTMLElement>,
  frame: RefObject<HTMLElement>,
  count: number,
  height: number,
  head: number,
): Scroll {
  const [shown, show] = useState<Window>({ from: 0, to: 40 });
  const measure = useCallback((): void => {
    if (!list.current || !frame.current) return;
    const { top, bottom } = sightOf(list.current, frame.current, 0);
    const next = windowOf(top, bottom, height, count);
    show((last) => (last.from === next.from && last.to === next.to ? last : next));
  }, [list, frame, count, height]);
  useLayoutEffect(() => {
    measure();
    // Scrolling does not bubble: whoever scrolls, it passes here on its way down.
    addEventListener('scroll', measure, { capture: true, passive: true });
    addEventListener('resize', measure);
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => {
      removeEventListener('scroll', measure, { capture: true });
      removeEventListener('resize', measure);
      observer.disconnect();
    };
  }, [measure, frame]);

  const reveal = (row: number): void => {
    if (!list.current || !frame.current) return;
    const { top, bottom } = sightOf(list.current, frame.current, head);
    const by = row * height < top ? row * height - top : (row + 1) * height > bottom ? (row + 1) * height - bottom : 0;
    if (by !== 0) (scrolls(frame.current) ? frame.current : window).scrollBy({ top: by });
    measure();
  };
  const page = (): number => {
    if (!list.current || !frame.current) return 1;
    const { top, bottom } = sightOf(list.current, frame.current, head);
    return Math.max(1, Math.floor((bottom - top) / height));
  };
  return { from: Math.min(shown.from, count), to: Math.min(shown.to, count), reveal, page };
}
