// SPDX-License-Identifier: MIT
// The same flows as a table: for screen readers, and for everyone who would rather read.

import type { Format } from '../../i18n/format';
import { groupLabel } from '../../store/grouping';
import type { ViewProps } from '../types';
import { amount, buildFlows, type Flow } from './flows';
import type { FlowSettings } from './settings';

const ROWS = 300;

export function order(flows: readonly Flow[], settings: FlowSettings): Flow[] {
  return [...flows].sort(
    (a, b) => amount(b, settings.width) - amount(a, settings.width) || b.total - a.total || a.device.id - b.device.id || (a.key < b.key ? -1 : 1),
  );
}

export function Twin(props: ViewProps & { readonly settings: FlowSettings; readonly format: Format }) {
  const { t, format, settings, onTarget, selection } = props;
  const flows = order(buildFlows(selection, settings.by).flows, settings);
  return (
    <div class="twin">
      <table>
        <caption>{t('flows.caption', { n: flows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.device')}</th>
            <th scope="col">{t('column.destination')}</th>
            <th scope="col" class="number">{t('column.now')}</th>
            <th scope="col" class="number">{t('column.total')}</th>
            <th scope="col" class="number">{t('column.connections')}</th>
            <th scope="col" class="number">{t('column.active')}</th>
          </tr>
        </thead>
        <tbody>
          {flows.slice(0, ROWS).map((flow) => {
            const label = groupLabel(flow.key, settings.by, t, format.country);
            return (
              <tr key={`${flow.device.id}/${flow.key}`} class={flow.gone === null ? '' : 'gone'}>
                <th scope="row">
                  <button type="button" class="plain" onClick={() => onTarget({ kind: 'device', device: flow.device.id })}>
                    <bdi>{flow.device.alias}</bdi>
                  </button>
                </th>
                <td>
                  <button type="button" class="plain" onClick={() => onTarget({ kind: 'group', by: settings.by, key: flow.key })}>
                    <bdi>{label}</bdi>
                  </button>
                </td>
                <td class="number">{format.rate(flow.now) || '–'}</td>
                <td class="number">{format.bytes(flow.total)}</td>
                <td class="number">{format.count(flow.connections)}</td>
                <td class="number">{flow.gone === null ? format.age(selection.now - flow.active) : t('age.gone')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {flows.length > ROWS && <p class="muted">{t('flows.more', { n: flows.length - ROWS })}</p>}
    </div>
  );
}
