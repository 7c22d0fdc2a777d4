// SPDX-License-Identifier: MIT
// The map's buttons, and what of all conversations it shows.

import type { Translate } from '../../i18n';
import type { Marks } from './marks';

export interface MapSettings {
  readonly labels: boolean;
  readonly table: boolean;
}

export interface ControlsProps {
  readonly settings: MapSettings;
  readonly onSettings: (settings: MapSettings) => void;
  readonly onZoom: (factor: number) => void;
  readonly marks: Marks | null;
  readonly t: Translate;
}

export function Controls({ settings, onSettings, onZoom, marks, t }: ControlsProps) {
  return (
    <div class="controls map-controls">
      <button type="button" class="button" aria-pressed={settings.labels} onClick={() => onSettings({ ...settings, labels: !settings.labels })}>
        {t('map.labels')}
      </button>
      <button type="button" class="button" aria-pressed={settings.table} onClick={() => onSettings({ ...settings, table: !settings.table })}>
        {t('flows.table')}
      </button>
      <span class="zoom" role="group" aria-label={t('map.zoom')}>
        <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={() => onZoom(1 / 1.6)}>
          −
        </button>
        <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={() => onZoom(1.6)}>
          +
        </button>
        <button type="button" class="button" onClick={() => onZoom(0)}>
          {t('map.whole')}
        </button>
      </span>
      {marks && (
        <p class="tally">
          {t('map.tally', { n: marks.marks.filter((mark) => !mark.gone).length })}
          {marks.nowhere > 0 && ` · ${t('map.nowhere', { n: marks.nowhere })}`}
        </p>
      )}
    </div>
  );
}
