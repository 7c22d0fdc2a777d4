// SPDX-License-Identifier: MIT
// The start: who you are here, what there is to see, and whether this network sees the names that your device asks for.

import type { ComponentType } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { VIEW_NAMES, VIEWS, type ViewName } from '../registry';
import { formatter } from '../../i18n/format';
import { ago } from '../../parts/text';
import type { ViewProps } from '../view-props';
import { SummaryContext } from '../summary-context';
import { checkNames, hasMadeUpNames, unseenShare, WHY_UNKNOWN, whyUnknown } from '../../parts/name-checks';
import {
  MiniConnections,
  MiniDevices,
  MiniDomains,
  MiniFlows,
  MiniMap,
  MiniWall,
  type PictureProps,
} from './miniature-pictures';
import { LeftOut } from './left-out';
import '../../style/landing.css';

const PICTURES: Partial<Readonly<Record<ViewName, ComponentType<PictureProps>>>> = {
  flows: MiniFlows,
  map: MiniMap,
  domains: MiniDomains,
  devices: MiniDevices,
  connections: MiniConnections,
  display: MiniWall,
};

function StartCard({ view, onView, ...props }: PictureProps & Pick<ViewProps, 'onView'> & { readonly view: ViewName }) {
  const { t } = props;
  const { title, about } = VIEWS[view];
  const Picture = PICTURES[view];
  if (!about) return null;
  return (
    <li>
      <button type="button" class="start-card" onClick={() => onView(view)}>
        {Picture && <Picture {...props} />}
        <span class="start-title">{t(title)}</span>
        <span class="start-text">{t(about)}</span>
      </button>
    </li>
  );
}

function You({ selection, t, size, onView }: Pick<ViewProps, 'selection' | 't' | 'size' | 'onView'>) {
  const { me } = selection;
  const madeUp = hasMadeUpNames(selection.devices) ? ` ${t('devices.madeUp')}` : '';
  if (!me) {
    const why = whyUnknown(selection);
    return (
      <div class="you">
        <h3 class="stranger">{t(`landing.${why}`)}</h3>
        <p>
          {t(WHY_UNKNOWN[why])}
          {madeUp}
        </p>
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
        {(size === 'wall' || me.named) && madeUp}
      </p>
      <button type="button" class="button" onClick={() => onView('device', me.alias)}>
        {t('landing.yourPage')}
      </button>
    </div>
  );
}

/** The first thing to be read: what this network does. The same numbers as above the pictures. */
function Facts({ t }: Pick<ViewProps, 't'>) {
  const summary = useContext(SummaryContext);
  if (!summary) return null;
  const { devices, destinations, countries } = summary;
  if (devices === 0) return <h2 class="facts">{t('landing.now.nobody')}</h2>;
  const who = t('landing.now.who', { n: devices });
  const whom = t('landing.now.whom', { n: destinations });
  const text =
    countries === 0
      ? t('landing.now.nowhere', { who, whom })
      : t('landing.now', { who, whom, where: t('landing.now.where', { n: countries }) });
  return <h2 class="facts">{text}</h2>;
}

function NamesCheck({ selection, t, locale }: Pick<ViewProps, 'selection' | 't' | 'locale'>) {
  const { me, now, sources } = selection;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const check = checkNames(me, sources, now, whyUnknown(selection));
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

export default function Landing(props: ViewProps) {
  const { t, locale, theme, onView } = props;
  const { selection } = props;
  return (
    <section class="landing" aria-label={t('view.landing')}>
      <p class="what">{t('landing.what')}</p>
      <Facts t={t} />
      <div class="landing-top">
        {props.acts?.own?.wish === 'left-out' ? (
          <LeftOut acts={props.acts} t={t} />
        ) : (
          <You selection={selection} t={t} size={props.size} onView={onView} />
        )}
        <NamesCheck {...props} selection={selection} />
      </div>
      <ul class="start-cards">
        {VIEW_NAMES.map((view) => (
          <StartCard key={view} view={view} selection={selection} theme={theme} t={t} locale={locale} onView={onView} />
        ))}
      </ul>
    </section>
  );
}
