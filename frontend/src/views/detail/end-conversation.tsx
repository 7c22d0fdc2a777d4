// SPDX-License-Identifier: MIT
// Ends what one conversation has open, for who may, and says what came of it.

import { useId, useRef } from 'preact/hooks';
import { endedSaid } from '../../parts/act-said';
import { Outcome } from '../../parts/outcome';
import type { Texts } from '../../parts/text';
import { useAct } from '../../parts/use-act';
import type { Acts } from '../../store/acts';
import { phaseOf } from '../../store/freshness';
import type { Conversation } from '../../store/rows';

export interface EndProps {
  readonly one: Conversation;
  readonly acts: Acts;
  readonly texts: Texts;
}

export function EndConversation({ one, acts, texts: { t } }: EndProps) {
  const { said, run } = useAct(acts);
  const outcome = useRef<HTMLParagraphElement>(null);
  const id = useId();
  const open = one.gone === null && phaseOf(one) !== 'ended';
  const end = async (): Promise<void> => {
    // the button goes with what it is for
    if (await run(`end ${one.id}`, endedSaid)) outcome.current?.focus();
  };
  return (
    <div class="end">
      {open && (
        <>
          <button type="button" class="button" aria-describedby={`${id}h`} onClick={() => void end()}>
            {t('act.end', { n: Math.max(1, one.open + one.connecting) })}
          </button>
          <small id={`${id}h`}>{t('act.end.hint')}</small>
        </>
      )}
      <Outcome id={`${id}o`} said={said} place={outcome} t={t} />
    </div>
  );
}
