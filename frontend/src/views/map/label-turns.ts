// SPDX-License-Identifier: MIT
// Which labels are next where they take turns: who has waited longest comes first.

/** Milliseconds between two turns. */
export const TURN_MS = 4000;

export class LabelTurns {
  #turn = 0;
  readonly #shownAt = new Map<number, number>();

  /** Notes which labels are shown in this turn. */
  note(keys: Iterable<number>): void {
    for (const key of keys) this.#shownAt.set(key, this.#turn);
  }

  /** The next turn. keys: of all that would have a label. */
  next(keys: readonly number[]): ReadonlyMap<number, number> {
    this.#turn += 1;
    const there = new Set(keys);
    for (const key of this.#shownAt.keys()) if (!there.has(key)) this.#shownAt.delete(key);
    return new Map(keys.map((key) => [key, this.#turn - (this.#shownAt.get(key) ?? 0)]));
  }
}
