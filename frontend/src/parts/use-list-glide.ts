// SPDX-License-Identifier: MIT
// Things in a list glide to their new places instead of jumping there; in a grid, where they would cross each other, they fade in.

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { stillWhilePressed } from './use-unpressed';

interface Spot {
  readonly x: number;
  readonly y: number;
}

const LASTS = 420;

/**
 * Call it after each drawing of the list. order: names the order of its children; only when it changes, something glides.
 * still: change at once.
 */
export function useGlide(list: RefObject<HTMLElement>, order: string, still: boolean): void {
  const spots = useRef(new WeakMap<Element, Spot>());
  const before = useRef<{ readonly order: string; readonly count: number } | null>(null);
  useLayoutEffect(() => {
    const children = [...(list.current?.children ?? [])].filter(
      (child): child is HTMLElement => child instanceof HTMLElement,
    );
    // Where nothing came, went or moved, nothing needs to be measured.
    const known = before.current?.order === order && before.current.count === children.length;
    const moves = !still && before.current !== null && before.current.order !== order;
    before.current = { order, count: children.length };
    if (known) return;
    // Read all places first: a read after a change would lay the page out once for each.
    const now = children.map((child): Spot => ({ x: child.offsetLeft, y: child.offsetTop }));
    children.forEach((child, i) => {
      const to = now[i];
      const from = spots.current.get(child);
      if (!to) return;
      spots.current.set(child, to);
      if (!moves || !from || (from.x === to.x && from.y === to.y)) return;
      const steps =
        from.x === to.x
          ? [{ transform: `translateY(${from.y - to.y}px)` }, { transform: 'none' }]
          : [{ opacity: 0 }, { opacity: 1 }];
      stillWhilePressed(child.animate(steps, { duration: LASTS, easing: 'cubic-bezier(0.2, 0.8, 0.3, 1)' }));
    });
  });
}
