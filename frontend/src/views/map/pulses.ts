// SPDX-License-Identifier: MIT
// Where a pulse is due: one to each spot where something moved since the last look, but not too often and not too many at once.

import type { Way } from '../../parts/directions';
import type { Spot } from './cluster';

/** Milliseconds on the way, and of the ring that a pulse makes where it arrives. */
export const TRAVEL = 900;
export const RING = 800;
/** Pulses to the same spot begin at least so far apart. */
const APART = 1600;
/** What came with one update does not leave all at once, but in so many groups, so far apart. */
const GROUPS = 4;
const STAGGER = 140;
/** More at once would tell nobody more. */
const MOST = 18;

export interface Pulse {
  readonly key: number;
  /** Milliseconds until it leaves. */
  readonly delay: number;
}

/** Whether a pulse comes from the spot instead of going there; null where nothing moves in the direction that is wanted. */
export function pulsesInward({ upRate, downRate }: Pick<Spot, 'upRate' | 'downRate'>, way: Way): boolean | null {
  // where the kernel counts no bytes, both are none
  if (way === 'both') return downRate > upRate;
  return (way === 'sent' ? upRate : downRate) >= 1 ? way === 'received' : null;
}

export class Pulses {
  readonly #active = new Map<number, number>();
  /** When the last pulse to a spot was due. */
  readonly #begun = new Map<number, number>();

  /** time: of the viewer, in milliseconds. still: note what is active, start none. */
  follow(spots: readonly Pick<Spot, 'key' | 'active'>[], time: number, still: boolean): Pulse[] {
    const keys = new Set(spots.map((spot) => spot.key));
    for (const key of this.#active.keys()) if (!keys.has(key)) this.#active.delete(key);
    for (const [key, begun] of this.#begun) if (!keys.has(key) || time - begun >= APART) this.#begun.delete(key);
    const due: Pulse[] = [];
    for (const { key, active } of spots) {
      const before = this.#active.get(key);
      this.#active.set(key, active);
      if (still || before === undefined || active <= before) continue;
      if (this.#begun.has(key) || this.#begun.size >= MOST) continue;
      const delay = (key % GROUPS) * STAGGER;
      this.#begun.set(key, time + delay);
      due.push({ key, delay });
    }
    return due;
  }
}
