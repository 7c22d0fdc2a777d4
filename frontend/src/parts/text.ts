// SPDX-License-Identifier: MIT
// Small pieces of text for the panel.

import { isolate } from './characters';
import type { Translate } from '../i18n';
import type { Format } from '../i18n/format';
import type { Place, Source } from '../store/rows';

export interface Texts {
  readonly t: Translate;
  readonly format: Format;
  /** BCP 47. */
  readonly locale: string;
}

/** Younger is "now". Milliseconds. */
const JUST_NOW = 2500;

export function ago(ms: number, { t, format }: Pick<Texts, 't' | 'format'>): string {
  return ms < JUST_NOW ? t('age.now') : t('detail.ago', { age: format.age(ms) });
}

export function placeText(place: Place | null, { format }: Pick<Texts, 'format'>): string {
  if (!place) return '';
  const country = place.country === null ? '' : format.country(place.country);
  return [place.city ?? place.region ?? '', country]
    .filter((part, i, all) => part !== '' && all.indexOf(part) === i)
    .join(', ');
}

export function dateText(seconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(seconds * 1000));
}

/** Who says what a company or a category is. */
export function listText(list: Source | null, { t }: Pick<Texts, 't'>): string {
  if (list === null) return '';
  if (list.kind === 'companies') return t('how.builtin');
  if (list.kind === 'cloud') return t('how.cloud');
  return list.kind === 'list' ? t('how.list', { name: isolate(list.name ?? list.type ?? '') }) : t('how.network');
}
