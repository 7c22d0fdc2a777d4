// SPDX-License-Identifier: MIT
// The list as a grid: only what is in sight is drawn, the keys reach all of it.

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import { isTracking } from '../../store/category';
import { groupKey } from '../../store/grouping';
import { TrackerMark } from '../../parts/badges';
import type { ViewProps } from '../view-props';
import { direction, nat, secondsLeft, source, target, type Column, type Line, type Sorting } from './connection-lines';
import { step, useWindow, type Scroll } from './row-window';

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
        <span class="named">
          <bdi>{line.name}</bdi>
          {isTracking(conversation?.category ?? null) && <TrackerMark t={t} />}
        </span>
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

interface Rows extends Scroll {
  readonly frame: RefObject<HTMLDivElement>;
  readonly body: RefObject<HTMLTableSectionElement>;
  /** Of one row, in CSS pixels. */
  readonly height: number;
  /** The row that takes the keys. */
  readonly at: number;
  readonly onFocus: (row: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Which rows are drawn, and the way through all of them by keys. */
function useRows({ lines, size, scale }: TableProps, expert: boolean, pick: (line: Line) => void): Rows {
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const toFocus = useRef(false);
  const [focused, onFocus] = useState<number | null>(null);
  const rows = size !== 'phone' ? HEIGHT.one : expert ? HEIGHT.four : HEIGHT.two;
  const height = Math.round(rows * scale);
  const head = size === 'phone' ? 0 : HEIGHT.one * scale;
  const scroll = useWindow(body, frame, lines.length, height, head);
  const at = lines.findIndex(({ row }) => row.id === focused);

  useLayoutEffect(() => {
    if (!toFocus.current) return;
    const row = body.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
    if (!row) return;
    toFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = Math.max(0, at);
    const line = lines[from];
    const next = step(event.key, from, lines.length, scroll.page());
    if (next !== null) {
      const row = lines[next]?.row;
      if (!row) return;
      toFocus.current = true;
      onFocus(row.id);
      scroll.reveal(next);
    } else if (line && (event.key === 'Enter' || event.key === ' ')) pick(line);
    else return;
    event.preventDefault();
  };
  return { ...scroll, frame, body, height, at: Math.max(0, at), onFocus, onKeyDown };
}

interface EntryProps extends TableProps {
  readonly line: Line;
  /** Among all lines. */
  readonly index: number;
  readonly height: number;
  readonly reached: boolean;
  readonly onFocus: (row: number) => void;
  readonly onPick: (line: Line) => void;
}

function Entry({ index, height, reached, onFocus, onPick, ...props }: EntryProps) {
  const { line, columns } = props;
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      tabIndex={reached ? 0 : -1}
      class={line.row.gone === null ? 'entry' : 'entry gone'}
      style={{ height: `${height}px` }}
      onFocus={() => onFocus(line.row.id)}
      onClick={() => onPick(line)}
    >
      {columns.map((column) => (
        <td key={column} role="gridcell" class={`column-${column}${NUMBERS.has(column) ? ' number' : ''}`}>
          <Cell {...props} column={column} />
        </td>
      ))}
    </tr>
  );
}

export function Table(props: TableProps) {
  const { lines, columns, t, onTarget } = props;
  const expert = columns.includes('source');
  const six = expert && lines.some(({ row }) => row.origSource?.includes(':'));
  const pick = ({ conversation }: Line): void => {
    if (conversation)
      onTarget({ kind: 'link', device: conversation.device.id, by: 'domain', key: groupKey(conversation, 'domain') });
  };
  const { frame, body, height, from, to, at, onFocus, onKeyDown } = useRows(props, expert, pick);
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
        <tbody role="rowgroup" ref={body} onKeyDown={onKeyDown}>
          <Spacer rows={from} height={height} />
          {lines.slice(from, to).map((line, i) => {
            const index = from + i;
            const reached = index === inSight;
            return <Entry key={line.row.id} {...props} {...{ line, index, height, reached, onFocus }} onPick={pick} />;
          })}
          <Spacer rows={lines.length - to} height={height} />
        </tbody>
      </table>
      <p id="connections-help" hidden>
        {t('connections.keys')}
      </p>
    </div>
  );
}
