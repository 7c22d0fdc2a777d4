// SPDX-License-Identifier: MIT
// How fast each device was in the last two minutes: kept on this page alone, in rings that do not grow.

import type { Device } from '../store/rows';

/** Milliseconds that one sample stands for, and how many there are. */
export const STEP = 2000;
export const SAMPLES = 60;
const DEVICES_MAX = 2000;

/** Bytes a second from the oldest to the newest; NaN where nobody looked. */
export interface Past {
  readonly up: Float32Array;
  readonly down: Float32Array;
}

interface Ring extends Past {
  /** Of its newest sample. */
  slot: number;
}

export class RateHistory {
  readonly #rings = new Map<number, Ring>();
  #now = -Infinity;

  /** Takes down how fast the devices are now. May be called as often as one likes. */
  take(devices: readonly Device[], now: number): void {
    // Another collector's clock begins anew, and so do its ids.
    if (now < this.#now) this.#rings.clear();
    this.#now = now;
    const slot = Math.floor(now / STEP);
    for (const device of devices) this.#put(device, slot);
    if (this.#rings.size > devices.length) {
      const there = new Set(devices.map((device) => device.id));
      for (const id of this.#rings.keys()) if (!there.has(id)) this.#rings.delete(id);
    }
  }

  past(device: number): Past {
    const up = new Float32Array(SAMPLES).fill(NaN);
    const down = new Float32Array(SAMPLES).fill(NaN);
    const ring = this.#rings.get(device);
    if (!ring) return { up, down };
    const newest = Math.floor(this.#now / STEP);
    for (let i = 0; i < SAMPLES; i += 1) {
      const slot = newest - SAMPLES + 1 + i;
      if (slot < 0 || slot > ring.slot || slot <= ring.slot - SAMPLES) continue;
      up[i] = ring.up[slot % SAMPLES] ?? NaN;
      down[i] = ring.down[slot % SAMPLES] ?? NaN;
    }
    return { up, down };
  }

  /** Whether somebody looked all the time. */
  full(device: number): boolean {
    return !this.past(device).down.some(Number.isNaN);
  }

  /** Bytes a second in the mean, both directions. before: what is taken for the time that nobody looked at, so that the
   * first seconds of a page alone say little. */
  mean(device: number, before: number): number {
    const { up, down } = this.past(device);
    let sum = 0;
    for (let i = 0; i < SAMPLES; i += 1) {
      const both = (up[i] ?? NaN) + (down[i] ?? NaN);
      sum += Number.isNaN(both) ? before : both;
    }
    return sum / SAMPLES;
  }

  #put(device: Device, slot: number): void {
    let ring = this.#rings.get(device.id);
    if (!ring) {
      if (this.#rings.size >= DEVICES_MAX) return;
      ring = { up: new Float32Array(SAMPLES).fill(NaN), down: new Float32Array(SAMPLES).fill(NaN), slot };
      this.#rings.set(device.id, ring);
    }
    // What was not looked at is not known.
    for (let missed = Math.max(ring.slot + 1, slot - SAMPLES + 1); missed < slot; missed += 1) {
      ring.up[missed % SAMPLES] = NaN;
      ring.down[missed % SAMPLES] = NaN;
    }
    ring.slot = slot;
    ring.up[slot % SAMPLES] = device.upRate;
    ring.down[slot % SAMPLES] = device.downRate;
  }
}

/** Of this page. */
export const history = new RateHistory();
