// SPDX-License-Identifier: MIT
// Fingers, mouse and wheel on the map: a drag moves it, two fingers or the wheel zoom. A press that stays where it is, is a tap.

import type { Point } from './camera';

export interface GestureHooks {
  /** By so many CSS pixels. */
  readonly move: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, at: Point) => void;
}

export interface Gestures {
  /** Whether the last press moved the map. */
  readonly wasDrag: () => boolean;
  readonly close: () => void;
}

/** CSS pixels that a finger may stray in a tap. */
const TAP = 8;
/** Zoom by a pixel of the wheel; a pinch on a touch pad comes as a wheel with Ctrl and small steps. */
const WHEEL = 0.0018;
const PAD = 0.01;
const LINE = 16;

interface Finger {
  readonly from: Point;
  at: Point;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function watchGestures(element: HTMLElement, hooks: GestureHooks): Gestures {
  const fingers = new Map<number, Finger>();
  const ending = new AbortController();
  let dragged = false;

  const place = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent): void => {
    if (fingers.size === 0) dragged = false;
    const at = place(event);
    fingers.set(event.pointerId, { from: at, at });
  };
  const move = (event: PointerEvent): void => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const before = finger.at;
    const now = place(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1].at;
    if (!dragged && !other && distance(now, finger.from) <= TAP) return;
    if (!dragged) element.setPointerCapture(event.pointerId);
    dragged = true;
    finger.at = now;
    if (other)
      hooks.zoom(distance(now, other) / Math.max(1, distance(before, other)), {
        x: (now.x + other.x) / 2,
        y: (now.y + other.y) / 2,
      });
    const share = other ? 0.5 : 1;
    hooks.move((now.x - before.x) * share, (now.y - before.y) * share);
  };
  const lift = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
    hooks.zoom(Math.exp(-pixels * (event.ctrlKey ? PAD : WHEEL)), place(event));
  };

  const { signal } = ending;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', lift, { signal });
  element.addEventListener('pointercancel', lift, { signal });
  element.addEventListener('lostpointercapture', lift, { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  return { wasDrag: () => dragged, close: () => ending.abort() };
}
