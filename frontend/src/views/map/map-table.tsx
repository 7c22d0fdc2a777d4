// SPDX-License-Identifier: MIT
// The same places as a table: for screen readers, and for everyone who would rather read.

import { useMemo } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import { placeKey } from '../../store/selection';
import type { ViewProps } from '../view-props';
import type { Mark, Marks } from './marks';
import { markTitle } from './map-scene';
import { VALUES_EVERY } from '../../feed/pacing';
import { usePaced } from '../../parts/use-paced';
import { NameList } from './name-list';

const ROWS = 300;
const WORDS = 4;
function order({ marks }: Marks): Mark[] {
  return [...marks].sort(
    (a, b) => b.devices.size - a.devices.size || b.conversations - a.conversations || a.place.id - b.place.id,
  );
}

export interface MapTableProps extends Pick<ViewProps, 't' | 'onTarget'> {
  readonly marks: Marks;
  /** The feed's clock. */
  readonly now: number;
  /** Another filter shows at once. */
  readonly urgent: unknown;
  readonly format: Format;
}

export function MapTable({ marks, now, urgent, t, format, onTarget }: MapTableProps) {
  const paced = usePaced({ marks, now }, VALUES_EVERY, urgent);
  const rows = useMemo(() => order(paced.marks), [paced]);
  return (
    <div class="as-table">
      <table>
        <caption>{t('map.caption', { n: rows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('detail.places')}</th>
            <th scope="col">{t('detail.group.country')}</th>
            <th scope="col">{t('detail.devices')}</th>
            <th scope="col">{t('column.destination')}</th>
            <th scope="col">{t('detail.network')}</th>
            <th scope="col" class="number">
              {t('column.active')}
            </th>
          </tr>
        </thead>
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
              <td class="number">{mark.gone === null ? format.age(paced.now - mark.active) : t('age.gone')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS && <p class="muted">{t('map.rest', { n: rows.length - ROWS })}</p>}
    </div>
  );
}
