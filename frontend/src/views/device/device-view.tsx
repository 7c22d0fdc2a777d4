// SPDX-License-Identifier: MIT
// The page of one device.

import { useMemo, useRef } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import '../../style/device.css';
import type { Texts } from '../../parts/text';
import { isolate } from '../../parts/characters';
import { Nothing } from '../../parts/nothing';
import { whoIs } from '../../parts/who-is';
import type { Device } from '../../store/rows';
import type { ViewProps } from '../view-props';
import { Happened } from '../happened';
import { pageOf } from './device-page';
import { Head, Now } from './device-head';
import { Lately } from './lately';
import { Companies, Countries, Doings, HowWeKnow, Trackers, WhatIsNew, type PanelProps } from './panels';
import { Own } from './own';
import { Seeing } from './seeing';

/** What is typed and said on the page stays when the device is named anew. */
function useDevice(alias: string, devices: readonly Device[]): Device | null {
  const before = useRef<ReadonlyMap<string, Device>>(new Map());
  const device = whoIs(alias, devices, before.current.get(alias));
  before.current = new Map(device && [[alias, device]]);
  return device ?? null;
}

export default function DeviceView(props: ViewProps) {
  const { t, locale, alias, size, onOnly, onView } = props;
  const { selection } = props;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const texts = useMemo((): Texts => ({ t, format, locale }), [t, format, locale]);
  const device = useDevice(alias ?? '', selection.devices);
  const page = useMemo(() => device && pageOf(device, selection), [selection, device]);
  if (!page) {
    return (
      <section class="device" aria-label={t('view.device')}>
        <div class="stage">
          <Nothing title={t('who.missing', { name: isolate(alias ?? '') })} text={t('device.missing')}>
            <button type="button" class="button" onClick={() => onView('devices')}>
              {t('device.back')}
            </button>
          </Nothing>
        </div>
      </section>
    );
  }
  const panel: PanelProps = { ...props, selection, page, format, texts };
  return (
    <section class={`device flows-${size}`} aria-label={t('view.device')}>
      <div class="stage">
        <Head {...panel} />
        {selection.only && selection.only !== page.device && (
          <p class="filtered" role="status">
            {t('device.filtered', { name: isolate(selection.only.alias) })}{' '}
            <button type="button" class="button" onClick={() => onOnly(null)}>
              {t('detail.everyone')}
            </button>
          </p>
        )}
        {selection.narrowed && (
          <p class="filtered" role="status">
            {t('device.narrowed')}
          </p>
        )}
        <div class="panels">
          <Now {...panel} />
          <Companies {...panel} />
          <Doings {...panel} />
          <Seeing {...panel} />
          <Happened key={page.device.id} {...props} about={page.device} />
          <Trackers {...panel} />
          <Lately {...panel} acts={props.acts} />
          <WhatIsNew {...panel} />
          <Countries {...panel} />
          <HowWeKnow {...panel} />
          {props.acts && <Own {...panel} acts={props.acts} />}
        </div>
      </div>
    </section>
  );
}
