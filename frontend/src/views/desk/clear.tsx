// SPDX-License-Identifier: MIT
// Begins a new session, asked once more before.

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Part, type DeskProps } from './desk-view';

export function Clear({ act, t }: DeskProps) {
  const [asking, setAsking] = useState(false);
  const question = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  // who cannot see it hears what it means, before the buttons
  useEffect(() => {
    if (asking) question.current?.focus();
  }, [asking]);
  const leave = (): void => {
    setAsking(false);
    button.current?.focus();
  };
  const clear = (): void => {
    leave();
    void act('clear');
  };
  return (
    <Part title={t('desk.clear')}>
      <div class="desk-ask" onKeyDown={(event) => asking && event.key === 'Escape' && leave()}>
        <button
          ref={button}
          type="button"
          class="button desk-big"
          aria-expanded={asking}
          aria-controls={id}
          onClick={() => setAsking(!asking)}
        >
          {t('desk.clear')}
        </button>
        <div id={id} class="desk-ask" hidden={!asking} role="group" aria-label={t('desk.clear')}>
          <p ref={question} tabIndex={-1}>
            {t('desk.clear.ask')}
          </p>
          <button type="button" class="button desk-big" onClick={clear}>
            {t('desk.clear.yes')}
          </button>
          <button type="button" class="button desk-big" onClick={leave}>
            {t('desk.clear.no')}
          </button>
        </div>
      </div>
    </Part>
  );
}
