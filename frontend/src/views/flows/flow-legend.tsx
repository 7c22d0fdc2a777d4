// SPDX-License-Identifier: MIT
// Below the flows: what the signs say, and who is quiet, so that no device disappears.

import type { Device } from '../../store/rows';
import { TrackerMark } from '../../parts/badges';
import { Legend } from '../../parts/legend';
import type { ViewProps } from '../view-props';
import { HOT } from './flow-scene';

const LISTED = 24;

/** What the diamonds say. */
function Signs({ t }: Pick<ViewProps, 't'>) {
  return (
    <ul class="signs">
      <li>
        <TrackerMark t={t} />
      </li>
      <li>
        <TrackerMark tracking="some" t={t} />
      </li>
    </ul>
  );
}

export interface FlowLegendProps extends Pick<ViewProps, 't' | 'theme' | 'onTarget'> {
  readonly quiet: readonly Device[];
  /** There is a diamond to be explained. */
  readonly tracks: boolean;
  /** Some device has a name that connvis made up. */
  readonly madeUp: boolean;
}

export function FlowLegend({ t, theme, onTarget, quiet, tracks, madeUp }: FlowLegendProps) {
  return (
    <div class="view-footer">
      {quiet.length > 0 && (
        <p class="quiet">
          <span class="muted">{t('flows.quiet')}</span>
          {quiet.slice(0, LISTED).map((device) => (
            <button
              key={device.id}
              type="button"
              class="chip"
              onClick={() => onTarget({ kind: 'device', device: device.id })}
            >
              <bdi>{device.alias}</bdi>
            </button>
          ))}
          {quiet.length > LISTED && <span class="muted">{t('flows.quietMore', { n: quiet.length - LISTED })}</span>}
        </p>
      )}
      {tracks && <Signs t={t} />}
      <p class="muted fine-print">
        {t('flows.root')} {madeUp && t('devices.madeUp')}
      </p>
      <Legend t={t} theme={theme} hot={HOT} />
    </div>
  );
}
