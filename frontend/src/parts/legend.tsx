// SPDX-License-Identifier: MIT
// What the colours of freshness say.

import { freshnessColour } from './freshness-colour';
import type { Theme } from './screen';
import type { Translate } from '../i18n';

function Scale({ heats, theme }: { readonly theme: Theme; readonly heats: readonly number[] }) {
  const steps = heats.map((heat) => freshnessColour(heat, theme)).join(', ');
  return <span class="scale" style={{ backgroundImage: `linear-gradient(to right, ${steps})` }} aria-hidden="true" />;
}

export interface LegendProps {
  readonly t: Translate;
  readonly theme: Theme;
  /** The age that has the colour of the middle. Milliseconds. */
  readonly hot: number;
  /** It is of names that were asked for, and not of traffic. */
  readonly asked?: boolean;
}

export function Legend({ t, theme, hot, asked = false }: LegendProps) {
  const middle = t('age.seconds', { n: hot / 1000 });
  return (
    <p class="legend" role="img" aria-label={t(asked ? 'legend.askedLabel' : 'legend.label', { age: middle })}>
      <span>{t(asked ? 'legend.asked' : 'legend.now')}</span>
      <Scale heats={[1, 0.75, 0.5]} theme={theme} />
      <span>{middle}</span>
      <Scale heats={[0.5, 0.25, 0]} theme={theme} />
      <span>{t('legend.old')}</span>
    </p>
  );
}
