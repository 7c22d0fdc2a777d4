// SPDX-License-Identifier: MIT
// The quiet minute: a dot for each conversation that began, and in the end what began most of them.

import '../../i18n/later-rounds';
import { formatter } from '../../i18n/format';
import { groupLabel } from '../../store/grouping';
import { Bars } from './bars';
import { beginnings, chattiest, dotField, fieldEnds, spanOf } from './quiet';
import type { RoundProps } from './round-props';

/** So many of those whom each talked with. */
const WHOM = 3;

export function Dots({ room, selection, t }: RoundProps) {
  const { held, now } = selection;
  const span = spanOf(room, now);
  const begun = beginnings(held, span);
  const { width, height, dots, more } = dotField(begun, span.from, fieldEnds(room, now));
  const said = begun.length === 0 ? t('round.dots.none') : t('round.dots', { n: begun.length });
  return (
    <figure class="round-dots">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMax meet" aria-hidden="true">
        <path class="round-ground" d={`M0 ${height}H${width}`} />
        {dots.map(({ id, x, y }) => (
          <circle key={id} cx={x} cy={y} r="0.4" />
        ))}
      </svg>
      <figcaption>
        <p class="round-large">{said}</p>
        {more > 0 && <p>{t('round.dots.more', { n: more })}</p>}
      </figcaption>
    </figure>
  );
}

/** limit: so many things. */
export function Chattiest({ room, selection, t, locale, limit }: RoundProps & { readonly limit: number }) {
  const things = chattiest(beginnings(selection.held, spanOf(room, selection.now)), limit);
  if (things.length === 0) return null;
  const format = formatter(locale, t);
  const names = (keys: readonly string[]): string =>
    keys
      .slice(0, WHOM)
      .map((key) => groupLabel(key, 'company', t, format.country))
      .join(', ');
  return (
    <div class="round-result">
      <h3>{t('round.chatty')}</h3>
      <Bars
        title={t('round.chatty')}
        bars={things.map(({ device, n, whom }) => ({
          key: String(device.id),
          label: device.alias,
          value: n,
          text: format.count(n),
          more: t('round.chatty.whom', { names: names(whom) }),
        }))}
      />
      <p>{t('round.chatty.why')}</p>
    </div>
  );
}

/** What the device at hand began; empty where that is nobody's, or nothing. */
export function ownDots({ room, selection, t }: RoundProps): string {
  const { me } = selection;
  const n = beginnings(selection.held, spanOf(room, selection.now)).filter(({ device }) => device === me).length;
  return n > 0 ? t('round.own.dots', { n }) : '';
}
