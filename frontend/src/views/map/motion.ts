// SPDX-License-Identifier: MIT
// Pulses on their way, and the rings that they make: small elements that the browser's compositor moves by itself, so that
// motion is smooth and costs this page's thread next to nothing.

import { alongArc, slopeOfArc, type Arc } from './arc';
import type { Point } from './camera';
import { RING, TRAVEL } from './pulses';

const STEPS = 14;

const smooth = (way: number): number => way * way * (3 - 2 * way);

/** Where the head of a pulse is, and whereto it looks, at so many moments of its way. */
export function stations(arc: Arc): { readonly x: number; readonly y: number; readonly angle: number }[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const way = smooth(i / STEPS);
    return { ...alongArc(arc, way), angle: slopeOfArc(arc, way) };
  });
}

export class Motion {
  readonly #host: HTMLElement;
  readonly #running = new Set<Animation>();
  readonly #idle = new Map<string, HTMLElement[]>();

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Along the arc, and then a ring around the point. */
  start(arc: Arc, { x, y }: Point, delay: number): void {
    const way = stations(arc).map((at) => `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px) rotate(${at.angle.toFixed(3)}rad)`);
    const last = way.length - 1;
    const keyframes = way.map((transform, i) => ({ transform, opacity: i === 0 || i === last ? 0 : 1 }));
    this.#run('pulse', keyframes, { duration: TRAVEL, delay });
    const there = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    const rings = [
      { transform: `${there} scale(0.4)`, opacity: 0.9 },
      { transform: `${there} scale(1)`, opacity: 0 },
    ];
    this.#run('ring-out', rings, { duration: RING, delay: delay + TRAVEL * 0.94, easing: 'ease-out' });
  }

  /** Ends all at once: the map has moved beneath them, or nothing is to move. */
  clear(): void {
    for (const animation of [...this.#running]) animation.cancel();
  }

  #run(kind: string, keyframes: Keyframe[], timing: KeyframeAnimationOptions): void {
    const idle = this.#idle.get(kind) ?? [];
    this.#idle.set(kind, idle);
    const element = idle.pop() ?? document.createElement('span');
    element.className = kind;
    this.#host.append(element);
    const animation = element.animate(keyframes, timing);
    this.#running.add(animation);
    const done = (): void => {
      this.#running.delete(animation);
      element.remove();
      idle.push(element);
    };
    animation.onfinish = done;
    animation.oncancel = done;
  }
}
