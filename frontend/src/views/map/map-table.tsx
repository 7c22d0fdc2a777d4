// SPDX-License-Identifier: MIT
// The same places as a table: for screen readers, and for everyone who would rather read.

import { useMemo } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import { placeKey } from '../../store/selection';
import type { ViewProps } from '../view-props';
import type { Mark, Marks } from './marks';
import { markTitle } from './map-scene';
import { Directions, wanted, type Way } from '../../parts/directions';
import { VALUES_EVERY } from '../../feed/pacing';
import { usePaced } from '../../parts/use-paced';
import { NameList } from './name-list';

const ROWS = 300;
const WORDS = 4;

/** Who sends or receives most first, where one of these is wanted; else where most devices are. */
function order({ marks }: Marks, way: Way): Mark[] {
  const much = ({ upRate, downRate }: Mark): number => {
    const { up, down } = wanted(upRate, downRate, way);
    return way === 'both' ? 0 : up + down;
  };
  return [...marks].sort(
    (a, b) =>
      much(b) - much(a) ||
      b.devices.size - a.devices.size ||
      b.conversations - a.conversations ||
      a.place.id - b.place.id,
  );
}

export interface MapTableProps extends Pick<ViewProps, 't' | 'onTarget'> {
  readonly marks: Marks;
  /** The feed's clock. */
  readonly now: number;
  /** Another filter shows at once. */
  readonly urgent: unknown;
  readonly way: Way;
  readonly format: Format;
}

const WORDED = [
  'detail.places',
  'detail.group.country',
  'detail.devices',
  'column.destination',
  'detail.network',
] as const;
const NUMBERS = ['now', 'active'] as const;

function Heading({ t }: Pick<MapTableProps, 't'>) {
  return (
    <thead>
      <tr>
        {WORDED.map((key) => (
          <th key={key} scope="col">
            {t(key)}
          </th>
        ))}
        {NUMBERS.map((name) => (
          <th key={name} scope="col" class={`number of-${name}`}>
            {t(`column.${name}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export function MapTable({ marks, now, urgent, way, t, format, onTarget }: MapTableProps) {
  const paced = usePaced({ marks, now }, VALUES_EVERY, urgent);
  const rows = useMemo(() => order(paced.marks, way), [paced, way]);
  return (
    <div class="as-table">
      <table>
        <caption>{t('map.caption', { n: rows.length })}</caption>
        <Heading t={t} />
        <tbody>
          {rows.slice(0, ROWS).map((mark) => (
            <tr key={mark.place.id} class={mark.gone === null ? '' : 'gone'}>
              <th scope="row">
                <button
                  type="button"
                  class="plain"
                  onClick={() => onTarget({ kind: 'places', places: [placeKey(mark.place)] })}
                >
                  <bdi>{markTitle(mark, { t, format })}</bdi>
                </button>
                {mark.vague && <small> {t('map.vague')}</small>}
              </th>
              <td>{mark.place.country === null ? '' : format.country(mark.place.country)}</td>
              <td>
                <NameList words={[...mark.devices].map((device) => device.alias).sort()} most={WORDS} />
              </td>
              <td>
                <NameList words={mark.names} most={WORDS} />
                {mark.trackers.length > 0 && (
                  <small>
                    {' '}
                    {t('detail.tracker')}: <NameList words={mark.trackers} most={WORDS} />
                  </small>
                )}
              </td>
              <td>
                <NameList words={mark.networks} most={WORDS} />
              </td>
              <td class="number directions">
                <Directions up={format.rate(mark.upRate)} down={format.rate(mark.downRate)} way={way} t={t} />
              </td>
              <td class="number">{mark.gone === null ? format.age(paced.now - mark.active) : t('age.gone')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS && <p class="muted">{t('map.rest', { n: rows.length - ROWS })}</p>}
    </div>
  );
}
