// SPDX-License-Identifier: MIT
// What a round is called, what is to be done in it, and what its choices are, in the viewer's words.

import '../../i18n/later-rounds';
import type { Translate } from '../../i18n';
import type { Room } from '../../store/rows';
import type { Choice } from './guess';

export type Kind = NonNullable<Room['roundKind']>;
export const KINDS: readonly Kind[] = ['quiet', 'app', 'guess'];

export function choiceText({ text, from, below }: Choice, question: Room['question'], t: Translate): string {
  if (question === 'most') return text;
  if (below === null) return t('round.range.from', { n: from });
  if (from === 0) return t('round.range.below', { n: below });
  return below === from + 1 ? String(from) : t('round.range', { from, to: below - 1 });
}

export interface SayProps {
  readonly kind: Kind;
  readonly t: Translate;
}

/** The two sentences that say what is to be done. */
export function Sentences({ kind, t }: SayProps) {
  return (
    <>
      <p>{t(`round.${kind}.first`)}</p>
      <p>{t(`round.${kind}.second`)}</p>
    </>
  );
}

export function Say(props: SayProps) {
  return (
    <div class="round-say">
      <Sentences {...props} />
    </div>
  );
}
