// SPDX-License-Identifier: MIT
// Is the room ready? What there is to say, and what to do where something is missing. Pure.

import '../../i18n/later-desk';
import type { Key, Values } from '../../i18n';
import { readsLookups, silentDevices } from '../../parts/name-checks';
import { hereOf, type Selection } from '../../store/selection';

export interface Check {
  readonly good: boolean;
  readonly key: Key;
  readonly values?: Values;
}

/** safe: the page has come encrypted, or from this machine. */
export function checksOf(selection: Pick<Selection, 'devices' | 'sources' | 'only'>, safe: boolean): Check[] {
  const n = hereOf(selection.devices).length;
  const silent = readsLookups(selection) ? silentDevices(selection).length : 0;
  return [
    n > 0 ? { good: true, key: 'desk.ready.devices', values: { n } } : { good: false, key: 'desk.ready.nobody' },
    { good: readsLookups(selection), key: readsLookups(selection) ? 'desk.ready.names' : 'desk.ready.blind' },
    ...(silent > 0 ? [{ good: false, key: 'desk.ready.silent', values: { n: silent } } as const] : []),
    { good: safe, key: safe ? 'desk.ready.safe' : 'desk.ready.open' },
  ];
}
