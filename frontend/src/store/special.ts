// SPDX-License-Identifier: MIT
// Networks that belong to nobody in particular: the feed's word and the text for it.

import type { Key, Translate } from '../i18n';
import type { Conversation } from './rows';

const KEYS = {
  home: 'special.home',
  private: 'special.private',
  cgnat: 'special.cgnat',
  multicast: 'special.multicast',
  'link-local': 'special.link-local',
  loopback: 'special.loopback',
  documentation: 'special.documentation',
  reserved: 'special.reserved',
} as const satisfies Readonly<Record<string, Key>>;

export function specialKey(special: string): Key {
  return Object.hasOwn(KEYS, special) ? KEYS[special as keyof typeof KEYS] : 'special.reserved';
}

function told({ how }: Conversation, name: string, t: Translate): string {
  if (how === 'special') return t(specialKey(name));
  return how === 'dns-other' ? t('name.guess', { name }) : name;
}

/** What to call the far end of a conversation, short, in the viewer's language. */
export function conversationName(conversation: Conversation, t: Translate): string {
  return told(conversation, conversation.name, t);
}

/** The same, with the whole domain name. */
export function conversationFullName(conversation: Conversation, t: Translate): string {
  return told(conversation, conversation.fullName, t);
}
