// SPDX-License-Identifier: MIT
// Room that is not given back at once: for what stands below a picture, the size of which decides what stands there.

import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** So long has it to be lower before its room is. Milliseconds. */
export const SETTLED = 30_000;

/** The least height that is kept for what is as high as it is told to be. Pure but for its memory. CSS pixels, milliseconds. */
export class SettledHeight {
  #kept = 0;
  #width = 0;
  #lowerSince: number | null = null;

  /** Of another width everything is another one. */
  see(width: number, height: number, now: number): number {
    const asHigh = height >= this.#kept;
    if (!asHigh) this.#lowerSince ??= now;
    const settled = this.#lowerSince !== null && now - this.#lowerSince >= SETTLED;
    if (asHigh || width !== this.#width || settled) {
      this.#kept = height;
      this.#width = width;
      this.#lowerSince = null;
    }
    return this.#kept;
  }
}

/** Keeps room in outer for its one child, inner. */
export function useSettledHeight(outer: RefObject<HTMLElement>, inner: RefObject<HTMLElement>): void {
  useEffect(() => {
    const [room, held] = [outer.current, inner.current];
    if (!room || !held) return undefined;
    const settled = new SettledHeight();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      const { offsetWidth, offsetHeight } = held;
      const kept = settled.see(offsetWidth, offsetHeight, performance.now());
      room.style.minHeight = `${kept}px`;
      if (kept > offsetHeight) timer = setTimeout(look, SETTLED);
    };
    const observer = new ResizeObserver(look);
    observer.observe(held);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [outer, inner]);
}
