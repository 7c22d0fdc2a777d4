// SPDX-License-Identifier: MIT
// By what conversations are put together, and what the groups are called. Keys are stable; labels are for people.

import type { Translate } from '../i18n';
import type { Grouping } from './selection';
import { CATEGORIES, categoryText, type Category } from './category';
import type { Conversation } from './rows';
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

/** True for a group that stands for something named, so that a search of the web makes sense. */
export function isNamed(key: string, by: Grouping): boolean {
  return !key.startsWith(OWN) && by !== 'country' && by !== 'category';
}
