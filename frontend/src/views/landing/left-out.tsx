// SPDX-License-Identifier: MIT
// For whoever holds a device that is left out: it has no page, so the way back is here.

import { useEffect, useId, useRef } from 'preact/hooks';
import '../../i18n/later-wishes';
import { Outcome } from '../../parts/outcome';
import { useAct } from '../../parts/use-act';
import type { Acts } from '../../store/acts';
import type { ViewProps } from '../view-props';

export function LeftOut({ acts, t }: Pick<ViewProps, 't'> & { readonly acts: Acts }) {
  const { said, run } = useAct(acts);
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // what was pressed has gone with the device's page, and may have been far down
  useEffect(() => heading.current?.focus(), []);
  const back = (verb: 'show' | 'hide'): void => void run(`${verb} me`, () => ({ key: 'act.wish.done', values: {} }));
  return (
    <div class="you">
      <h3 class="stranger" ref={heading} tabIndex={-1}>
        {t('landing.leftOut')}
      </h3>
      <p>
        {t('act.wish.left-out.text')} {acts.own && acts.own.keptBy !== 'mac' && t(`act.wish.by.${acts.own.keptBy}`)}
      </p>
      <p>
        <button type="button" class="button" onClick={() => back('show')}>
          {t('landing.leftOut.show')}
        </button>{' '}
        <button type="button" class="button" onClick={() => back('hide')}>
          {t('act.wish.hidden')}
        </button>
      </p>
      <Outcome id={`${id}o`} said={said} place={null} t={t} />
    </div>
  );
}
