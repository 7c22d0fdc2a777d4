// SPDX-License-Identifier: MIT
// Whether somebody has hold of a picture: with a mouse over it, a finger on it, or its keys.

import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';

type Hold = 'mouse' | 'finger' | 'keys';

/** parked: a mouse over it is nobody's hand, as before a wall. */
export function useHeld(stage: RefObject<HTMLElement>, parked: boolean): () => boolean {
  const held = useRef(new Set<Hold>());
  useEffect(() => {
    const by = held.current;
    const listening = new AbortController();
    const hear = <N extends keyof HTMLElementEventMap>(name: N, heard: (event: HTMLElementEventMap[N]) => void): void =>
      stage.current?.addEventListener(name, heard, { passive: true, signal: listening.signal });
    const turn = (hold: Hold, on: boolean): void => void (on ? by.add(hold) : by.delete(hold));
    hear('pointerenter', ({ pointerType }) => turn('mouse', pointerType !== 'touch' && !parked));
    hear('pointerleave', () => turn('mouse', false));
    // a finger that scrolls is no pointer any more
    for (const name of ['touchstart', 'touchend', 'touchcancel'] as const)
      hear(name, ({ touches }) => turn('finger', touches.length > 0));
    hear('keydown', () => turn('keys', true));
    hear('focusout', () => turn('keys', false));
    return () => {
      listening.abort();
      by.clear();
    };
  }, [stage, parked]);
  return useCallback(() => held.current.size > 0, []);
}
