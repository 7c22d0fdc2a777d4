// SPDX-License-Identifier: MIT
// What came of something that was done: for who sees it, and for who hears it. It may have the focus, where what was
// pressed has gone.

import type { Ref } from 'preact';
import type { Translate } from '../i18n';
import type { Said } from './use-act';

export interface OutcomeProps {
  readonly said: Said | null;
  readonly t: Translate;
  readonly id: string;
  readonly place: Ref<HTMLParagraphElement>;
}

export function Outcome({ said, t, id, place }: OutcomeProps) {
  return (
    <p ref={place} id={id} class={said?.bad ? 'outcome bad' : 'outcome'} role="status" tabIndex={-1}>
      {said && t(said.key, said.values)}
    </p>
  );
}
