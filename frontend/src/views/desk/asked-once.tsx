// SPDX-License-Identifier: MIT
// What cannot be undone: asked once more before.

import '../../i18n/later-desk';
import { useId } from 'preact/hooks';
import type { Key } from '../../i18n';
import { useAsking } from '../../parts/use-asking';
import { Part, type DeskProps } from './desk-view';

interface AskedProps extends Pick<DeskProps, 'act' | 't'> {
  readonly verb: 'clear' | 'flush';
  /** What stands on the button, what it means, and what stands on the one that does it. */
  readonly title: Key;
  readonly ask: Key;
  readonly yes: Key;
}

export function AskedOnce({ verb, title, ask, yes, act, t }: AskedProps) {
  const { asking, question, button, leave, turn, onKeyDown } = useAsking();
  const id = useId();
  const agree = (): void => {
    leave();
    void act(verb);
  };
  return (
    <Part title={t(title)}>
      <div class="desk-ask" onKeyDown={onKeyDown}>
        <button
          ref={button}
          type="button"
          class="button desk-big"
          aria-expanded={asking}
          aria-controls={id}
          onClick={turn}
        >
          {t(title)}
        </button>
        <div id={id} class="desk-ask" hidden={!asking} role="group" aria-label={t(title)}>
          <p ref={question} tabIndex={-1}>
            {t(ask)}
          </p>
          <button type="button" class="button desk-big" onClick={agree}>
            {t(yes)}
          </button>
          <button type="button" class="button desk-big" onClick={leave}>
            {t('desk.leave')}
          </button>
        </div>
      </div>
    </Part>
  );
}
