// SPDX-License-Identifier: MIT
// Which of the devices is the viewer's, what it did lately, and whether this network sees the names that it asks for; or what
// to do so that this can be told.

import { useMemo } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { isolate } from '../../parts/characters';
import {
  checkNames,
  hasMadeUpNames,
  unseenShare,
  WHY_UNKNOWN,
  whyUnknown,
  type WhyUnknown,
} from '../../parts/name-checks';
import { ago } from '../../parts/text';
import type { Key } from '../../i18n';
import type { Device } from '../../store/rows';
import type { ViewProps } from '../view-props';
import { latelyOf } from './lately';

type YoursProps = Pick<ViewProps, 'selection' | 't' | 'locale' | 'size' | 'onView'>;

/** What to do, in one line: the page looks again by itself. */
const HOW: Readonly<Record<WhyUnknown, Key>> = { ...WHY_UNKNOWN, stranger: 'landing.find' };

function Lately({ me, selection, t }: Pick<YoursProps, 'selection' | 't'> & { readonly me: Device }) {
  const { companies, ads, most } = latelyOf(me, selection);
  if (companies === 0) return <p>{t('landing.lately.none')}</p>;
  const counted = t('landing.lately.companies', { n: companies });
  const ofAds = ads === 0 ? t('landing.lately.noAds') : t('landing.lately.ads', { n: ads });
  return (
    <p class="lately">
      {t('landing.lately', { companies: counted, ads: ofAds })}{' '}
      {most !== null && t('landing.lately.most', { company: isolate(most) })}
    </p>
  );
}

function NamesCheck({ me, selection, t, locale }: Omit<YoursProps, 'size' | 'onView'> & { readonly me: Device }) {
  const { now, sources } = selection;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const check = checkNames(me, sources, now);
  const share = unseenShare(me);
  const percent = share === null || share < 0.005 || check === 'blind' ? null : format.percent(share);
  return (
    <details class="names-check">
      <summary>
        {t('check.title')} <b>{t(`check.${check}`)}</b>
      </summary>
      <p>
        {t(`check.${check}.text`)}{' '}
        {me.lookedUp !== null && check !== 'blind' && t('check.last', { age: ago(now - me.lookedUp, { t, format }) })}{' '}
        {percent !== null && t('check.share', { percent })}
      </p>
    </details>
  );
}

export function Yours({ selection, t, locale, size, onView }: YoursProps) {
  const { me } = selection;
  const madeUp = hasMadeUpNames(selection.devices) ? t('devices.madeUp') : '';
  if (!me)
    return (
      <div class="you unknown">
        <h2>{t('landing.yours')}</h2>
        <p>{t(HOW[whyUnknown(selection)])}</p>
        {madeUp !== '' && <p class="muted">{madeUp}</p>}
      </div>
    );
  const wall = size === 'wall';
  return (
    <div class="you">
      <p class="muted">{t(wall ? 'landing.screen' : 'landing.you')}</p>
      <h2>
        <bdi>{me.alias}</bdi>
      </h2>
      {!wall && <p class="muted">{t(me.named ? 'landing.youText' : 'landing.youMade')}</p>}
      <Lately {...{ me, selection, t }} />
      <NamesCheck {...{ me, selection, t, locale }} />
      {(wall || me.named) && madeUp !== '' && <p class="muted">{madeUp}</p>}
      <button type="button" class="button" onClick={() => onView('device', me.alias)}>
        {t('landing.yourPage')}
      </button>
    </div>
  );
}
