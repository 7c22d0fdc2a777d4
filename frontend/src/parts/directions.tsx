// SPDX-License-Identifier: MIT
// Two amounts that must not be taken for one: what went out, and what came in. Arrows for the eye, words for the ear.

import type { Translate } from '../i18n';

export type Way = 'both' | 'sent' | 'received';
export const WAYS = ['both', 'sent', 'received'] as const satisfies readonly Way[];

/** Of two amounts those that are wanted; nothing of the other. */
export function wanted(up: number, down: number, way: Way): { readonly up: number; readonly down: number } {
  return { up: way === 'received' ? 0 : up, down: way === 'sent' ? 0 : down };
}

export interface DirectionsProps {
  readonly up: string;
  readonly down: string;
  /** Which of the two are wanted. */
  readonly way?: Way;
  readonly t: Translate;
}

function One({ arrow, word, text }: { readonly arrow: string; readonly word: string; readonly text: string }) {
  return (
    <span class="direction">
      <span aria-hidden="true">{arrow} </span>
      <span class="visually-hidden">{word} </span>
      {text === '' ? '–' : text}
    </span>
  );
}

export function Directions({ up, down, way = 'both', t }: DirectionsProps) {
  return (
    <>
      {way !== 'received' && <One arrow="↑" word={t('detail.up')} text={up} />}
      {way === 'both' && ' '}
      {way !== 'sent' && <One arrow="↓" word={t('detail.down')} text={down} />}
    </>
  );
}

/** The same as one text, for what is drawn; empty when there is neither. */
export function directionsText(up: string, down: string, way: Way): string {
  const parts = [way === 'received' || up === '' ? '' : `↑ ${up}`, way === 'sent' || down === '' ? '' : `↓ ${down}`];
  return parts.filter((part) => part !== '').join('  ');
}
