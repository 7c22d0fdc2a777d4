// SPDX-License-Identifier: MIT
// The map's buttons, what of all conversations it shows, and what its signs mean.

import type { Translate } from '../../i18n';
import { TrackerMark } from '../../parts/badges';
import { Legend } from '../../parts/legend';
import { Pick } from '../../parts/pick';
import type { Theme } from '../../parts/screen';
import { HOT_MS, type Marks } from './marks';
import type { MapSettings } from './map-settings';

export interface MapControlsProps {
  readonly settings: MapSettings;
  readonly onSettings: (settings: MapSettings) => void;
  readonly marks: Marks;
  readonly t: Translate;
}

export function MapControls({ settings, onSettings, marks, t }: MapControlsProps) {
  const places = marks.marks.length;
  return (
    <div class="controls map-controls">
      {!settings.table && (
        <Pick
          label={t('map.labels')}
          value={settings.labels}
          t={t}
          options={[
            ['fit', 'map.labels.fit'],
            ['turns', 'map.labels.turns'],
            ['none', 'map.labels.none'],
          ]}
          onPick={(labels) => onSettings({ ...settings, labels })}
        />
      )}
      <button
        type="button"
        class="button"
        aria-pressed={settings.table}
        onClick={() => onSettings({ ...settings, table: !settings.table })}
      >
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
      <button
        type="button"
        class="icon"
        aria-label={t('map.zoomIn')}
        title={t('map.zoomIn')}
        onClick={() => onZoom(STEP)}
      >
        +
      </button>
      <button
        type="button"
        class="icon"
        aria-label={t('map.zoomOut')}
        title={t('map.zoomOut')}
        onClick={() => onZoom(1 / STEP)}
      >
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

export function Signs({
  t,
  theme,
  tracks,
}: {
  readonly t: Translate;
  readonly theme: Theme;
  readonly tracks: boolean;
}) {
  return (
    <div class="view-footer map-footer">
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
        {tracks && (
          <li>
            <TrackerMark t={t} />
          </li>
        )}
        <li>
          <span class="sign sign-fill" aria-hidden="true" /> {t('map.legend.fill')}
        </li>
      </ul>
      <Legend t={t} theme={theme} hot={HOT_MS} />
    </div>
  );
}
