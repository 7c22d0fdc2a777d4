// SPDX-License-Identifier: MIT
// Ends all that the device has open, asked once more before.

import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { endedSaid } from '../../parts/act-said';
import { Outcome } from '../../parts/outcome';
import { useAct } from '../../parts/use-act';
import type { OwnProps } from './own';

export function EndAll({ page: { device }, acts, t }: OwnProps) {
  const [asking, setAsking] = useState(false);
  const { said, run } = useAct(acts);
  const question = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const outcome = useRef<HTMLParagraphElement>(null);
  const id = useId();
  // who cannot see it hears what it means, before the buttons
  useLayoutEffect(() => {
    if (asking) question.current?.focus();
  }, [asking]);
  const leave = (): void => {
    setAsking(false);
    button.current?.focus();
  };
  const end = async (): Promise<void> => {
    leave();
    if (await run(`end-all ${device.id}`, endedSaid)) outcome.current?.focus();
  };
  return (
    <div class="end-all" onKeyDown={(event) => asking && event.key === 'Escape' && leave()}>
      <button
        ref={button}
        type="button"
        class="button"
        aria-expanded={asking}
        aria-controls={`${id}q`}
        onClick={() => setAsking(!asking)}
      >
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
