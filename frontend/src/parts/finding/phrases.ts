// SPDX-License-Identifier: MIT
// Names within the sentences: what is from outside is cut where it is long, and cannot turn the text around it. Pure.

import '../../i18n/later-findings';
import { groupLabel, isKnown } from '../../store/grouping';
import type { Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { ellipsis, isolate, lettersOf, printable } from '../characters';
import { thingBeside } from '../thing';
import type { Part } from './facts';
import type { Words } from './finding';

/** Longer ones are cut: a sentence has two of them. Letters. */
const NAME = 32;

export function short(name: string): string {
  const letters = lettersOf(printable(name));
  return isolate(letters.length > NAME ? letters.slice(0, NAME - 1).join('') + ellipsis(name) : letters.join(''));
}

/** At the beginning of a sentence. */
export function deviceName(device: Device, { me }: Pick<Selection, 'me'>, { t }: Words): string {
  const name = short(device.alias);
  if (device === me) return t('finding.you', { name });
  const thing = thingBeside(device, t);
  return thing === '' ? name : `${name} (${thing})`;
}

export function companyLabel(key: string, { t, format }: Words): string {
  return short(groupLabel(key, 'company', t, (code) => format.country(code)));
}

/** Whose it is; where nobody asked for a name of theirs, no more than that the address is theirs. */
export function companyName({ key, owned }: Pick<Part, 'key' | 'owned'>, words: Words): string {
  const name = companyLabel(key, words);
  return owned && isKnown(key) ? words.t('finding.owned', { name }) : name;
}

/** A quarter and more, as one says it. share: 0 to 1. */
export function shareText(share: number, { t }: Words): string {
  if (share < 0.3) return t('finding.quarter');
  return share >= 0.95 ? t('finding.all') : t('finding.tenths', { n: Math.round(share * 10) });
}
