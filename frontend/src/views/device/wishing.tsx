// SPDX-License-Identifier: MIT
// How the device is seen by others: chosen by whoever holds it.

import { useId, useState } from 'preact/hooks';
import '../../i18n/later-wishes';
import { Outcome } from '../../parts/outcome';
import { useAct, type Done } from '../../parts/use-act';
import type { Verb } from '../../feed/errands';
import type { Acts } from '../../store/acts';
import { WISHES, type Wish } from '../../store/myself';
import type { PanelProps } from './panels';

const VERBS: Readonly<Record<Wish, Verb>> = { shown: 'show', hidden: 'hide', 'left-out': 'leave-out' };
const DONE: Done = { key: 'act.wish.done', values: {} };

export function Wishing({ page: { device }, selection, acts, t, onView }: PanelProps & { readonly acts: Acts }) {
  const own = device === selection.me ? acts.own : null;
  const now = own?.wish ?? 'shown';
  const [picked, setPicked] = useState<Wish | null>(null);
  const { said, run } = useAct(acts);
  const id = useId();
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    let alias: unknown = null;
    const done = await run(`${VERBS[picked ?? now]} ${device.id}`, (result) => {
      ({ alias } = result);
      return DONE;
    });
    // as another device it has another page, or none
    if (done && typeof alias === 'string') onView('device', alias);
    else if (done) onView(own ? 'landing' : 'devices');
  };
  return (
    <form class="wishing" onSubmit={(event) => void save(event)}>
      <fieldset>
        <legend>{t('act.wish')}</legend>
        {WISHES.map((wish) => (
          <p key={wish}>
            <label>
              <input
                type="radio"
                name={`${id}w`}
                value={wish}
                checked={wish === (picked ?? now)}
                aria-describedby={`${id}${wish}`}
                onChange={() => setPicked(wish)}
              />{' '}
              {t(`act.wish.${wish}`)}
            </label>{' '}
            <span id={`${id}${wish}`} class="muted">
              {t(`act.wish.${wish}.text`)}
            </span>
          </p>
        ))}
      </fieldset>
      {own && own.keptBy !== 'mac' && <p class="muted">{t(`act.wish.by.${own.keptBy}`)}</p>}
      <button type="submit" class="button" disabled={picked === null || (picked === now && picked !== 'hidden')}>
        {t('act.wish.save')}
      </button>
      <Outcome id={`${id}o`} said={said} place={null} t={t} />
    </form>
  );
}
