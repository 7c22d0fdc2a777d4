// SPDX-License-Identifier: MIT
// The map's buttons, what of all conversations it shows, and what its signs mean.

import type { Translate } from '../../i18n';
import { Legend } from '../sankey/foot';
import type { ViewProps } from '../types';
import type { Marks } from './marks';

export interface MapSettings {
  readonly labels: boolean;
  readonly table: boolean;
}

export interface ControlsProps {
  readonly settings: MapSettings;
  readonly onSettings: (settings: MapSettings) => void;
  readonly marks: Marks;
  readonly t: Translate;
}

export function Controls({ settings, onSettings, marks, t }: ControlsProps) {
  const places = marks.marks.filter((mark) => !mark.gone).length;
  return (
    <div class="controls map-controls">
      {!settings.table && (
        <button type="button" class="button" aria-pressed={settings.labels} onClick={() => onSettings({ ...settings, labels: !settings.labels })}>
          {t('map.labels')}
        </button>
      )}
      <button type="button" class="button" aria-pressed={settings.table} onClick={() => onSettings({ ...settings, table: !settings.table })}>
        {t('flows.table')}
      </button>
      <p class="tally">
        {t('map.tally', { n: places })}
        {marks.nowhere > 0 && ` · ${t('map.nowhere', { n: marks.nowhere })}`}
      </p>
    </div>
  );
}

export interface ZoomProps {
  /** 0: as at first. */
  readonly onZoom: (factor: number) => void;
  readonly t: Translate;
}

const STEP = 1.6;

export function Zoom({ onZoom, t }: ZoomProps) {
  return (
    <div class="map-zoom" role="group" aria-label={t('map.zoom')}>
      <button type="button" class="icon" aria-label={t('map.zoomIn')} title={t('map.zoomIn')} onClick={() => onZoom(STEP)}>
        +
      </button>
      <button type="button" class="icon" aria-label={t('map.zoomOut')} title={t('map.zoomOut')} onClick={() => onZoom(1 / STEP)}>
        −
      </button>
      <button type="button" class="icon" aria-label={t('map.whole')} title={t('map.whole')} onClick={() => onZoom(0)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
        </svg>
      </button>
    </div>
  );
}

export function Signs({ t, theme }: Pick<ViewProps, 't' | 'theme'>) {
  return (
    <div class="foot map-foot">
      <ul class="signs">
        <li>
          <span class="sign sign-hot" aria-hidden="true">
            3
          </span>{' '}
          {t('map.legend.hot')}
        </li>
        <li>
          <span class="sign sign-vague" aria-hidden="true" /> {t('map.legend.vague')}
        </li>
        <li>
          <span class="sign sign-fill" aria-hidden="true" /> {t('map.legend.fill')}
        </li>
      </ul>
      <Legend t={t} theme={theme} />
    </div>
  );
}
