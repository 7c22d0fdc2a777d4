// SPDX-License-Identifier: MIT
// What the colours and signs of the pictures say: the same below each of them.

import type { ComponentChildren } from 'preact';
import type { Translate } from '../i18n';
import { TrackerMark } from './badges';
import { purposeColour } from './purpose-colour';
import type { Theme } from './screen';

const FADES = [1, 0.5, 0] as const;

export interface LegendProps {
  readonly t: Translate;
  readonly theme: Theme;
  /** The viewer's own stands out, too. */
  readonly mine?: boolean;
  /** Some of it may be for ads. */
  readonly some?: boolean;
  /** It is of names that were asked for, and not of traffic: each has one. */
  readonly asked?: boolean;
  /** The picture's own signs. */
  readonly children?: ComponentChildren;
}

/** Also of what is not there now, so that nothing moves when it comes. */
export function Legend({ t, theme, mine = false, some = false, asked = false, children }: LegendProps) {
  const fades = FADES.map((heat) => purposeColour('rest', heat, theme)).join(', ');
  return (
    <ul class="signs" aria-label={t('legend.signs')}>
      <li class="sign-purpose">
        <span class="sign-hue" aria-hidden="true" /> {t(mine ? 'legend.spoken.you' : 'legend.spoken')}
      </li>
      <li class="sign-purpose">
        <TrackerMark t={t} />
      </li>
      {some && (
        <li>
          <TrackerMark tracking="some" t={t} />
        </li>
      )}
      {!asked && (
        <li class="sign-purpose">
          <span class="sign-hue nameless" aria-hidden="true" /> {t('legend.nameless')}
        </li>
      )}
      <li>
        <span class="scale" style={{ backgroundImage: `linear-gradient(to right, ${fades})` }} aria-hidden="true" />
        {t(asked ? 'legend.faded.asked' : 'legend.faded')}
      </li>
      {children}
    </ul>
  );
}
