// SPDX-License-Identifier: MIT
// The single connections, as the router's kernel tracks them.

import { useMemo, useRef } from 'preact/hooks';
import { useConnections, useConnectionsOffer } from '../../store/use-connections';
import { formatter } from '../../i18n/format';
import '../../style/connections.css';
import { hasMadeUpNames } from '../../parts/name-checks';
import { Nothing } from '../../parts/nothing';
import { Pick } from '../../parts/pick';
import { useUnpressed } from '../../parts/use-unpressed';
import { Traces, type TracesProps } from '../traces';
import type { ViewProps } from '../view-props';
import {
  buildLines,
  COLUMNS,
  EXPERT,
  readSorting,
  sortLines,
  writeSorting,
  type Column,
  type Line,
  type Lines,
  type Sorting,
  recordedRows,
} from './connection-lines';
import type { State } from './connection-state';
import { Table } from './connection-table';

interface Listed {
  readonly list: Lines | null;
  readonly lines: readonly Line[];
  readonly now: number;
}

/** The lines that the filter leaves, in their order. */
function useLines(props: ViewProps, sorting: Sorting, leftOut: boolean): Listed {
  const { selection, recorded, t, kind, find } = props;
  const single = useUnpressed(useConnections(!recorded));
  const together = useMemo(
    () => (recorded ? { now: selection.now, rows: recordedRows(selection.held) } : null),
    [recorded, selection],
  );
  const connections = together ?? single;
  const { only } = selection;
  // The selection changes more often than the connections do, and only says whose addresses are whose.
  const devices = useRef(selection.devices);
  devices.current = selection.devices;
  const list = useMemo(() => {
    if (!connections) return null;
    const stateText = (state: State): string => t(`state.${state}`);
    return buildLines(connections.rows, { devices: devices.current }, { only, kind, find, leftOut }, t, stateText);
  }, [connections, only, kind, find, leftOut, t]);
  const now = connections?.now ?? 0;
  const lines = useMemo(() => (list ? sortLines(list.lines, sorting, now) : []), [list, sorting, now]);
  return { list, lines, now };
}

interface ControlsProps extends ViewProps {
  readonly list: Lines | null;
  readonly columns: readonly Column[];
  readonly sorting: Sorting;
  readonly expert: boolean;
  readonly leftOut: boolean;
}

/** On a phone there are no headings to press. */
function SortMenu({ columns, sorting, onOptions, t }: ControlsProps) {
  return (
    <>
      <Pick<Column>
        label={t('connections.sort')}
        value={sorting.column}
        t={t}
        options={columns.map((column) => [column, `connections.column.${column}`] as const)}
        onPick={(column) => onOptions({ sort: writeSorting({ column, turned: false }) })}
      />
      <button
        type="button"
        class="button"
        aria-pressed={sorting.turned}
        onClick={() => onOptions({ sort: writeSorting({ ...sorting, turned: !sorting.turned }) })}
      >
        {t('connections.turned')}
      </button>
    </>
  );
}

function Tally({ list, leftOut, recorded, t }: ControlsProps & { readonly list: Lines }) {
  /** As many as no filter would show. */
  const possible = list.total - (leftOut ? 0 : list.leftOut);
  const key = `connections.${recorded ? 'conversations' : 'tally'}${list.there === possible ? '.all' : ''}` as const;
  return <p class="tally">{t(key, { shown: list.there, n: possible })}</p>;
}

interface SwitchProps extends Pick<ViewProps, 'onOptions'> {
  readonly name: 'expert' | 'left';
  readonly on: boolean;
  readonly text: string;
}

function Switch({ name, on, text, onOptions }: SwitchProps) {
  return (
    <button type="button" class="button" aria-pressed={on} onClick={() => onOptions({ [name]: on ? null : '1' })}>
      {text}
    </button>
  );
}

function Controls(props: ControlsProps) {
  const { list, expert, leftOut, recorded, selection, size, t, onOptions } = props;
  return (
    <div class="controls">
      {size === 'phone' && <SortMenu {...props} />}
      {recorded ? (
        <p class="muted">{t('connections.recorded')}</p>
      ) : (
        <Switch name="expert" on={expert} text={t('connections.expert')} onOptions={onOptions} />
      )}
      {list && (list.leftOut > 0 || leftOut) && (
        <Switch name="left" on={leftOut} text={t('connections.leftOut')} onOptions={onOptions} />
      )}
      {hasMadeUpNames(selection.devices) && <p class="muted">{t('devices.madeUp')}</p>}
      {list && <Tally {...props} list={list} />}
    </div>
  );
}

interface ReasonProps extends TracesProps, Pick<ViewProps, 'recorded' | 'kind' | 'find'> {
  readonly list: Lines | null;
}

/** Why there is nothing. */
export function Reason({ list, ...props }: ReasonProps) {
  const { t, recorded, selection, kind, find } = props;
  // what a recording holds comes filtered
  const narrowed = recorded && (selection.only !== null || kind !== 'all' || find !== '');
  const offer = useConnectionsOffer();
  if (!list && offer === 'refused') {
    return (
      <Nothing title={t('connections.kept')} text={t('connections.keptText')}>
        {selection.me && (
          <button type="button" class="button" onClick={() => props.onView('device', selection.me?.alias)}>
            {t('landing.yourPage')}
          </button>
        )}
      </Nothing>
    );
  }
  if (!list && offer === 'off') return <Nothing title={t('connections.off')} text={t('connections.offText')} />;
  if (!list) return <Nothing title={t('connections.wait')} text={t('connections.waitText')} />;
  if (narrowed || list.total > list.leftOut) {
    return (
      <Nothing title={t('empty.filter')} text={t('empty.filterText')}>
        <Traces {...props} />
      </Nothing>
    );
  }
  return <Nothing title={t('connections.none')} text={t(recorded ? 'connections.noneThen' : 'connections.noneText')} />;
}

export default function ConnectionsView(props: ViewProps) {
  const { recorded, t, locale, options, onOptions, size } = props;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const sorting = useMemo(() => readSorting(options.sort), [options.sort]);
  const expert = options.expert === '1' && !recorded;
  const leftOut = options.left === '1' && !recorded;
  const { list, lines, now } = useLines(props, sorting, leftOut);
  const columns = expert ? [...COLUMNS, ...EXPERT] : COLUMNS;
  const onSorting = (next: Sorting): void => onOptions({ sort: writeSorting(next) });
  const kept = useConnectionsOffer() === 'refused' && !list;
  return (
    <section class={`connections flows-${size}`} aria-label={t('view.connections')}>
      {!kept && <Controls {...props} {...{ list, columns, sorting, expert, leftOut }} />}
      {lines.length > 0 ? (
        <Table {...props} {...{ lines, columns, now, sorting, onSorting, format }} />
      ) : (
        <div class="stage">
          <Reason {...props} list={list} />
        </div>
      )}
    </section>
  );
}
