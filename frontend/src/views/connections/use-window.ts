// SPDX-License-Identifier: MIT
// Follows which rows of a long list are in sight, whether the list's own frame scrolls or the page does.

import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useState } from 'preact/hooks';
import { windowOf, type Window } from './window';

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

export function useWindow(list: RefObject<HTMLElement>, frame: RefObject<HTMLElement>, count: number, height: number, head: number): Scroll {
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
