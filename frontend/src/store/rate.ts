// SPDX-License-Identifier: MIT
// Bytes a second out of totals that jump once a second: a leaky sum, steady for steady traffic and gone some seconds after it.

/** Milliseconds in which two thirds of a burst have leaked away. */
const SPAN = 3000;
/** Totals jump so often: from less, nobody can tell how fast it is. Milliseconds. */
const JUMP = 1000;

export class Rate {
  #leaking = 0;
  #at = 0;
  /** What came in before is not known. */
  #since = -Infinity;

  /** From here on bytes are counted: a total was heard, and not how fast it grew. Milliseconds. */
  begin(now: number): void {
    if (this.#left(now) < 1) this.#since = now;
  }

  /** Counts bytes of which is heard now, and which came in evenly from one time to another; milliseconds. */
  add(bytes: number, now: number, from = now, to = now): void {
    const lasted = (to - from) / SPAN;
    const stayed = lasted > 0.01 ? (1 - Math.exp(-lasted)) / lasted : 1;
    this.#leaking = this.#left(now) + Math.max(0, bytes) * stayed * Math.exp(-Math.max(0, now - to) / SPAN);
    this.#at = now;
  }

  /** Bytes a second at the time now. */
  get(now: number): number {
    const known = 1 - Math.exp(-Math.max(JUMP, now - this.#since) / SPAN);
    const rate = (this.#left(now) / SPAN / known) * 1000;
    return rate < 1 ? 0 : rate;
  }

  #left(now: number): number {
    return this.#leaking === 0 ? 0 : this.#leaking * Math.exp(-Math.max(0, now - this.#at) / SPAN);
  }
}
