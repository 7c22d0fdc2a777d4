// SPDX-License-Identifier: MIT
// Below the flows: what the colours say, and who is quiet, so that no device disappears.

import type { Device } from '../../store/rows';
import { freshnessColour } from '../../style/freshness';
import { Tracker } from '../detail/tracker';
import type { ViewProps } from '../types';

const LISTED = 24;

export function Legend({ t, theme }: Pick<ViewProps, 't' | 'theme'>) {
  const steps = [1, 0.75, 0.5, 0.25, 0].map((heat) => freshnessColour(heat, theme)).join(', ');
  return (
    <p class="legend">
      <span>{t('legend.now')}</span>
      <span class="scale" style={{ backgroundImage: `linear-gradient(to right, ${steps})` }} aria-hidden="true" />
      <span>{t('legend.old')}</span>
    </p>
  );
}

/** What the diamonds say. */
function Signs({ t }: Pick<ViewProps, 't'>) {
  return (
    <ul class="signs">
      <li>
        <Tracker texts={{ t }} />
      </li>
      <li>
        <Tracker texts={{ t }} some />
      </li>
    </ul>
  );
}

export interface FootProps extends Pick<ViewProps, 't' | 'theme' | 'onTarget'> {
  readonly quiet: readonly Device[];
  /** There is a diamond to be explained. */
  readonly tracks: boolean;
}

export function Foot({ t, theme, onTarget, quiet, tracks }: FootProps) {
  return (
    <div class="foot">
      {quiet.length > 0 && (
        <p class="quiet">
          <span class="muted">{t('flows.quiet')}</span>
          {quiet.slice(0, LISTED).map((device) => (
            <button key={device.id} type="button" class="chip" onClick={() => onTarget({ kind: 'device', device: device.id })}>
              <bdi>{device.alias}</bdi>
            </button>
          ))}
          {quiet.length > LISTED && <span class="muted">{t('flows.quietMore', { n: quiet.length - LISTED })}</span>}
        </p>
      )}
      {tracks && <Signs t={t} />}
      <Legend t={t} theme={theme} />
    </div>
  );
}
