// SPDX-License-Identifier: MIT
// Which device is the viewer's: the collector says so, when it is asked (`me` in common/PROTOCOL.md). It is asked again
// where the tables say that it may have another answer by now.

import type { Answer, Fault, Verb } from '../feed/errands';

/** How whoever holds a device wants it to be seen: by a made-up name only, or not at all. */
export const WISHES = ['shown', 'hidden', 'left-out'] as const;
export type Wish = (typeof WISHES)[number];

/** What that hangs on: the collector’s run, an address, a MAC that the device makes up itself, or one that it keeps. */
export const KEEPERS = ['run', 'address', 'random-mac', 'mac'] as const;
export type Keeper = (typeof KEEPERS)[number];

export interface Me {
  /** In which the device has this id. */
  readonly epoch: string;
  /** Null: it is left out, and has no row. */
  readonly device: number | null;
  readonly wish: Wish;
  /** In a room: its holder has said how they want it; null: there is nothing to choose. */
  readonly chosen: boolean | null;
  readonly keptBy: Keeper;
  /** Verbs that are allowed here. */
  readonly may: readonly string[];
}

/** Faults that say that it is so, for now. All others may be another moment's. */
const FINAL: readonly string[] = [
  'no-device',
  'not-allowed',
  'only-watching',
  'unknown-command',
] satisfies readonly Fault[];

/** Between two questions: everybody in the room may have to ask anew at the same moment. Milliseconds. */
const PAUSE_SHORTEST = 2000;
const PAUSE_LONGEST = 5000;
/** Where nobody has the viewer's address yet: an address that the collector learns of later changes nothing that all may see. */
const ANOTHER_TRY = 15_000;
const NOBODY_YET: Fault = 'no-device';

export interface Asked {
  readonly epoch: string;
  /** Another text than before where the answer may be another one. device: the answer so far. */
  whose(device: number | null): string;
}

function readMe(answer: Answer, epoch: string): Me | null {
  if (!answer.done) return null;
  const { device, may, wish, chosen, kept_by: keptBy } = answer.result;
  const leftOut = wish === 'left-out';
  if ((typeof device !== 'number' && !leftOut) || !Array.isArray(may)) return null;
  return {
    epoch,
    device: typeof device === 'number' && !leftOut ? device : null,
    wish: WISHES.find((one) => one === wish) ?? 'shown',
    chosen: typeof chosen === 'boolean' ? chosen : null,
    keptBy: KEEPERS.find((one) => one === keptBy) ?? 'run',
    may: may.filter((verb): verb is string => typeof verb === 'string'),
  };
}

export class Myself {
  me: Me | null = null;
  /** It is to be asked, and nothing has come of that so far. */
  waits = false;

  readonly #ask: (words: Verb) => Promise<Answer>;
  readonly #onMe: (me: Me | null) => void;
  #asks = false;
  #answered = false;
  /** As of the last answer; null: to be asked. */
  #known: string | null = null;
  #asking = false;
  #askedAt = -Infinity;
  #pause = 0;
  /** That no device was found is known until then. On performance.now(). */
  #until = Infinity;

  constructor(ask: (words: Verb) => Promise<Answer>, onMe: (me: Me | null) => void) {
    this.#ask = ask;
    this.#onMe = onMe;
  }

  /** There is a new connection. role: as in its hello. */
  greet(role: string): void {
    this.#asks = role === 'participant' || role === 'facilitator';
    this.#known = null;
    this.#askedAt = -Infinity;
    this.waits = this.#asks && !this.#answered;
    if (!this.#asks) this.#take(null);
  }

  /** Something was done that changes the answer. */
  again(): void {
    this.#known = null;
    this.#askedAt = -Infinity;
  }

  /** The tables are others. */
  look(tables: Asked): void {
    if (this.me && this.me.epoch !== tables.epoch) this.#take(null);
    const now = performance.now();
    const known = now < this.#until && tables.whose(this.me?.device ?? null) === this.#known;
    if (!this.#asks || this.#asking || known || now - this.#askedAt < this.#pause) return;
    this.#askedAt = now;
    this.#pause = PAUSE_SHORTEST + (PAUSE_LONGEST - PAUSE_SHORTEST) * Math.random();
    void this.#find(tables);
  }

  async #find(tables: Asked): Promise<void> {
    const { epoch } = tables;
    const before = tables.whose(this.me?.device ?? null);
    this.#known = before;
    this.#asking = true;
    const answer = await this.#ask('me');
    this.#asking = false;
    // of another connection it tells nothing
    this.#answered ||= this.#known !== null;
    const first = this.waits && this.#answered;
    if (first) this.waits = false;
    // another connection, or other tables: it is asked again
    if (this.#known !== before || tables.whose(this.me?.device ?? null) !== before) {
      this.#known = null;
      if (first) this.#onMe(this.me);
    } else {
      this.#take(readMe(answer, epoch), first);
      const settled = answer.done || FINAL.includes(answer.fault);
      this.#known = settled ? tables.whose(this.me?.device ?? null) : null;
      const nobody = !answer.done && answer.fault === NOBODY_YET;
      this.#until = nobody ? performance.now() + ANOTHER_TRY : Infinity;
    }
  }

  #take(me: Me | null, first = false): void {
    if (!first && JSON.stringify(me) === JSON.stringify(this.me)) return;
    this.me = me;
    this.#onMe(me);
  }
}
