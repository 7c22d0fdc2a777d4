// SPDX-License-Identifier: MIT
// When this browser last looked, kept in it alone; and what is new since then.

import type { PastEvent } from '../../store/past';
import type { Selection } from '../../store/selection';

/** Who comes back sooner has missed nothing. Milliseconds. */
export const AWAY = 600_000;
/** While it is looked at, that is kept so often. Milliseconds. */
const EVERY = 60_000;
const KEY = 'connvis.looked';

/** A moment by the collector's clock: milliseconds of Unix time. */
type Moment = number;

interface Memory {
  read(): Moment | null;
  write(at: Moment): void;
}

/** A browser that keeps nothing has never looked. */
export const browserMemory: Memory = {
  read: () => {
    try {
      const text = localStorage.getItem(KEY) ?? '';
      return /^\d{12,14}$/.test(text) ? Number(text) : null;
    } catch {
      return null;
    }
  },
  write: (at) => {
    try {
      localStorage.setItem(KEY, String(Math.round(at)));
    } catch {
      // then it hears nothing when it comes back
    }
  },
};

export class Looked {
  /** Until when one had looked; null: they have not been away, or nobody knows. */
  since: Moment | null;
  #last: Moment | null = null;
  #away: boolean;
  #written = -Infinity;
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.since = memory.read();
    this.#away = this.since !== null;
  }

  /** It is looked at now. date: of what is seen, which may still be of before. */
  see(date: Moment): void {
    if (this.#last !== null && date <= this.#last) return;
    if (this.#away) {
      const left = this.#last ?? this.since;
      this.since = left !== null && date - left >= AWAY ? left : null;
    }
    this.#away = false;
    this.#last = date;
    // a browser may forget to say that the page is left
    if (date - this.#written >= EVERY) this.#write(date);
  }

  /** Nobody looks any more. */
  leave(): void {
    if (this.#away || this.#last === null) return;
    this.#write(this.#last);
    this.#away = true;
  }

  #write(at: Moment): void {
    if (at !== this.#written) this.#memory.write(at);
    this.#written = at;
  }
}

export interface New {
  readonly devices: readonly PastEvent[];
  readonly trackers: readonly PastEvent[];
}

/** The newest first. Of a tracker that it was the first contact of anybody here: each once. */
export function newSince(
  events: readonly PastEvent[],
  since: Moment,
  { date, now }: Pick<Selection, 'date' | 'now'>,
): New {
  const later = events.filter(({ at }) => date - (now - at) > since);
  return {
    devices: later.filter(({ kind, device }) => kind === 'joined' && device !== null),
    trackers: later.filter(({ kind, first, party }) => kind === 'tracker' && first && party !== null),
  };
}
