// SPDX-License-Identifier: MIT
// By what conversations are put together, and what the groups are called. Keys are stable; labels are for people.

import type { Translate } from '../i18n';
import type { Grouping } from './selection';
import { CATEGORIES, categoryText, type Category } from './category';
import type { Conversation, Sum } from './rows';
import { specialKey } from './special';

export const GROUPINGS: readonly Grouping[] = ['company', 'domain', 'network', 'country', 'category'];

export const START_GROUPING: Grouping = 'company';

/** Of the option `by`. */
export function readGrouping(text: string | undefined): Grouping {
  return GROUPINGS.find((by) => by === text) ?? START_GROUPING;
}

/** Keys of groups that stand for something we do not know, or for a special network, begin with this. */
const OWN = '~';
const UNKNOWN = `${OWN}unknown`;
/** Of groups whose name is a guess: another device looked it up. */
const GUESS = `${OWN}?`;

export function groupKey(conversation: Conversation, by: Grouping): string {
  const { remote } = conversation;
  if (by === 'company' && conversation.company) return conversation.company.name;
  if (by === 'category' && conversation.category !== null) return conversation.category;
  if (by === 'company' || by === 'domain') {
    if (conversation.how === 'special') return `${OWN}${remote.special ?? ''}`;
    return conversation.how === 'dns-other' ? `${GUESS}${conversation.name}` : conversation.name;
  }
  if (remote.special !== null) return `${OWN}${remote.special}`;
  if (by === 'network') return remote.network?.name || UNKNOWN;
  return (by === 'country' ? remote.place?.country : null) ?? UNKNOWN;
}

/** Nobody here asked for its name, and nothing is known of whose it is. */
export function isNameless({ asked, company, remote }: Pick<Conversation, 'asked' | 'company' | 'remote'>): boolean {
  return asked === null && company === null && remote.special === null;
}

/** The group by company that a conversation will be in when it is part of a sum. */
export function restKey({ company, how, asked, remote }: Conversation): string {
  if (company) return company.name;
  if (how === 'dns' && asked) return asked.domain;
  return remote.network?.name || (remote.special === null ? UNKNOWN : `${OWN}${remote.special}`);
}

/**
 * The group of a sum: that of the conversations that it stands for, as far as they are told apart. rest: as restKey.
 * Null where it cannot tell: which domain or network of a company, which network of a domain; with rest, whose at all.
 * What other devices' lookups and clouds' ranges called it is not kept: then it is with the network, and what only an
 * address was known of is with the unknown.
 */
export function sumKey(sum: Sum, by: Grouping | 'rest'): string | null {
  const { company, name, network, special, country, category } = sum;
  const known = name?.domain ?? (network?.name || null);
  const unnamed = special === null ? UNKNOWN : `${OWN}${special}`;
  switch (by) {
    case 'company':
      return company?.name ?? known ?? unnamed;
    case 'rest':
      return company?.name ?? known ?? (special === null ? null : unnamed);
    case 'domain':
      return company ? null : (known ?? unnamed);
    case 'network':
      if (special !== null) return unnamed;
      return company || name ? null : network?.name || UNKNOWN;
    case 'country':
      return special === null ? (country ?? UNKNOWN) : unnamed;
    case 'category':
      return category ?? unnamed;
  }
}

/** A group that stands for a special network, and not for a place. */
export function isSpecial(key: string): boolean {
  return key.startsWith(OWN) && key !== UNKNOWN && !key.startsWith(GUESS);
}

function isCategory(key: string): key is Category {
  return (CATEGORIES as readonly string[]).includes(key);
}

export function groupLabel(key: string, by: Grouping, t: Translate, country: (code: string) => string): string {
  if (key === UNKNOWN)
    return t(by === 'country' ? 'group.nowhere' : by === 'category' ? 'group.uncategorised' : 'group.unknown');
  if (key.startsWith(GUESS)) return t('name.guess', { name: key.slice(GUESS.length) });
  if (key.startsWith(OWN)) return t(specialKey(key.slice(OWN.length)));
  if (by === 'category') return isCategory(key) ? categoryText(key, t) : key;
  return by === 'country' ? country(key) : key;
}

/** A group of which is known what it stands for, and not guessed. */
export function isKnown(key: string): boolean {
  return !key.startsWith(OWN);
}

/** True for a group that stands for something named, so that a search of the web makes sense. */
export function isNamed(key: string, by: Grouping): boolean {
  return isKnown(key) && by !== 'country' && by !== 'category';
}
