// SPDX-License-Identifier: MIT
// The start: who you are here, what there is to see, and whether this network sees the names that your device asks for.

import type { ComponentType } from 'preact';
import { useMemo } from 'preact/hooks';
import { hasView } from '../../app/views';
import { formatter } from '../../i18n/format';
import { useCalm } from '../map/use-calm';
import { ago } from '../detail/text';
import type { ViewName, ViewProps } from '../types';
import { checkNames, unseenShare } from './check';
import { MiniConnections, MiniDevices, MiniDomains, MiniFlows, MiniMap, MiniWall, type PictureProps } from './pictures';
import '../../style/landing.css';

const CARDS = [
  ['flows', MiniFlows],
  ['map', MiniMap],
  ['domains', MiniDomains],
  ['devices', MiniDevices],
  ['connections', MiniConnections],
  ['display', MiniWall],
] as const satisfies readonly (readonly [ViewName, ComponentType<PictureProps>])[];

function You({ selection, t, size, onView }: Pick<ViewProps, 'selection' | 't' | 'size' | 'onView'>) {
  const { me } = selection;
  if (!me) {
    return (
      <div class="you stranger">
        <h2>{t('landing.stranger')}</h2>
        <p>{t('who.me.missing')}</p>
      </div>
    );
  }
  const known = [me.hostName === me.alias ? null : me.hostName, me.vendor].filter((part) => part !== null);
  return (
    <div class="you">
      <p class="kind">{t(size === 'wall' ? 'landing.screen' : 'landing.you')}</p>
      <h2>
        <bdi>{me.alias}</bdi>
      </h2>
      <p>
        {known.map((part) => (
          <span key={part} class="known">
            <bdi>{part}</bdi>
          </span>
        ))}
        {size !== 'wall' && t(me.named ? 'landing.youText' : 'landing.youMade')}
      </p>
      {hasView('device') && (
        <button type="button" class="button" onClick={() => onView('device', me.alias)}>
          {t('landing.yourPage')}
        </button>
      )}
    </div>
  );
}

function NamesCheck({ selection, t, locale }: Pick<ViewProps, 'selection' | 't' | 'locale'>) {
  const { me, now, sources } = selection;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const check = checkNames(me, sources, now);
  const share = me ? unseenShare(me) : null;
  const percent = share === null || share < 0.005 || check === 'blind' ? null : format.percent(share);
  return (
    <section class="names-check" aria-label={t('check.title')}>
      <h3>{t('check.title')}</h3>
      <p class={`check-answer check-${check}`}>
        <span class="check-sign" aria-hidden="true" />
        {t(`check.${check}`)}
      </p>
      <p>
        {t(`check.${check}.text`)}{' '}
        {me?.lookedUp != null && check !== 'blind' && t('check.last', { age: ago(now - me.lookedUp, { t, format }) })}{' '}
        {percent !== null && t('check.share', { percent })}
      </p>
    </section>
  );
}

/** The pictures are small, and say what is going on, not what just happened. Milliseconds. */
const PACE = 1000;

export default function Landing(props: ViewProps) {
  const { t, locale, theme, onView } = props;
  const selection = useCalm(props.selection, PACE, props.selection.me);
  return (
    <section class="landing" aria-label={t('view.landing')}>
      <p class="what">{t('landing.what')}</p>
      <div class="landing-top">
        <You selection={selection} t={t} size={props.size} onView={onView} />
        <NamesCheck {...props} selection={selection} />
      </div>
      <ul class="start-cards">
        {CARDS.filter(([view]) => hasView(view)).map(([view, Picture]) => (
          <li key={view}>
            <button type="button" class="start-card" onClick={() => onView(view)}>
              <Picture selection={selection} theme={theme} t={t} locale={locale} />
              <span class="start-title">{t(`view.${view}`)}</span>
              <span class="start-text">{t(`landing.${view}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
