// SPDX-License-Identifier: MIT
// The thickest flows, from one edge to the other: a look at what the views show, and a way to them.

import { useMemo, useRef } from 'preact/hooks';
import { Diamond, YouBadge } from '../../parts/badges';
import { Directions } from '../../parts/directions';
import { useSpoken } from '../../parts/finding/use-spoken';
import type { Texts } from '../../parts/text';
import { ThingPicture } from '../../parts/thing';
import { formatter } from '../../i18n/format';
import { groupLabel } from '../../store/grouping';
import type { Selection } from '../../store/selection';
import type { ViewProps } from '../view-props';
import { nameOf, pictureOf, thickest, type Band, type Company, type End, type Picture, type Thick } from './thickest';

const NONE: ReadonlySet<string> = new Set();
/** So long the same flows are shown, as long as they are there: names that come and go faster are not read. Milliseconds. */
const STAYS = 5000;

/** The picture's own units: as wide as high, and stretched. */
const SIDE = 100;

function path({ from, to }: Band): string {
  const [start, end] = [(from * SIDE).toFixed(2), (to * SIDE).toFixed(2)];
  return `M0 ${start}H22C50 ${start} 50 ${end} 78 ${end}H${SIDE}`;
}

/** As in all pictures (see purpose-colour): one colour each, and the rest is quiet. */
function kindOf({ device, ads, spoken }: Thick, me: unknown): string {
  if (spoken || device === me) return 'thick-spoken';
  return ads ? 'thick-ads' : 'thick-other';
}

/** How much goes the way that most goes. */
function Rate({ up, down, t, format }: Pick<Company, 'up' | 'down'> & Pick<Texts, 't' | 'format'>) {
  const way = down >= up ? 'received' : 'sent';
  if (format.rate(Math.max(up, down)) === '') return null;
  return (
    <small>
      <Directions up={format.rate(up)} down={format.rate(down)} way={way} t={t} />
    </small>
  );
}

/** The same for a while, and wherever they are in it. */
function usePicture(selection: Selection): Picture {
  const isSpoken = useSpoken();
  const shown = useRef<{ readonly names: ReadonlySet<string>; readonly since: number }>({ names: NONE, since: 0 });
  return useMemo(() => {
    const { names, since } = shown.current;
    const { now } = selection;
    const stays = now >= since && now - since < STAYS;
    const flows = thickest(selection.conversations, names, stays, isSpoken);
    shown.current = { names: new Set(flows.map(nameOf)), since: stays ? since : now };
    return pictureOf(flows);
  }, [selection, isSpoken]);
}

/** A name stands on what flows there. It is moved by a transform, which moves nothing else. */
const place = ({ y, width }: End) => ({
  transform: `translateY(calc(var(--thick) * ${(y - width / 2).toFixed(4)} - 100%))`,
});

function From({ devices, selection, t, onView }: ViewProps & Pick<Picture, 'devices'>) {
  return (
    <ul class="thick-from" aria-label={t('column.device')}>
      {devices.map(({ device, ...end }) => (
        <li key={device.id} style={place(end)}>
          <button type="button" onClick={() => onView('device', device.alias)}>
            <span class="thick-name">
              <ThingPicture thing={device.thing} />
              <bdi>{device.alias}</bdi>
              {device === selection.me && <YouBadge t={t} />}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function To({ companies, t, locale, onTarget }: ViewProps & Pick<Picture, 'companies'>) {
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  return (
    <ul class="thick-to" aria-label={t('column.destination')}>
      {companies.map(({ key, ads, ...end }) => (
        <li key={key} style={place(end)}>
          <button type="button" onClick={() => onTarget({ kind: 'group', by: 'company', key })}>
            <span class="thick-name">
              {ads && (
                <>
                  <Diamond class="thick-diamond" />
                  <span class="visually-hidden">{t('detail.tracker')} </span>
                </>
              )}
              <bdi>{groupLabel(key, 'company', t, (code) => format.country(code))}</bdi>
            </span>
            <Rate {...end} t={t} format={format} />
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Thickest(props: ViewProps) {
  const { selection, t } = props;
  const { me } = selection;
  const { devices, companies, bands } = usePicture(selection);
  return (
    <section class="thickest" aria-label={t('landing.thickest')}>
      <h2>{t('landing.thickest')}</h2>
      <div class="thick-picture">
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none" aria-hidden="true">
          {bands.map((band) => (
            <path
              key={nameOf(band.flow)}
              class={`thick-flow ${kindOf(band.flow, me)}`}
              d={path(band)}
              style={{ strokeWidth: `calc(var(--thick) * ${band.width.toFixed(4)})` }}
            />
          ))}
        </svg>
        <From {...props} devices={devices} />
        <To {...props} companies={companies} />
        {bands.length === 0 && <p class="thick-none">{t('empty.text')}</p>}
      </div>
      <p class="thick-key" aria-hidden="true">
        <span class="thick-spoken">{t(me ? 'legend.spoken.you' : 'legend.spoken')}</span>
        <span class="thick-ads">{t('detail.tracker')}</span>
        <span>{t('landing.others')}</span>
      </p>
    </section>
  );
}
