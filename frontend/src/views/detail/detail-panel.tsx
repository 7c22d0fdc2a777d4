// SPDX-License-Identifier: MIT
// The panel beside a view: what is picked, how we know, and its actual targets.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { isTracking } from '../../store/category';
import { groupLabel, isNamed } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { ViewProps } from '../view-props';
import type { Target } from '../../store/selection';
import { Amounts, Asked, DeviceFacts, HowWeKnow } from './facts';
import { reachOf, placesOf, subjectOf } from './subject';
import { Targets } from './targets';
import { placeText, type Texts } from '../../parts/text';
import { Tracker } from '../../parts/badges';

function titleOf(target: Target, device: Device | null, conversations: readonly Conversation[], texts: Texts): string {
  if (target.kind === 'device') return device?.alias ?? '';
  if (target.kind === 'places') {
    const places = placesOf(conversations);
    const first = placeText(places[0] ?? null, texts);
    return places.length > 1 ? `${first} ${texts.t('detail.more', { n: places.length - 1 })}` : first;
  }
  return groupLabel(target.key, target.by, texts.t, texts.format.country);
}

function kindOf(target: Target, device: Device | null, { t }: Texts): string {
  if (target.kind === 'link') return t('detail.link', { device: device?.alias ?? '' });
  if (target.kind === 'group') return t(`detail.group.${target.by}`);
  return t(target.kind === 'device' ? 'detail.device' : 'detail.places');
}

/** A search of the web, by somebody's own tap and nobody else's. */
function Search({ title, texts: { t } }: { readonly title: string; readonly texts: Texts }) {
  return (
    <p class="search">
      <a
        href={`https://duckduckgo.com/?q=${encodeURIComponent(`"${title.slice(0, 100)}"`)}`}
        target="_blank"
        rel="noopener noreferrer external"
      >
        {t('detail.search')}
      </a>{' '}
      <small>({t('detail.searchNote')})</small>
    </p>
  );
}

function DeviceChips({
  devices,
  onTarget,
  texts,
}: {
  readonly devices: readonly Device[];
  readonly onTarget: ViewProps['onTarget'];
  readonly texts: Texts;
}) {
  return (
    <>
      <h3>{texts.t('detail.devices')}</h3>
      <p class="chips">
        {devices.map((one) => (
          <button key={one.id} type="button" class="chip" onClick={() => onTarget({ kind: 'device', device: one.id })}>
            <bdi>{one.alias}</bdi>
          </button>
        ))}
      </p>
    </>
  );
}

export interface DetailProps extends ViewProps {
  readonly target: Target;
}

export function Detail({ target, onTarget, onOnly, onView, t, locale, ...props }: DetailProps) {
  const panel = useRef<HTMLElement>(null);
  const texts = useMemo((): Texts => ({ t, format: formatter(locale, t), locale }), [t, locale]);
  const { selection } = props;
  const { device, conversations, devices, totals } = useMemo(() => subjectOf(selection, target), [selection, target]);
  const reach = useMemo(() => reachOf(selection, target), [selection, target]);
  const title = titleOf(target, device, conversations, texts);
  const isDevice = target.kind === 'device';
  const named = target.kind === 'group' || target.kind === 'link' ? isNamed(target.key, target.by) : false;
  const tracks = !isDevice && conversations.some((one) => isTracking(one.category));

  // What somebody picked with the keyboard far away is to be reached with the next key.
  const identity = JSON.stringify(target);
  useEffect(() => panel.current?.scrollTo({ top: 0 }), [identity]);

  return (
    <aside
      class="detail"
      ref={panel}
      tabIndex={-1}
      aria-label={t('detail.label')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onTarget(null);
      }}
    >
      <header>
        <div>
          <p class="kind">
            <bdi>{kindOf(target, device, texts)}</bdi>
          </p>
          <h2>
            <bdi>{title === '' ? t('detail.gone') : title}</bdi>
            {device && isDevice && device === selection.me && <span class="badge">{t('device.you')}</span>}
          </h2>
          {tracks && <Tracker texts={texts} />}
        </div>
        <button type="button" class="icon" aria-label={t('app.close')} onClick={() => onTarget(null)}>
          ×
        </button>
      </header>
      {reach && (
        <p class="reach">
          {t('detail.reach', { n: reach.devices, all: reach.all })}{' '}
          {devices.length > 0 && devices.length < reach.devices && t('detail.reachNow', { n: devices.length })}
        </p>
      )}
      {conversations.length > 0 || device ? (
        <Amounts totals={isDevice && device ? device : totals} texts={texts} />
      ) : (
        <p class="muted">{t('detail.goneText')}</p>
      )}
      {isDevice && device && (
        <>
          <p class="chips">
            <button type="button" class="button" onClick={() => onOnly(selection.only === device ? null : device)}>
              {t(selection.only === device ? 'detail.everyone' : 'detail.only')}
            </button>
            <button type="button" class="button" onClick={() => onView('device', device.alias)}>
              {t('detail.page')}
            </button>
          </p>
          <DeviceFacts device={device} now={selection.now} texts={texts} />
        </>
      )}
      {!isDevice && conversations.length > 0 && (
        <>
          <h3>{t('detail.how')}</h3>
          <HowWeKnow conversations={conversations} selection={selection} texts={texts} />
          <Asked conversations={conversations} device={device} now={selection.now} texts={texts} />
        </>
      )}
      {!isDevice && devices.length > 1 && <DeviceChips devices={devices} onTarget={onTarget} texts={texts} />}
      {conversations.length > 0 && (
        <Targets
          key={identity}
          conversations={conversations}
          selection={selection}
          withDevice={!('device' in target)}
          texts={texts}
        />
      )}
      {named && <Search title={title} texts={texts} />}
    </aside>
  );
}
