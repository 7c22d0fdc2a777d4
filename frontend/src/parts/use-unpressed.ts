// SPDX-License-Identifier: MIT
// While a finger or a button of the mouse is down, nothing moves: else it would be lifted from another thing than the one that
// it came down on, and a browser forgets the click on what was moved meanwhile.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PRESS } from '../feed/pacing';

/** The click of a finger comes that much later than it was lifted, at most. Milliseconds. */
const CLICK = 300;

const waiting = new Set<() => void>();
const moving = new Set<Animation>();
let pressed = false;
let watching = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function liftIn(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    pressed = false;
    for (const tell of waiting) tell();
    for (const animation of moving) animation.play();
  }, ms);
}

/** Before all others hear of it. */
function watch(): void {
  if (watching) return;
  watching = true;
  const hear = (name: string, heard: () => void): void =>
    addEventListener(name, heard, { capture: true, passive: true });
  hear('pointerdown', () => {
    pressed = true;
    for (const animation of moving) animation.pause();
    liftIn(PRESS);
  });
  hear('pointerup', () => {
    if (pressed) liftIn(CLICK);
  });
  // the browser scrolls or zooms
  hear('pointercancel', () => liftIn(0));
  // what the click leads to is drawn with what is new
  hear('click', () => {
    pressed = false;
    liftIn(0);
  });
}

/** What is on its way when something is pressed waits where it is. */
export function stillWhilePressed(animation: Animation): void {
  const gone = (): void => void moving.delete(animation);
  moving.add(animation);
  animation.onfinish = gone;
  animation.oncancel = gone;
}

/** The value; while something is pressed, the one from before. */
export function useUnpressed<T>(value: T): T {
  const held = useRef(value);
  const [, again] = useState(0);
  if (!pressed) held.current = value;
  useLayoutEffect(watch, []);
  useEffect(() => {
    if (held.current === value) return undefined;
    const tell = (): void => again((count) => count + 1);
    waiting.add(tell);
    return () => void waiting.delete(tell);
  });
  return held.current;
}
