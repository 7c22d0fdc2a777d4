// SPDX-License-Identifier: MIT
// A pulse travels from home to a place each time that something moved there, and makes a ring where it arrives.

import type { SceneSpot } from './scene';

/** Milliseconds. */
const TRAVEL = 700;
const RING = 900;
/** Pulses to the same spot are at least this far apart. */
const APART = 1100;

export interface Pulse {
  readonly key: number;
  /** 0 to 1 along the line; 1 when it has arrived. */
  readonly way: number;
  /** 0 to 1 of the ring; 0 before it has arrived. */
  readonly ring: number;
}

export class Pulses {
  readonly #active = new Map<number, number>();
  readonly #begun = new Map<number, number>();

  /** Notes what has moved since the last call. time: of the animation, in milliseconds. */
  follow(spots: readonly SceneSpot[], time: number, still: boolean): void {
    const keys = new Set(spots.map((spot) => spot.key));
    for (const key of this.#active.keys()) {
      if (keys.has(key)) continue;
      this.#active.delete(key);
      this.#begun.delete(key);
    }
    for (const { key, active, gone } of spots) {
      const before = this.#active.get(key);
      this.#active.set(key, active);
      if (still || gone || before === undefined || active <= before) continue;
      if (time - (this.#begun.get(key) ?? -Infinity) < APART) continue;
      // not all at once: they came with one frame of the feed
      this.#begun.set(key, time + ((key * 97) % 500));
    }
  }

  at(time: number): Pulse[] {
    const pulses: Pulse[] = [];
    for (const [key, begun] of this.#begun) {
      const passed = time - begun;
      if (passed > TRAVEL + RING) this.#begun.delete(key);
      else if (passed >= 0) {
        pulses.push({ key, way: Math.min(1, passed / TRAVEL), ring: Math.max(0, (passed - TRAVEL) / RING) });
      }
    }
    return pulses;
  }

  get moving(): boolean {
    return this.#begun.size > 0;
  }
}
