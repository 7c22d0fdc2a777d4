// SPDX-License-Identifier: MIT
// A household as the feed tells it, for tests: rows become frames, and go through the real decoder into the real store.

import { encodeFrame } from '../../feed/encode';
import { Outbox } from '../../feed/outbox';
import { Together } from '../../feed/together';
import type { Cell } from '../../feed/payload';
import { Reader } from '../../feed/reader';
import { columnsOf, markedColumns, TOPICS, type Column, type TableName, type Topic } from '../../feed/schema';
import { EVERYTHING, type Filter } from '../../store/filter';
import { ConnectionStore } from '../../store/connection-store';
import type { Connection } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { Store } from '../../store/store';

/** The feed's clock at the keyframe: three hours after the collector began. Milliseconds. */
export const NOW = 10_800_000;
export const SECOND = 1000;
export const MINUTE = 60_000;
/** Of the collector's clock. */
export const BEGAN = Date.UTC(2026, 3, 1);

/** The columns of a row by name; what is left out is nothing. */
export type Values = Readonly<Record<string, Cell>>;
/** Rows of tables by their ids; null takes one away. */
export type Patch = Partial<Readonly<Record<TableName, Readonly<Record<number, Values | null>>>>>;
export type Tables = ReadonlyMap<TableName, ReadonlyMap<number, Values>>;

/** Those that a store takes, in their order. */
const SHOWN = ['overview', 'identities', 'lookups'] as const;
const tablesOf = (topic: Topic): readonly TableName[] => [...TOPICS[topic].keys()] as TableName[];
const NAMES = SHOWN.flatMap(tablesOf);

export function change(tables: Tables, patch: Patch): Tables {
  return new Map(
    NAMES.map((name) => {
      const rows = new Map(tables.get(name) ?? []);
      for (const [id, values] of Object.entries(patch[name] ?? {})) {
        if (values === null) rows.delete(Number(id));
        else rows.set(Number(id), { ...rows.get(Number(id)), ...values });
      }
      return [name, rows] as const;
    }),
  );
}

function nothing({ kind, nil, of }: Column): Cell {
  if (nil) return null;
  switch (kind) {
    case 'number':
    case 'time':
      return 0;
    case 'flag':
      return false;
    case 'texts':
      return [];
    case 'words':
      return of[0] ?? '';
    default:
      return '';
  }
}

function cells(table: TableName, values: Values): Cell[] {
  const columns = columnsOf(table);
  const unknown = Object.keys(values).filter((name) => !columns.some((column) => column.name === name));
  if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
  return columns.map((column) => values[column.name] ?? nothing(column));
}

function keyframe(topic: Topic, tables: Tables): Cell {
  return tablesOf(topic).map((name): Cell => [
    name,
    markedColumns(name),
    [...(tables.get(name) ?? [])].map(([id, values]): Cell => [id, ...cells(name, values)]),
  ]);
}

/** Whose each conversation is and what for, as the collector finds it out. */
function owned(tables: Tables): Tables {
  const rows = [...(tables.get('conversations') ?? [])].map(([id, values]) => {
    const name = tables.get('names')?.get(Number(tables.get('conversation_names')?.get(id)?.name));
    const remote = tables.get('remotes')?.get(Number(values.remote));
    const category = name?.category ?? remote?.category ?? null;
    const list = name?.list ?? (!name || remote?.category ? remote?.list : null) ?? null;
    return [id, { company: (name ?? remote)?.company ?? null, category, list, ...values }] as const;
  });
  return new Map(tables).set('conversations', new Map(rows));
}

const steps = (ids: readonly number[]): number[] =>
  [...ids].sort((a, b) => a - b).map((id, i, all) => id - (all[i - 1] ?? 0));

/** As [step, mask, values…] of each row that is another than before. */
function changesOf(name: TableName, before: ReadonlyMap<number, Values>, after: ReadonlyMap<number, Values>): Cell[] {
  const changes: Cell[] = [];
  let last = 0;
  for (const [id, values] of [...after].sort(([a], [b]) => a - b)) {
    const from = before.get(id);
    if (!from || from === values) continue;
    const [old, now] = [cells(name, from), cells(name, values)];
    const changed = columnsOf(name).flatMap(({ mark }, i) => {
      if (old[i] === now[i]) return [];
      return [{ i, value: mark === '+' ? Number(now[i]) - Number(old[i]) : (now[i] ?? null) }];
    });
    if (changed.length === 0) continue;
    changes.push(
      id - last,
      changed.reduce((mask, { i }) => mask + 2 ** i, 0),
      ...changed.map(({ value }) => value),
    );
    last = id;
  }
  return changes;
}

function delta(topic: Topic, before: Tables, after: Tables): Cell {
  return tablesOf(topic).map((name, position): Cell => {
    const [old, now] = [before.get(name) ?? new Map(), after.get(name) ?? new Map<number, Values>()];
    const gone = steps([...old.keys()].filter((id) => !now.has(id)));
    const rows = [...now].flatMap(([id, values]): Cell[] => (old.has(id) ? [] : [[id, ...cells(name, values)]]));
    return [position, gone, rows, changesOf(name, old, now)];
  });
}

export interface Told {
  readonly tables: Tables;
  /** What a delta changes, so many milliseconds after the keyframe. */
  readonly then?: Patch;
  readonly after?: number;
  readonly filter?: Partial<Filter>;
  /** There is another site where all is the same, and both are shown. */
  readonly together?: boolean;
  /** Topics that this viewer may not watch. */
  readonly kept?: readonly Topic[];
}

export async function selectionOf({
  tables,
  then,
  after = SECOND,
  filter = {},
  together = false,
  kept = [],
}: Told): Promise<Selection> {
  const sites = together ? ['home', 'shop'] : ['home'];
  const topics = SHOWN.filter((topic) => !kept.includes(topic)).map((topic) => ({
    topic,
    readers: sites.map((site) => new Reader(site, topic)),
    outbox: new Together(),
  }));
  const store = new Store();
  const tell = async (
    kind: 'keyframe' | 'delta',
    sequence: number,
    time: number,
    payloadOf: (topic: Topic) => Cell,
  ): Promise<void> => {
    for (const { topic, readers, outbox } of topics) {
      const frame = { kind, sequence, time, topic, payload: payloadOf(topic), epochStart: BEGAN };
      for (const reader of readers) {
        const outcome = await reader.accept(encodeFrame({ ...frame, site: reader.site }));
        if (outcome !== 'applied') throw new Error(`${outcome}: ${reader.fault}`);
      }
      for (const update of outbox.take(readers, true, topics[0]?.readers)) store.take(update);
    }
  };
  const begins = owned(tables);
  await tell('keyframe', 1, NOW, (topic) => keyframe(topic, begins));
  // what goes is remembered by whoever looked
  store.select(EVERYTHING);
  const goesOn = owned(change(tables, then ?? {}));
  if (then) await tell('delta', 2, NOW + after, (topic) => delta(topic, begins, goesOn));
  return store.select({ ...EVERYTHING, ...filter });
}

/** Entries of the topic `connections` that go with a selection. then: what a delta does to them. */
export async function entriesOf(
  rows: Readonly<Record<number, Values>>,
  then: Readonly<Record<number, null>>,
  { held }: Pick<Selection, 'held'>,
): Promise<readonly Connection[]> {
  const reader = new Reader('home', 'connections');
  const outbox = new Outbox();
  const store = new ConnectionStore((id) => held.find((one) => one.id === id) ?? null);
  const cellsOf = Object.entries(rows).map(([id, values]): Cell => [Number(id), ...cells('connections', values)]);
  const tell = async (kind: 'keyframe' | 'delta', sequence: number, payload: Cell): Promise<void> => {
    const outcome = await reader.accept(encodeFrame({ kind, sequence, time: NOW, payload, topic: 'connections' }));
    if (outcome !== 'applied') throw new Error(`${outcome}: ${reader.fault}`);
    for (const update of outbox.take(reader, true)) store.take(update);
  };
  await tell('keyframe', 1, [['connections', markedColumns('connections'), cellsOf]]);
  const gone = steps(Object.keys(then).map(Number));
  if (gone.length > 0) await tell('delta', 2, [[0, gone]]);
  return store.rows;
}
