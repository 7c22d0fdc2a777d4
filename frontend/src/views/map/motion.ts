// SPDX-License-Identifier: MIT
// Pulses on their way, and the rings that they make: small elements that the browser's compositor moves by itself, so that
// motion is smooth and costs this page's thread next to nothing.

import { alongArc, slopeOfArc, type Arc } from './arc';
import type { Point } from './camera';
import { RING, TRAVEL } from './pulses';

const STEPS = 14;
/** Part of a pulse's time after which its ring begins. */
const ARRIVED = 0.94;

const smooth = (way: number): number => way * way * (3 - 2 * way);

/** Where the head of a pulse is, and whereto it looks, at so many moments of its way. */
export function stations(arc: Arc): { readonly x: number; readonly y: number; readonly angle: number }[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const way = smooth(i / STEPS);
    return { ...alongArc(arc, way), angle: slopeOfArc(arc, way) };
  });
}

type Kind = 'pulse' | 'ring-out';

/** The elements stay when they have done their way, unseen: to come and go would cost the page more than to move. */
export class Motion {
  readonly #host: HTMLElement;
  readonly #running = new Set<Animation>();
  readonly #idle: Readonly<Record<Kind, HTMLElement[]>> = { pulse: [], 'ring-out': [] };

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
    this.#run('ring-out', rings, { duration: RING, delay: delay + ARRIVED * TRAVEL, easing: 'ease-out' });
  }

  /** Ends all at once: the map has moved beneath them, or nothing is to move. */
  clear(): void {
    for (const animation of [...this.#running]) animation.cancel();
  }

  #element(kind: Kind): HTMLElement {
    const idle = this.#idle[kind].pop();
    if (idle) return idle;
    const made = document.createElement('span');
    made.className = kind;
    this.#host.append(made);
    return made;
  }

  #run(kind: Kind, keyframes: Keyframe[], timing: KeyframeAnimationOptions): void {
    const element = this.#element(kind);
    const animation = element.animate(keyframes, timing);
    this.#running.add(animation);
    const done = (): void => {
      if (this.#running.delete(animation)) this.#idle[kind].push(element);
    };
    animation.onfinish = done;
    animation.oncancel = done;
  }
}
