// SPDX-License-Identifier: MIT
// The fields of a row, as the schema's columns give them: `up_bytes` becomes `upBytes`, a reference the row itself.

import {
  columnsOf,
  type Column,
  type ColumnName,
  type ColumnType,
  type Kind,
  type TableName,
  type WordOf,
} from '../feed/schema';
import type { Cells } from '../feed/table';
import { addressText, macText } from './bytes';

/** Columns that have another name here; null: the row's class reads the column itself. */
const CALLED = {
  'sources.state': null,
  'networks.name': null,
  'names.domain': null,
  'names.company': null,
  'names.category': null,
  'names.list': null,
  'addresses.device': null,
  'addresses.address': 'text',
  'lookups.device': null,
  'remotes.category': null,
  'conversations.category': null,
  'sums.category': null,
  'remote_names.name': 'asked',
  'remote_names.names': null,
  'remote_names.more_names': null,
  'conversation_names.name': 'own',
  'past_devices.device': null,
  'parties.category': null,
  'events.kind': null,
  'connections.conversation': null,
  'connections.orig_src': 'origSource',
  'connections.orig_dst': 'origTarget',
  'connections.reply_src': 'replySource',
  'connections.reply_dst': 'replyTarget',
  'connections.orig_sport': 'origSourcePort',
  'connections.orig_dport': 'origTargetPort',
  'connections.reply_sport': 'replySourcePort',
  'connections.reply_dport': 'replyTargetPort',
} as const;

type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;
type FieldName<Table extends string, Name extends string> = `${Table}.${Name}` extends keyof typeof CALLED
  ? (typeof CALLED)[`${Table}.${Name}`] & string
  : Camel<Name>;
type Value<Type extends string, Known> = Type extends `${infer Plain}?`
  ? Value<Plain, Known> | null
  : Type extends 'number' | 'time' | 'degrees'
    ? number
    : Type extends 'flag'
      ? boolean
      : Type extends 'text' | 'address' | 'mac'
        ? string
        : Type extends 'texts'
          ? readonly string[]
          : Type extends `ref ${infer Table extends keyof Known & string}`
            ? Known[Table] | null
            : WordOf<Type>;

/** What a row of this table has. Known: the rows that it may refer to, by table. */
export type Fields<Table extends TableName, Known> = {
  -readonly [Name in ColumnName<Table> as FieldName<Table, Name>]: Value<ColumnType<Table, Name>, Known>;
};

/** Finds a row by its id: null for nil and for what is not there. */
export type Find = (id: number | null) => unknown;

type Refs = Readonly<Record<string, Find>>;
type Read = (value: Cells[number] | undefined, refs: Refs) => unknown;

interface Field {
  readonly name: string;
  /** What stands for nil, and for a value that makes no sense. */
  readonly none: unknown;
  readonly read: Read;
  /** The value never changes while its row is there, and takes long to read. */
  readonly once: boolean;
  /** Where the value is in the cells. */
  readonly at: number;
}

type Filled = Record<string, unknown>;

const ABSENT: Readonly<Partial<Record<Kind, unknown>>> = { flag: false, text: '', address: '', mac: '', texts: [] };

function absent({ kind, nil, of }: Column): unknown {
  if (nil || kind === 'ref' || kind === 'refs') return null;
  return kind === 'words' ? of[0] : (ABSENT[kind] ?? 0);
}

function fieldName(table: string, column: string): string | null {
  const called: Readonly<Record<string, string | null>> = CALLED;
  const key = `${table}.${column}`;
  return Object.hasOwn(called, key)
    ? (called[key] ?? null)
    : column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** How to read a column. Made once for each, since this is what an update of many rows does most. */
function readerOf({ kind, of }: Column, none: unknown): Read {
  const table = of[0] ?? '';
  switch (kind) {
    case 'number':
    case 'time':
    case 'degrees':
      return (value) => (typeof value === 'number' ? value : none);
    case 'flag':
      return (value) => value === true;
    case 'text':
      return (value) => (typeof value === 'string' && value !== '' ? value : none);
    case 'words':
      return (value) => (typeof value === 'string' && of.includes(value) ? value : none);
    case 'texts':
      return (value) => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : none);
    case 'address':
      return (value) => (value instanceof Uint8Array ? addressText(value) : none);
    case 'mac':
      return (value) => (value instanceof Uint8Array && value.length === 6 ? macText(value) : none);
    case 'ref':
      return (value, refs) => (typeof value === 'number' ? (refs[table]?.(value) ?? null) : null);
    case 'refs':
      return () => none;
  }
}

/** The fields of a table's rows. columns: those that come, without their marks. */
export function fieldsOf(table: string, columns: readonly string[]): readonly Field[] {
  return columnsOf(table).flatMap((column) => {
    const name = fieldName(table, column.name);
    if (name === null) return [];
    const none = absent(column);
    const at = columns.indexOf(column.name) + 1;
    return [{ name, none, read: readerOf(column, none), once: column.kind === 'address', at }];
  });
}

/** A row of which nothing is known. */
export function emptyFields<Table extends TableName, Known>(table: Table): Fields<Table, Known> {
  return Object.fromEntries(fieldsOf(table, []).map(({ name, none }) => [name, none])) as Fields<Table, Known>;
}

/** Writes a row's values into its fields. */
export function fill(row: object, fields: readonly Field[], cells: Cells, refs: Refs): void {
  const target = row as Filled;
  for (const { name, none, once, at, read } of fields) {
    const cell = at === 0 ? null : cells[at];
    // what is there stays as it is, until it is not told any more
    if (once && target[name] !== none && cell instanceof Uint8Array) continue;
    target[name] = read(cell, refs);
  }
}
