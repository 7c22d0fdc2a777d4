// SPDX-License-Identifier: MIT
// Ends all that the device has open, asked once more before.

import { useId, useRef } from 'preact/hooks';
import { endedSaid } from '../../parts/act-said';
import { Outcome } from '../../parts/outcome';
import { useAct } from '../../parts/use-act';
import { useAsking } from '../../parts/use-asking';
import type { OwnProps } from './own';

export function EndAll({ page: { device }, acts, t }: OwnProps) {
  const { asking, question, button, leave, turn, onKeyDown } = useAsking();
  const { said, run } = useAct(acts);
  const outcome = useRef<HTMLParagraphElement>(null);
  const id = useId();
  const end = async (): Promise<void> => {
    leave();
    if (await run(`end-all ${device.id}`, endedSaid)) outcome.current?.focus();
  };
  return (
    <div class="end-all" onKeyDown={onKeyDown}>
      <button ref={button} type="button" class="button" aria-expanded={asking} aria-controls={`${id}q`} onClick={turn}>
        {t('act.endAll')}
      </button>
      <div id={`${id}q`} hidden={!asking} role="group" aria-label={t('act.endAll')}>
        <p ref={question} tabIndex={-1}>
          {t('act.endAll.ask')}
        </p>
        <div class="field-row">
          <button type="button" class="button" onClick={() => void end()}>
            {t('act.endAll.yes')}
          </button>
          <button type="button" class="button" onClick={leave}>
            {t('act.endAll.no')}
          </button>
        </div>
      </div>
      <Outcome id={`${id}o`} said={said} place={outcome} t={t} />
    </div>
  );
}
