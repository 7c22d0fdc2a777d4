// SPDX-License-Identifier: MIT
// A worker that is started again when it fails, with a pause that grows while it goes on failing.

/** The part of a Worker that is used. */
export interface WorkerLike<To, From> {
  onmessage: ((event: MessageEvent<From>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  postMessage(message: To, hand: Transferable[]): void;
  terminate(): void;
}

export interface WorkerEvents<From> {
  /** It has been made anew and knows nothing: tell it what to do. */
  readonly onStart: () => void;
  readonly onMessage: (message: From) => void;
  /** failures: so many in a row. */
  readonly onFailure: (failures: number) => void;
}

/** Milliseconds. */
const PAUSE_SHORTEST = 1000;
const PAUSE_LONGEST = 30_000;
/** One that has worked for so long has not failed in a row. Milliseconds. */
const HEALTHY = 60_000;

export class SupervisedWorker<To, From> {
  readonly #make: () => WorkerLike<To, From>;
  readonly #events: WorkerEvents<From>;
  #worker: WorkerLike<To, From> | null = null;
  #failures = 0;
  #startedAt = 0;

  constructor(make: () => WorkerLike<To, From>, events: WorkerEvents<From>) {
    this.#make = make;
    this.#events = events;
  }

  start(): void {
    this.#startedAt = performance.now();
    let worker: WorkerLike<To, From>;
    try {
      worker = this.#make();
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#worker = worker;
    worker.onmessage = (event) => {
      if (this.#worker === worker) this.#events.onMessage(event.data);
    };
    worker.onerror = (event) => {
      if (this.#worker === worker) this.#fail(event.message);
    };
    worker.onmessageerror = () => {
      if (this.#worker === worker) this.#fail('a message could not be read');
    };
    this.#events.onStart();
  }

  /** While it is away nothing is sent: onStart says everything again. */
  post(message: To, hand: Transferable[] = []): void {
    this.#worker?.postMessage(message, hand);
  }

  #fail(reason: unknown): void {
    console.error('The worker has failed:', reason);
    this.#worker?.terminate();
    this.#worker = null;
    if (performance.now() - this.#startedAt > HEALTHY) this.#failures = 0;
    this.#failures += 1;
    setTimeout(() => this.start(), Math.min(PAUSE_LONGEST, PAUSE_SHORTEST * 2 ** (this.#failures - 1)));
    this.#events.onFailure(this.#failures);
  }
}
