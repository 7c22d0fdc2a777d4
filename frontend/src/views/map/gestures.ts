// SPDX-License-Identifier: MIT
// Fingers, mouse and wheel on the map: drag moves it, two fingers or the wheel zoom. A press that stays where it is, is a tap.

import { moveBy, zoomAt, type Camera, type Frame } from './camera';

export interface GestureHooks {
  readonly frame: () => Frame;
  readonly change: (next: (camera: Camera) => Camera) => void;
  /** On a phone one finger scrolls the page while the whole map is shown. */
  readonly movable: () => boolean;
}

const TAP = 6;

interface Finger {
  x: number;
  y: number;
}

/** Listens on the element until the returned function is called. wasDrag: whether the last press moved the map. */
export function watchGestures(element: HTMLElement, hooks: GestureHooks): { readonly wasDrag: () => boolean; readonly close: () => void } {
  const fingers = new Map<number, Finger>();
  const ending = new AbortController();
  const { signal } = ending;
  let travelled = 0;

  const place = (event: MouseEvent): Finger => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pinch = (moved: Finger, before: Finger, other: Finger): void => {
    const factor = Math.hypot(moved.x - other.x, moved.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    const middle = { x: (moved.x + other.x) / 2, y: (moved.y + other.y) / 2 };
    hooks.change((camera) => moveBy(zoomAt(camera, factor, middle.x, middle.y, hooks.frame()), (moved.x - before.x) / 2, (moved.y - before.y) / 2, hooks.frame()));
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (fingers.size === 0) travelled = 0;
      fingers.set(event.pointerId, place(event));
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      fingers.set(event.pointerId, now);
      if (travelled > TAP && !element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
      if (other) pinch(now, before, other);
      else if (hooks.movable()) hooks.change((camera) => moveBy(camera, now.x - before.x, now.y - before.y, hooks.frame()));
    },
    { signal },
  );
  const lift = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
  };
  element.addEventListener('pointerup', lift, { signal });
  element.addEventListener('pointercancel', lift, { signal });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { x, y } = place(event);
      const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      hooks.change((camera) => zoomAt(camera, Math.exp(-step * 0.0018), x, y, hooks.frame()));
    },
    { signal, passive: false },
  );
  return { wasDrag: () => travelled > TAP, close: () => ending.abort() };
}
