// SPDX-License-Identifier: MIT
// A ring that goes out from a new destination, once: an element that the browser's compositor moves by itself.

import type { SceneNode } from './flow-scene';

const LASTS = 1200;
const TIMES = 2;

export class Rings {
  readonly #host: HTMLElement;
  readonly #told = new Set<string>();

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** still: note what is new, move nothing. */
  follow(nodes: readonly SceneNode[], still: boolean): void {
    for (const node of nodes) {
      if (!node.isNew || this.#told.has(node.key)) continue;
      this.#told.add(node.key);
      if (!still) this.#ring(node.x + node.width / 2, node.y + node.height / 2);
    }
    const there = new Set(nodes.flatMap((node) => (node.isNew ? [node.key] : [])));
    for (const key of this.#told) if (!there.has(key)) this.#told.delete(key);
  }

  #ring(x: number, y: number): void {
    const ring = document.createElement('span');
    ring.className = 'ring-out';
    this.#host.append(ring);
    const there = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    const frames = [
      { transform: `${there} scale(0.3)`, opacity: 1 },
      { transform: `${there} scale(1)`, opacity: 0 },
    ];
    const animation = ring.animate(frames, { duration: LASTS, iterations: TIMES, easing: 'ease-out' });
    animation.onfinish = () => ring.remove();
    animation.oncancel = () => ring.remove();
  }
}
