// SPDX-License-Identifier: MIT
// The same flows as a table: for screen readers, and for everyone who would rather read.

import type { Format } from '../../i18n/format';
import { trackerKey } from '../../parts/badges';
import { Directions } from '../../parts/directions';
import { trackingOf } from '../../store/category';
import { groupLabel } from '../../store/grouping';
import type { ViewProps } from '../view-props';
import { amount, totalOf, type Flow, type Flows } from './flows';
import type { FlowSettings } from './flow-settings';

const ROWS = 300;

export function order(flows: readonly Flow[], settings: FlowSettings): Flow[] {
  return [...flows].sort(
    (a, b) =>
      amount(b, settings) - amount(a, settings) ||
      totalOf(b) - totalOf(a) ||
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
  const tracks = trackingOf(tracking, talks);
  const parts = [
    newDestinations.has(key) ? t('flows.new') : '',
    devices.size > 1 ? t('flows.sharedBy', { n: devices.size }) : '',
    tracks === 'none' ? '' : t(trackerKey(tracks)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const NUMBERS = ['now', 'total', 'connections', 'active'] as const;

function Heading({ t }: Pick<FlowTableProps, 't'>) {
  return (
    <thead>
      <tr>
        <th scope="col">{t('column.device')}</th>
        <th scope="col">{t('column.destination')}</th>
        {NUMBERS.map((name) => (
          <th key={name} scope="col" class={`number of-${name}`}>
            {t(`column.${name}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function FlowRow({ flow, ...props }: FlowTableProps & { readonly flow: Flow }) {
  const { t, format, settings, onTarget, selection } = props;
  const { by, way } = settings;
  return (
    <tr class={flow.gone === null ? '' : 'gone'}>
      <th scope="row">
        <button type="button" class="plain" onClick={() => onTarget({ kind: 'device', device: flow.device.id })}>
          <bdi>{flow.device.alias}</bdi>
        </button>
      </th>
      <td>
        <button type="button" class="plain" onClick={() => onTarget({ kind: 'group', by, key: flow.key })}>
          <bdi>{groupLabel(flow.key, by, t, format.country)}</bdi>
        </button>{' '}
        <small>{remarks(flow.key, props)}</small>
      </td>
      <td class="number directions">
        <Directions up={format.rate(flow.upNow)} down={format.rate(flow.downNow)} way={way} t={t} />
      </td>
      <td class="number directions">
        <Directions up={format.bytes(flow.upTotal)} down={format.bytes(flow.downTotal)} way={way} t={t} />
      </td>
      <td class="number">{format.count(flow.connections)}</td>
      <td class="number">{flow.gone === null ? format.age(selection.now - flow.active) : t('age.gone')}</td>
    </tr>
  );
}

export function FlowTable(props: FlowTableProps) {
  const { t, settings } = props;
  const flows = order(props.flows.flows, settings);
  return (
    <div class="as-table">
      <table>
        <caption>{t('flows.caption', { n: flows.length })}</caption>
        <Heading t={t} />
        <tbody>
          {flows.slice(0, ROWS).map((flow) => (
            <FlowRow key={`${flow.device.id}/${flow.key}`} {...props} flow={flow} />
          ))}
        </tbody>
      </table>
      {flows.length > ROWS && <p class="muted">{t('flows.more', { n: flows.length - ROWS })}</p>}
    </div>
  );
}
