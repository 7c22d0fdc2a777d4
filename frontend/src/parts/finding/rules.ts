// SPDX-License-Identifier: MIT
// The rules of the sentence, as a table. Pure.

import type { Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { factsOf, type Facts, type Memory } from './facts';
import type { Finding, RuleName } from './finding';
import { ads, busier, contact, country, far, many, nameless, newcomer, sends } from './rules-of-devices';
import { blocked, common, one, quieter, shared, streams } from './rules-of-rooms';

interface Rule {
  readonly find: (facts: Facts) => readonly Finding[];
  /** It is about one device: also where only that one is shown. */
  readonly ofDevice: boolean;
  /** How much it tells to somebody who sees this page for the first time: what one would never guess has most. */
  readonly weight: number;
  /** After it has spoken, another may have its turn for so long. What holds for hours has a long one. Milliseconds. */
  readonly rest: number;
}

const MINUTE = 60_000;

export const TABLE: Readonly<Record<RuleName, Rule>> = {
  far: { find: far, ofDevice: true, weight: 10, rest: MINUTE },
  ads: { find: ads, ofDevice: true, weight: 9, rest: MINUTE },
  blocked: { find: blocked, ofDevice: false, weight: 8, rest: 5 * MINUTE },
  common: { find: common, ofDevice: false, weight: 7, rest: 2 * MINUTE },
  sends: { find: sends, ofDevice: true, weight: 6, rest: MINUTE },
  contact: { find: contact, ofDevice: true, weight: 5.5, rest: 2 * MINUTE },
  country: { find: country, ofDevice: true, weight: 6, rest: MINUTE },
  newcomer: { find: newcomer, ofDevice: true, weight: 6, rest: 3 * MINUTE },
  busier: { find: busier, ofDevice: true, weight: 5, rest: MINUTE },
  quieter: { find: quieter, ofDevice: false, weight: 5, rest: 5 * MINUTE },
  many: { find: many, ofDevice: true, weight: 5, rest: 3 * MINUTE },
  one: { find: one, ofDevice: false, weight: 4, rest: 3 * MINUTE },
  streams: { find: streams, ofDevice: false, weight: 4, rest: 5 * MINUTE },
  nameless: { find: nameless, ofDevice: true, weight: 4, rest: 3 * MINUTE },
  shared: { find: shared, ofDevice: false, weight: 3, rest: 3 * MINUTE },
};

/** Of one rule: where the first is not to be said again yet, another is. */
const OF_ONE_RULE = 4;

/**
 * All that can be said of what is shown, in no order. Of what a filter leaves but a part of, nothing would be true. about: only
 * what is said of this device; null: of anything.
 */
export function findingsOf(selection: Selection, memory: Memory, about: Device | null = null): readonly Finding[] {
  if (selection.narrowed) return [];
  const facts = factsOf(selection, memory);
  return Object.values(TABLE).flatMap(({ find, ofDevice }) =>
    (about ?? selection.only) && !ofDevice
      ? []
      : find(facts)
          .filter(({ receipts }) => about === null || receipts.devices[0] === about)
          .sort((a, b) => b.strength - a.strength || (a.subject < b.subject ? -1 : 1))
          .slice(0, OF_ONE_RULE),
  );
}

/** What would be said first. */
export function rankOf({ rule, strength }: Finding): number {
  return TABLE[rule].weight + strength;
}
