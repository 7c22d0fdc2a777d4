// SPDX-License-Identifier: MIT
// The list as a grid: only what is in sight is drawn, the keys reach all of it.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import { isTracking } from '../../store/category';
import { groupKey } from '../../store/grouping';
import { TrackerMark } from '../../parts/badges';
import type { ViewProps } from '../view-props';
import { direction, nat, secondsLeft, source, target, type Column, type Line, type Sorting } from './connection-lines';
import { step, useWindow } from './row-window';

export interface TableProps extends Pick<ViewProps, 't' | 'size' | 'scale' | 'onTarget'> {
  readonly lines: readonly Line[];
  readonly columns: readonly Column[];
  readonly now: number;
  readonly sorting: Sorting;
  readonly onSorting: (sorting: Sorting) => void;
  readonly format: Format;
}

/** Of one row, in CSS pixels at the usual size of type: a finger's width, or two or four lines. */
const HEIGHT = { one: 44, two: 64, four: 104 } as const;
const NUMBERS: ReadonlySet<Column> = new Set(['down', 'up', 'active', 'seen', 'expires', 'mark', 'zone']);

function Cell({ line, column, now, t, format }: TableProps & { readonly line: Line; readonly column: Column }) {
  const { row, conversation } = line;
  switch (column) {
    case 'who':
      return <bdi>{line.who}</bdi>;
    case 'name':
      return (
        <>
          <bdi>{line.name}</bdi> {isTracking(conversation?.category ?? null) && <TrackerMark t={t} />}
        </>
      );
    case 'service':
      return <>{line.service}</>;
    case 'state':
      return (
        <span class={`state state-${line.state}`}>
          {t(`state.${line.state}`)}
          {conversation?.inbound && <span class="inbound"> · {t('detail.inbound')}</span>}
        </span>
      );
    case 'up':
    case 'down':
      return (
        <>
          <span class="arrow" aria-hidden="true">
            {column === 'up' ? '↑ ' : '↓ '}
          </span>
          {line[column] === null ? '–' : format.bytes(line[column])}
        </>
      );
    case 'active':
    case 'seen':
      return <>{format.age(now - row[column])}</>;
    case 'source':
      return <>{source(row)}</>;
    case 'target':
      return <>{target(row)}</>;
    case 'nat':
      return <>{nat(row) || '–'}</>;
    case 'expires': {
      const left = secondsLeft(row, now);
      return <>{left === null ? '–' : t('connections.left', { left })}</>;
    }
    case 'mark':
      return <>{row.mark === 0 ? '–' : `0x${row.mark.toString(16)}`}</>;
    case 'zone':
      return <>{row.zone === 0 ? '–' : row.zone}</>;
  }
}

/** On a phone it is there for those who listen; a menu sorts. */
function Heading({ columns, sorting, onSorting, size, t }: TableProps) {
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        {columns.map((column) => {
          const sorted = sorting.column === column;
          return (
            <th
              key={column}
              role="columnheader"
              scope="col"
              class={`column-${column}${NUMBERS.has(column) ? ' number' : ''}`}
              aria-sort={sorted ? direction(sorting) : 'none'}
            >
              {size === 'phone' ? (
                t(`connections.column.${column}`)
              ) : (
                <button
                  type="button"
                  class="sorter"
                  onClick={() => onSorting({ column, turned: sorted && !sorting.turned })}
                >
                  {t(`connections.column.${column}`)}
                  <span aria-hidden="true">{sorted ? (direction(sorting) === 'ascending' ? ' ▲' : ' ▼') : ''}</span>
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function Spacer({ rows, height }: { readonly rows: number; readonly height: number }) {
  return rows > 0 ? <tr role="presentation" class="spacer" style={{ height: `${rows * height}px` }} /> : null;
}

export function Table(props: TableProps) {
  const { lines, columns, size, scale, t, onTarget } = props;
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const toFocus = useRef(false);
  const [focused, setFocused] = useState<number | null>(null);
  const expert = columns.includes('source');
  const six = expert && lines.some(({ row }) => row.origSource.includes(':'));
  const rows = size !== 'phone' ? HEIGHT.one : expert ? HEIGHT.four : HEIGHT.two;
  const height = Math.round(rows * scale);
  const { from, to, reveal, page } = useWindow(
    body,
    frame,
    lines.length,
    height,
    size === 'phone' ? 0 : HEIGHT.one * scale,
  );
  const at = Math.max(
    0,
    lines.findIndex(({ row }) => row.id === focused),
  );

  useLayoutEffect(() => {
    if (!toFocus.current) return;
    const row = body.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
    if (!row) return;
    toFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const pick = ({ conversation }: Line): void => {
    if (conversation)
      onTarget({ kind: 'link', device: conversation.device.id, by: 'domain', key: groupKey(conversation, 'domain') });
  };
  const press = (event: KeyboardEvent): void => {
    const line = lines[at];
    const next = step(event.key, at, lines.length, page());
    if (next !== null) {
      const row = lines[next]?.row;
      if (!row) return;
      toFocus.current = true;
      setFocused(row.id);
      reveal(next);
    } else if (line && (event.key === 'Enter' || event.key === ' ')) pick(line);
    else return;
    event.preventDefault();
  };
  // The row that the keys are at may be out of sight; then the first that is there takes its place.
  const inSight = at >= from && at < to ? at : from;

  return (
    <div class="stage" ref={frame}>
      <table
        role="grid"
        class={`entries${expert ? ' expert' : ''}${six ? ' six' : ''}`}
        aria-label={t('view.connections')}
        aria-rowcount={lines.length + 1}
        aria-describedby="connections-help"
      >
        <Heading {...props} />
        <tbody role="rowgroup" ref={body} onKeyDown={press}>
          <Spacer rows={from} height={height} />
          {lines.slice(from, to).map((line, i) => (
            <tr
              key={line.row.id}
              role="row"
              aria-rowindex={from + i + 2}
              tabIndex={from + i === inSight ? 0 : -1}
              class={line.row.gone === null ? 'entry' : 'entry gone'}
              style={{ height: `${height}px` }}
              onFocus={() => setFocused(line.row.id)}
              onClick={() => pick(line)}
            >
              {columns.map((column) => (
                <td key={column} role="gridcell" class={`column-${column}${NUMBERS.has(column) ? ' number' : ''}`}>
                  <Cell {...props} line={line} column={column} />
                </td>
              ))}
            </tr>
          ))}
          <Spacer rows={lines.length - to} height={height} />
        </tbody>
      </table>
      <p id="connections-help" class="visually-hidden">
        {t('connections.keys')}
      </p>
    </div>
  );
}
