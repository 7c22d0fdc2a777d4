// SPDX-License-Identifier: MIT
// By what remotes are put together, and what the groups are called. Keys are stable; labels are for people.

import type { Translate } from '../i18n';
import type { Grouping } from '../views/types';
import type { Remote } from './rows';
import { specialKey } from './special';

/** Keys of groups that stand for something we do not know, or for a special network, begin with this. */
const OWN = '~';

export function groupKey(remote: Remote, by: Grouping): string {
  if (by === 'name') return remote.how === 'special' ? `${OWN}${remote.special ?? ''}` : remote.name;
  if (remote.special !== null) return `${OWN}${remote.special}`;
  if (by === 'network') return remote.network?.name || `${OWN}unknown`;
  return remote.place?.country ?? `${OWN}unknown`;
}

export function groupLabel(key: string, by: Grouping, t: Translate, country: (code: string) => string): string {
  if (key === `${OWN}unknown`) return t(by === 'country' ? 'group.nowhere' : 'group.unknown');
  if (key.startsWith(OWN)) return t(specialKey(key.slice(OWN.length)));
  return by === 'country' ? country(key) : key;
}

