// SPDX-License-Identifier: MIT
// Which finding is said, and for how long. It knows no clock: the feed's is told to it, so that what is paused stands still.

import type { Device } from '../../store/rows';
import type { Finding, RuleName } from './finding';
import { rankOf, TABLE } from './rules';

/** A sentence stays so long, whatever happens: it is read, looked up at again, and read out. Milliseconds. */
export const HOLD = 20_000;
/** One that still holds stays that long when there is no other: then it has been read by all who wanted to. */
export const STAYS = 60_000;
/** The same is not said again so soon; what stays so for hours less and less often, each time after twice as long. Milliseconds. */
export const AGAIN = 300_000;
const AGAIN_AT_LEAST_ONCE_IN = 3_600_000;
/** More are not remembered: those that were said longest ago are forgotten first. */
const REMEMBERED = 500;

export interface Said {
  readonly finding: Finding;
  /** On the feed's clock. */
  readonly since: number;
  /** What its devices were called then: who has another name now wants to be called so, or is another one. */
  readonly aliases: readonly string[];
}

const nameOf = ({ rule, subject }: Finding): string => `${rule} ${subject}`;

export class Chooser {
  /** Null: there is nothing to say. */
  said: Said | null = null;

  /** By nameOf: when each may be said again, and how long it was to wait. Those that were said last come last. */
  readonly #lately = new Map<string, { readonly from: number; readonly wait: number }>();
  readonly #rested = new Map<RuleName, number>();
  #now = -Infinity;

  /** found: all that could be said now. devices: all that are here. */
  choose(found: readonly Finding[], now: number, devices: ReadonlyMap<number, Device>): Said | null {
    // another collector's clock begins anew, and so do its ids
    if (now < this.#now) this.#forget();
    this.#now = now;
    if (this.said && !this.#stands(this.said, devices)) this.said = null;
    const { said } = this;
    if (said && now - said.since < HOLD) return said;
    const next = this.#next(found, now);
    if (next) this.#say(next, now);
    else if (said && !(now - said.since < STAYS && found.some((one) => nameOf(one) === nameOf(said.finding))))
      this.said = null;
    return this.said;
  }

  #next(found: readonly Finding[], now: number): Finding | null {
    let best: Finding | null = null;
    for (const one of found) {
      const from = this.#lately.get(nameOf(one))?.from ?? -Infinity;
      const rested = this.#rested.get(one.rule) ?? -Infinity;
      if (now < from || now - rested < TABLE[one.rule].rest) continue;
      if (!best || rankOf(one) > rankOf(best)) best = one;
    }
    return best;
  }

  #say(finding: Finding, now: number): void {
    const name = nameOf(finding);
    const before = this.#lately.get(name)?.wait ?? 0;
    const wait = Math.min(Math.max(AGAIN, 2 * before), AGAIN_AT_LEAST_ONCE_IN);
    this.#lately.delete(name);
    this.#lately.set(name, { from: now + wait, wait });
    this.#rested.set(finding.rule, now);
    for (const oldest of this.#lately.keys()) {
      if (this.#lately.size <= REMEMBERED) break;
      this.#lately.delete(oldest);
    }
    this.said = { finding, since: now, aliases: finding.receipts.devices.map(({ alias }) => alias) };
  }

  /** Whoever it speaks of is here, by the same name. */
  #stands({ finding, aliases }: Said, devices: ReadonlyMap<number, Device>): boolean {
    return finding.receipts.devices.every((device, i) => {
      const here = devices.get(device.id);
      return here === device && here.gone === null && here.alias === aliases[i];
    });
  }

  #forget(): void {
    this.said = null;
    this.#lately.clear();
    this.#rested.clear();
  }
}
