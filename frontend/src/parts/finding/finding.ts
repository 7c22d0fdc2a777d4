// SPDX-License-Identifier: MIT
// A finding: a sentence that a rule made from what is shown, with the rows that are its evidence.

import type { Texts } from '../text';
import type { Device } from '../../store/rows';
import type { Target } from '../../store/selection';

export const RULES = [
  'far',
  'ads',
  'blocked',
  'common',
  'sends',
  'contact',
  'country',
  'newcomer',
  'busier',
  'quieter',
  'many',
  'one',
  'streams',
  'nameless',
  'shared',
] as const;

export type RuleName = (typeof RULES)[number];

export type Words = Pick<Texts, 't' | 'format'>;

/** Whom and what a finding speaks of. */
export interface Receipts {
  /** The first is the one that it is about, where it is about one. */
  readonly devices: readonly Device[];
  /** Groups by company, those that say most first. */
  readonly companies: readonly string[];
  /** Names that were looked up. */
  readonly names: readonly string[];
}

export interface Finding {
  readonly rule: RuleName;
  /** Whom it is about: with the rule, what is not said twice in a row. */
  readonly subject: string;
  /** How far it is over its threshold, from 0 to 1. */
  readonly strength: number;
  readonly receipts: Receipts;
  /** With the numbers of the moment in which it was found. */
  readonly say: (words: Words) => string;
}

/** A sentence is never longer: three lines on a phone. Letters. */
export const LONGEST = 170;

/** What to show where a finding is touched; null: it is of nothing that can be picked. */
export function targetOf({ devices, companies }: Receipts): Target | null {
  const [device, company] = [devices[0], companies[0]];
  if (device && devices.length === 1)
    return companies.length === 1 && company !== undefined
      ? { kind: 'link', device: device.id, by: 'company', key: company }
      : { kind: 'device', device: device.id };
  return companies.length === 1 && company !== undefined ? { kind: 'group', by: 'company', key: company } : null;
}
