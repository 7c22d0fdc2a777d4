// SPDX-License-Identifier: MIT
// Below the flows: what the signs say, and who is quiet, so that no device disappears.

import { useRef } from 'preact/hooks';
import type { Device } from '../../store/rows';
import { Legend } from '../../parts/legend';
import { useSettledHeight } from '../../parts/use-settled-height';
import type { ViewProps } from '../view-props';

const LISTED = 24;

interface AbsentProps extends Pick<ViewProps, 't' | 'onTarget'> {
  readonly title: string;
  readonly devices: readonly Device[];
}

function Absent({ title, devices, t, onTarget }: AbsentProps) {
  if (devices.length === 0) return null;
  return (
    <p class="quiet">
      <span class="muted">{title}</span>
      {devices.slice(0, LISTED).map((device) => (
        <button
          key={device.id}
          type="button"
          class="chip"
          onClick={() => onTarget({ kind: 'device', device: device.id })}
        >
          <bdi>{device.alias}</bdi>
        </button>
      ))}
      {devices.length > LISTED && <span class="muted">{t('flows.quietMore', { n: devices.length - LISTED })}</span>}
    </p>
  );
}

export interface FlowLegendProps extends Pick<ViewProps, 't' | 'theme' | 'onTarget'> {
  readonly quiet: readonly Device[];
  readonly unselected: readonly Device[];
  /** This viewer has a device here. */
  readonly mine: boolean;
  /** Flows show what was sent and what was received. */
  readonly directed: boolean;
  /** Some device has a name that connvis made up. */
  readonly madeUp: boolean;
}

export function FlowLegend({ t, theme, onTarget, quiet, unselected, mine, directed, madeUp }: FlowLegendProps) {
  // the lower the picture, the fewer have room there, and the more are named here
  const room = useRef<HTMLDivElement>(null);
  const footer = useRef<HTMLDivElement>(null);
  useSettledHeight(room, footer);
  return (
    <div ref={room}>
      <div class="view-footer" ref={footer}>
        <Absent title={t('flows.unselected')} devices={unselected} t={t} onTarget={onTarget} />
        <Absent title={t('flows.quiet')} devices={quiet} t={t} onTarget={onTarget} />
        <Legend t={t} theme={theme} mine={mine} some>
          {directed && (
            <li>
              <span class="sign-flow" aria-hidden="true" /> {t('flows.shades')}
            </li>
          )}
          <li>
            <span class="sign-dashed" aria-hidden="true" /> {t('flows.dashed')}
          </li>
          <li class="fine-print">
            {t('flows.root')} {madeUp && t('devices.madeUp')}
          </li>
        </Legend>
      </div>
    </div>
  );
}
