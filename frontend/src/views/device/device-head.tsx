// SPDX-License-Identifier: MIT
// Who the device is, how fast it is and was, and where to go from here.

import { YouBadge } from '../../parts/badges';
import { Sparkline } from '../../parts/sparkline';
import { history, SAMPLES, STEP } from '../../parts/rate-history';
import { thingBeside, ThingPicture } from '../../parts/thing';
import { useConnectionsOffer } from '../../store/use-connections';
import type { PanelProps } from './panels';

/** The views that show what one device does, and not all devices. */
const WAYS = ['flows', 'map', 'domains', 'connections'] as const;

export function Head({ page, selection, t, onOnly, onView }: PanelProps) {
  const { device } = page;
  // to what this viewer may see of it
  const connections = useConnectionsOffer() !== 'refused';
  const ways = WAYS.filter((view) =>
    view === 'domains' ? selection.lookupsTold : view !== 'connections' || connections,
  );
  const random = device.macKind === 'random' ? t('device.mac.random') : '';
  const what = [
    device.self ? t('device.self') : '',
    thingBeside(device, t),
    device.hostName ?? '',
    device.vendor ?? '',
    random,
  ]
    .filter((part) => part !== '')
    .join(' · ');
  const kept = device === selection.me ? '' : t('devices.kept');
  const unsaid = device.identified ? t('devices.unknown') : kept;
  return (
    <header class="device-head">
      <div>
        <p>
          <button type="button" class="plain" onClick={() => onView('devices')}>
            <span aria-hidden="true">←</span> {t('device.back')}
          </button>
        </p>
        <h2>
          <ThingPicture thing={device.thing} />
          <bdi>{device.alias}</bdi>
          {device === selection.me && <YouBadge t={t} />}
        </h2>
        <p class="muted">
          <bdi>{what === '' ? unsaid : what}</bdi>
        </p>
      </div>
      <div class="ways" role="group" aria-label={t('device.ways')}>
        <span class="muted" aria-hidden="true">
          {t('device.ways')}
        </span>
        {ways.map((view) => (
          <button
            key={view}
            type="button"
            class="button"
            onClick={() => {
              onOnly(device);
              onView(view);
            }}
          >
            {t(`device.way.${view}`)}
          </button>
        ))}
      </div>
    </header>
  );
}

export function Now({ page, t, format }: PanelProps) {
  const { device, amounts } = page;
  return (
    <section class="panel wide now" aria-label={t('detail.now')}>
      <dl class="amounts-now">
        <div>
          <dt>
            <span class="down" aria-hidden="true">
              ↓
            </span>{' '}
            {t('detail.down')}
          </dt>
          <dd>{format.rate(amounts.downRate) || '–'}</dd>
          <dd class="muted">{t('device.session', { much: format.bytes(amounts.downBytes) })}</dd>
        </div>
        <div>
          <dt>
            <span class="up" aria-hidden="true">
              ↑
            </span>{' '}
            {t('detail.up')}
          </dt>
          <dd>{format.rate(amounts.upRate) || '–'}</dd>
          <dd class="muted">{t('device.session', { much: format.bytes(amounts.upBytes) })}</dd>
        </div>
      </dl>
      <div class="past" aria-hidden="true">
        <Sparkline device={device.id} height={90} />
        <p class="muted">
          <span>{t('device.past', { n: (STEP * SAMPLES) / 60_000 })}</span>
          {!history.full(device.id) && <span>{t('device.pastUnseen')}</span>}
          <span>{t('age.now')}</span>
        </p>
      </div>
    </section>
  );
}
