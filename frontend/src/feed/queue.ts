// SPDX-License-Identifier: MIT
// Runs tasks one after the other, some of which wait. One that fails is reported and does not hold up the rest.

export class Queue {
  readonly #onFault: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  run(task: () => Promise<void> | void): void {
    this.#last = this.#last.then(task).catch((error: unknown) => this.#onFault(error));
  }

  /** Resolves when all that has been asked for until now is done. */
  idle(): Promise<void> {
    return this.#last;
  }
}
