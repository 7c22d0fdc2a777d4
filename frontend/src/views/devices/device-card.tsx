// SPDX-License-Identifier: MIT
// One device: who it is, how fast it is now and was, whom it talks with. Leads to its page.

import type { Format } from '../../i18n/format';
import { groupLabel } from '../../store/grouping';
import { isLit } from '../../store/room';
import { isolate } from '../../parts/characters';
import { Diamond, trackerKey, TrackerMark, YouBadge } from '../../parts/badges';
import type { ViewProps } from '../view-props';
import type { Card } from './device-list';
import { namesText } from '../../parts/name-checks';
import { Sparkline } from '../../parts/sparkline';
import { thingBeside, ThingPicture } from '../../parts/thing';

const COMPANIES = 4;

export interface DeviceCardProps extends Pick<
  ViewProps,
  'selection' | 'spotlight' | 't' | 'wall' | 'afar' | 'onView' | 'onTarget'
> {
  readonly card: Card;
  readonly format: Format;
}

/** What a device calls itself may have its owner's name in it: that is not for the wall. */
function whatItIs({ device }: Card, { t, wall }: Pick<ViewProps, 't' | 'wall'>): string {
  const kind = device.macKind === 'random' ? t('devices.random') : '';
  return [
    device.self ? t('device.self') : '',
    thingBeside(device, t),
    wall ? '' : (device.hostName ?? ''),
    device.vendor ?? '',
    kind,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function Companies({ card, selection, t, format, onTarget, onView }: DeviceCardProps) {
  const { companies, device } = card;
  if (companies.length === 0)
    return <p class="muted">{t(selection.narrowed ? 'device.noneFits' : 'device.companies.none')}</p>;
  return (
    <ul class="chips" aria-label={t('devices.companies', { n: companies.length })}>
      {companies.slice(0, COMPANIES).map(({ key, tracking }) => (
        <li key={key}>
          <button
            type="button"
            class={tracking === 'none' ? 'chip' : 'chip tracks'}
            onClick={() => onTarget({ kind: 'link', device: device.id, by: 'company', key })}
          >
            {tracking !== 'none' && (
              <>
                <Diamond class={tracking === 'all' ? 'diamond' : 'diamond some'} />
                <span class="visually-hidden">{t(trackerKey(tracking))} </span>
              </>
            )}
            <bdi>{groupLabel(key, 'company', t, format.country)}</bdi>
          </button>
        </li>
      ))}
      {companies.length > COMPANIES && (
        <li>
          <button
            type="button"
            class="plain underlined muted"
            aria-label={t('devices.companies.more', { n: companies.length - COMPANIES, name: isolate(device.alias) })}
            onClick={() => onView('device', device.alias)}
          >
            {t('detail.more', { n: companies.length - COMPANIES })}
          </button>
        </li>
      )}
    </ul>
  );
}

/** What is longer than the letters that a line of a card holds is smaller, so that it stands whole in one; down to a size that
 * can be read. */
function nameSize(name: string, { wall, afar }: Pick<ViewProps, 'wall' | 'afar'>): string {
  const [holds, least] = afar !== null ? [13, 0.6] : wall ? [12, 0.6] : [14, 0.8];
  return `${Math.max(least, Math.min(1, holds / [...name].length)).toFixed(2)}em`;
}

export function DeviceCard(props: DeviceCardProps) {
  const { card, selection, spotlight, t, format, onView } = props;
  const { device, companies, trackers, trackerShare, amounts } = card;
  const lit = isLit(
    spotlight,
    (id) => device.id === id,
    (name) => companies.some(({ key }) => key === name),
  );
  const what = whatItIs(card, props);
  return (
    <li class={`device-card${device === selection.me ? ' me' : ''}${spotlight && !lit ? ' dimmed' : ''}`}>
      <div class="who-it-is">
        <h2>
          <button type="button" class="plain" onClick={() => onView('device', device.alias)}>
            <bdi style={{ fontSize: nameSize(device.alias, props) }}>{device.alias}</bdi>
          </button>
          {device === selection.me && <YouBadge t={t} />}
        </h2>
        <p class="muted">
          <ThingPicture thing={device.thing} />
          <bdi>{what === '' ? t(device.identified ? 'devices.unknown' : 'devices.kept') : what}</bdi>
        </p>
      </div>
      <p class="speeds">
        <span class="down">
          <span aria-hidden="true">↓ </span>
          <span class="visually-hidden">{t('detail.down')} </span>
          {format.rate(amounts.downRate) || '–'}
        </span>
        <span class="up">
          <span aria-hidden="true">↑ </span>
          <span class="visually-hidden">{t('detail.up')} </span>
          {format.rate(amounts.upRate) || '–'}
        </span>
      </p>
      <Sparkline device={device.id} height={44} />
      <Companies {...props} />
      <p class="notes">
        <span>{namesText(device, { t, format })}</span>
        {trackers > 0 && (
          <span>
            <TrackerMark t={t} /> {t('devices.trackers', { share: format.percent(Math.max(0.01, trackerShare)) })}
          </span>
        )}
      </p>
    </li>
  );
}
