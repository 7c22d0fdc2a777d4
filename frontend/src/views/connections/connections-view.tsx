// SPDX-License-Identifier: MIT
// The single connections, as the router's kernel tracks them.

import { useMemo } from 'preact/hooks';
import { useConnections, useConnectionsOffered } from '../../store/use-connections';
import { formatter } from '../../i18n/format';
import '../../style/connections.css';
import { Nothing } from '../../parts/nothing';
import { Pick } from '../../parts/pick';
import type { ViewProps } from '../view-props';
import {
  buildLines,
  COLUMNS,
  EXPERT,
  readSorting,
  sortLines,
  writeSorting,
  type Column,
  recordedRows,
} from './connection-lines';
import type { State } from './connection-state';
import { Table } from './connection-table';

export default function ConnectionsView(props: ViewProps) {
  const { selection, recorded, t, locale, options, onOptions, kind, find, size } = props;
  const single = useConnections(!recorded);
  const offered = useConnectionsOffered();
  const together = useMemo(
    () => (recorded ? { now: selection.now, rows: recordedRows(selection.held) } : null),
    [recorded, selection],
  );
  const connections = together ?? single;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const sorting = useMemo(() => readSorting(options.sort), [options.sort]);
  const expert = options.expert === '1' && !recorded;
  const leftOut = options.left === '1' && !recorded;
  const { only } = selection;
  const list = useMemo(
    () =>
      connections
        ? buildLines(connections.rows, selection, { only, kind, find, leftOut }, t, (state: State) =>
            t(`state.${state}`),
          )
        : null,
    // The selection changes more often than the connections do, and only says whose addresses are whose.
    [connections, only, kind, find, leftOut, t],
  );
  const lines = useMemo(
    () => (list && connections ? sortLines(list.lines, sorting, connections.now) : []),
    [list, sorting],
  );
  const columns = expert ? [...COLUMNS, ...EXPERT] : COLUMNS;

  /** As many as no filter would show. */
  const possible = list ? list.total - (leftOut ? 0 : list.leftOut) : 0;
  const tallyKey =
    `connections.${recorded ? 'conversations' : 'tally'}${list?.there === possible ? '.all' : ''}` as const;

  return (
    <section class={`connections flows-${size}`} aria-label={t('view.connections')}>
      <div class="controls">
        {size === 'phone' && (
          <Pick<Column>
            label={t('connections.sort')}
            value={sorting.column}
            t={t}
            options={columns.map((column) => [column, `connections.column.${column}`] as const)}
            onPick={(column) => onOptions({ sort: writeSorting({ column, turned: false }) })}
          />
        )}
        {size === 'phone' && (
          <button
            type="button"
            class="button"
            aria-pressed={sorting.turned}
            onClick={() => onOptions({ sort: writeSorting({ ...sorting, turned: !sorting.turned }) })}
          >
            {t('connections.turned')}
          </button>
        )}
        {recorded ? (
          <p class="muted">{t('connections.recorded')}</p>
        ) : (
          <button
            type="button"
            class="button"
            aria-pressed={expert}
            onClick={() => onOptions({ expert: expert ? null : '1' })}
          >
            {t('connections.expert')}
          </button>
        )}
        {list && (list.leftOut > 0 || leftOut) && (
          <button
            type="button"
            class="button"
            aria-pressed={leftOut}
            onClick={() => onOptions({ left: leftOut ? null : '1' })}
          >
            {t('connections.leftOut')}
          </button>
        )}
        {list && <p class="tally">{t(tallyKey, { shown: list.there, n: possible })}</p>}
      </div>
      {list && connections && lines.length > 0 ? (
        <Table
          {...props}
          lines={lines}
          columns={columns}
          now={connections.now}
          sorting={sorting}
          onSorting={(next) => onOptions({ sort: writeSorting(next) })}
          format={format}
        />
      ) : (
        <div class="stage">
          {!list && !offered && <Nothing title={t('connections.off')} text={t('connections.offText')} />}
          {!list && offered && <Nothing title={t('connections.wait')} text={t('connections.waitText')} />}
          {list && list.total > list.leftOut && <Nothing title={t('empty.filter')} text={t('empty.filterText')} />}
          {list && list.total <= list.leftOut && (
            <Nothing title={t('connections.none')} text={t('connections.noneText')} />
          )}
        </div>
      )}
    </section>
  );
}
