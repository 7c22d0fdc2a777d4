// SPDX-License-Identifier: MIT
// The same flows as a table: for screen readers, and for everyone who would rather read.

import type { Format } from '../../i18n/format';
import { groupLabel } from '../../store/grouping';
import type { ViewProps } from '../view-props';
import { amount, type Flow, type Flows } from './flows';
import type { FlowSettings } from './flow-settings';

const ROWS = 300;

export function order(flows: readonly Flow[], settings: FlowSettings): Flow[] {
  return [...flows].sort(
    (a, b) =>
      amount(b, settings.width) - amount(a, settings.width) ||
      b.total - a.total ||
      a.device.id - b.device.id ||
      (a.key < b.key ? -1 : 1),
  );
}

interface FlowTableProps extends Pick<ViewProps, 't' | 'onTarget' | 'selection'> {
  readonly settings: FlowSettings;
  readonly flows: Flows;
  readonly newDestinations: ReadonlySet<string>;
  readonly format: Format;
}

/** What the picture says by signs: how many devices have it, whether it tracks, whether it is new. */
function remarks(key: string, { flows, newDestinations, t }: FlowTableProps): string {
  const destination = flows.destinations.get(key);
  if (!destination) return '';
  const { devices, tracking, talks } = destination;
  const parts = [
    newDestinations.has(key) ? t('flows.new') : '',
    devices.size > 1 ? t('flows.sharedBy', { n: devices.size }) : '',
    tracking === 0 ? '' : t(tracking === talks ? 'detail.tracker' : 'flows.someTracking'),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

export function FlowTable(props: FlowTableProps) {
  const { t, format, settings, onTarget, selection } = props;
  const flows = order(props.flows.flows, settings);
  return (
    <div class="as-table">
      <table>
        <caption>{t('flows.caption', { n: flows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.device')}</th>
            <th scope="col">{t('column.destination')}</th>
            <th scope="col" class="number">
              {t('column.now')}
            </th>
            <th scope="col" class="number">
              {t('column.total')}
            </th>
            <th scope="col" class="number">
              {t('column.connections')}
            </th>
            <th scope="col" class="number">
              {t('column.active')}
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.slice(0, ROWS).map((flow) => {
            const label = groupLabel(flow.key, settings.by, t, format.country);
            return (
              <tr key={`${flow.device.id}/${flow.key}`} class={flow.gone === null ? '' : 'gone'}>
                <th scope="row">
                  <button
                    type="button"
                    class="plain"
                    onClick={() => onTarget({ kind: 'device', device: flow.device.id })}
                  >
                    <bdi>{flow.device.alias}</bdi>
                  </button>
                </th>
                <td>
                  <button
                    type="button"
                    class="plain"
                    onClick={() => onTarget({ kind: 'group', by: settings.by, key: flow.key })}
                  >
                    <bdi>{label}</bdi>
                  </button>{' '}
                  <small>{remarks(flow.key, props)}</small>
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
