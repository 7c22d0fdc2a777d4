// SPDX-License-Identifier: MIT
// Bytes a second out of totals that jump once a second: a leaky sum, steady for steady traffic and gone some seconds after it.

/** Milliseconds in which two thirds of a burst have leaked away. */
const SPAN = 3000;

export class Rate {
  #leaking = 0;
  #at = 0;

  /** Counts bytes that came in by the time now, in milliseconds. */
  add(bytes: number, now: number): void {
    this.#leaking = this.#left(now) + Math.max(0, bytes);
    this.#at = now;
  }

  /** Bytes a second at the time now. */
  get(now: number): number {
    const rate = (this.#left(now) / SPAN) * 1000;
    return rate < 1 ? 0 : rate;
  }

  #left(now: number): number {
    return this.#leaking === 0 ? 0 : this.#leaking * Math.exp(-Math.max(0, now - this.#at) / SPAN);
  }
}
