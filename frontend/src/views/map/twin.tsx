// SPDX-License-Identifier: MIT
// The same places as a table: for screen readers, and for everyone who would rather read.

import { useMemo } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import type { ViewProps } from '../types';
import { buildMarks, type Mark } from './marks';
import { markTitle } from './scene';

const ROWS = 300;
const NAMES = 4;
const DEVICES = 4;

function order(marks: readonly Mark[]): Mark[] {
  return [...marks].sort((a, b) => b.devices.size - a.devices.size || b.conversations - a.conversations || a.place.id - b.place.id);
}

function some(words: readonly string[], most: number): string {
  return words.slice(0, most).join(', ') + (words.length > most ? ` +${words.length - most}` : '');
}

export function Twin({ selection, t, format, onTarget }: ViewProps & { readonly format: Format }) {
  // a table that changes faster than once a second cannot be read
  const second = Math.floor(selection.now / 1000);
  const marks = useMemo(() => order(buildMarks(selection.conversations).marks), [second, selection.only]);
  return (
    <div class="twin">
      <table>
        <caption>{t('map.caption', { n: marks.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('detail.places')}</th>
            <th scope="col">{t('detail.group.country')}</th>
            <th scope="col">{t('detail.devices')}</th>
            <th scope="col">{t('column.destination')}</th>
            <th scope="col" class="number">{t('column.active')}</th>
          </tr>
        </thead>
        <tbody>
          {marks.slice(0, ROWS).map((mark) => (
            <tr key={mark.place.id} class={mark.gone ? 'gone' : ''}>
              <th scope="row">
                <button type="button" class="plain" onClick={() => onTarget({ kind: 'places', places: [mark.place.id] })}>
                  <bdi>{markTitle(mark, { t, format })}</bdi>
                </button>
                {mark.place.city === null && <small> {t('map.vague')}</small>}
              </th>
              <td>{mark.place.country === null ? '' : format.country(mark.place.country)}</td>
              <td>
                <bdi>{some([...mark.devices].map((device) => device.alias).sort(), DEVICES)}</bdi>
              </td>
              <td>
                <bdi>{some(mark.names, NAMES)}</bdi>
              </td>
              <td class="number">{mark.gone ? t('age.gone') : format.age(selection.now - mark.active)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
