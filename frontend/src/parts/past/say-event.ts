// SPDX-License-Identifier: MIT
// A sentence for each kind of event: what happened is told as a fact, and what is only likely as that. Pure.

import '../../i18n/later-past';
import type { Key } from '../../i18n';
import { isTracking } from '../../store/category';
import type { EventKind, Party, PastDevice, PastEvent } from '../../store/past';
import type { Selection } from '../../store/selection';
import { specialKey } from '../../store/special';
import type { Words } from '../finding/finding';
import { deviceName, short } from '../finding/phrases';

/** Those of which it is told whether anybody here had met that before. */
const FIRSTS = ['company', 'country', 'tracker'] as const satisfies readonly EventKind[];

function keyOf({ kind, first }: PastEvent): Key {
  const met = FIRSTS.find((one) => one === kind);
  return met && first ? `past.${met}.first` : `past.${kind}`;
}

export function whose(device: PastDevice | null, selection: Pick<Selection, 'me'>, words: Words): string {
  if (!device) return words.t('past.someone');
  return device.here ? deviceName(device.here, selection, words) : short(device.alias);
}

/** Nobody asked for a name there: then no more is known than whose the address is. */
export function withWhom(party: Party | null, { t }: Words): string {
  const { company, name, network, asn, special } = party ?? {};
  if (company ?? name) return short(company ?? name ?? '');
  if (special) return t(specialKey(special));
  if (network ?? asn) return t('finding.owned', { name: short(network ?? `AS${asn}`) });
  return t('past.unnamed');
}

export function sayEvent(event: PastEvent, selection: Pick<Selection, 'me'>, words: Words): string {
  const { device, party, amount, text } = event;
  const { t, format } = words;
  return t(keyOf(event), {
    device: whose(device, selection, words),
    company: withWhom(party, words),
    country: format.country(party?.country ?? ''),
    amount: format.bytes(amount ?? 0),
    time: format.age(amount ?? 0),
    text: short(text ?? ''),
  });
}

/** What of it has a colour: the viewer's own, what is for ads and tracking, and what interrupts the telling. */
export function sideOf({ kind, device, party }: PastEvent, me: Selection['me']): 'you' | 'ads' | 'gap' | 'other' {
  if (kind === 'gap') return 'gap';
  if (me && device?.here === me) return 'you';
  return kind === 'tracker' || isTracking(party?.category ?? null) ? 'ads' : 'other';
}

/** When: milliseconds of Unix time. today: the same of now. */
export function timeText(when: number, today: number, locale: string): string {
  const day = (ms: number): string => new Date(ms).toDateString();
  const weekday = day(when) === day(today) ? undefined : 'short';
  return new Intl.DateTimeFormat(locale, { weekday, hour: '2-digit', minute: '2-digit' }).format(when);
}
