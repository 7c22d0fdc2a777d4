// SPDX-License-Identifier: MIT
// Networks that belong to nobody in particular: the feed's word and the text for it.

import type { Key, Translate } from '../i18n';
import type { Remote } from './rows';

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

/** What to call a remote, in the viewer's language. */
export function remoteName(remote: Remote, t: Translate): string {
  return remote.how === 'special' && remote.special !== null ? t(specialKey(remote.special)) : remote.name;
}
