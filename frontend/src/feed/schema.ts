// SPDX-License-Identifier: MIT
// The tables and columns of the feed, at run time and as types: from common/schema/feed.json, which
// common/PROTOCOL.md explains.

import schema from '../../../common/schema/feed.json';

type Topics = typeof schema.topics;
type Keyed = Topics['overview'] & Topics['identities'] & Topics['lookups'] & Topics['history'] & Topics['connections'];
type NameOf<Key> = Key extends `${infer Name}: ${string}` ? Name : never;
type WithoutMark<Name> = Name extends `${'+' | '~'}${infer Plain}` ? Plain : Name;

export type Topic = keyof Topics;
/** A table of any topic: no name is there twice. */
export type TableName = NameOf<keyof Keyed>;
type KeysOf<T extends TableName> = keyof Keyed[Extract<keyof Keyed, `${T}: ${string}`>];
/** A column's name, without its mark. */
export type ColumnName<T extends TableName> = T extends TableName ? WithoutMark<NameOf<KeysOf<T>>> : never;
/** As the schema writes it, as `text?`. */
export type ColumnType<T extends TableName, C extends ColumnName<T>> =
  Extract<KeysOf<T>, `${'' | '+' | '~'}${C}: ${string}`> extends `${string}: ${infer Type}` ? Type : never;
/** One of the words of a type such as `vendor | random`. */
export type WordOf<Type extends string> = Type extends `${infer Word} | ${infer More}` ? Word | WordOf<More> : Type;
type WithoutNil<Type extends string> = Type extends `${infer Plain}?` ? Plain : Type;
/** The words that a column may have. */
export type Words<T extends TableName, C extends ColumnName<T>> = WordOf<WithoutNil<ColumnType<T, C>>>;

export type Kind =
  'number' | 'time' | 'degrees' | 'flag' | 'text' | 'texts' | 'words' | 'address' | 'mac' | 'ref' | 'refs';

export interface Column {
  readonly name: string;
  /** '+', '~' or nothing. */
  readonly mark: string;
  readonly kind: Kind;
  /** The value may be nil. */
  readonly nil: boolean;
  /** Of `words` these, of `ref` and `refs` the table; else nothing. */
  readonly of: readonly string[];
  /** What a pseudonymised recording keeps of it: see common/PROTOCOL.md. */
  readonly keep: string;
}

function readColumn(key: string, keep: string): Column {
  const [, mark = '', name = '', type = '', nil] = /^([+~]?)([a-z_]+): ([^?]+)(\?)?$/.exec(key) ?? [];
  const words = type.split(' | ');
  const [kind = '', table] = words.length > 1 ? ['words'] : type.split(' ');
  return {
    name,
    mark,
    kind: kind as Kind,
    nil: nil !== undefined,
    of: words.length > 1 ? words : table === undefined ? [] : [table],
    keep,
  };
}

function readTables(topic: Topic): ReadonlyMap<string, readonly Column[]> {
  const tables = Object.entries<Readonly<Record<string, string>>>(schema.topics[topic]);
  return new Map(
    tables.map(([key, columns]) => [
      key.replace(/:.*/, ''),
      Object.entries(columns).map(([column, keep]) => readColumn(column, keep)),
    ]),
  );
}

/** The tables of each topic, in their order, with their columns. */
export const TOPICS: Readonly<Record<Topic, ReadonlyMap<string, readonly Column[]>>> = {
  overview: readTables('overview'),
  identities: readTables('identities'),
  lookups: readTables('lookups'),
  history: readTables('history'),
  connections: readTables('connections'),
};

/** The columns of a table; none when the schema does not know it. */
export function columnsOf(table: string): readonly Column[] {
  return (
    Object.values(TOPICS)
      .find((tables) => tables.has(table))
      ?.get(table) ?? []
  );
}

/** The names of a table's columns with their marks, as a keyframe has them. */
export function markedColumns(table: TableName): readonly string[] {
  return columnsOf(table).map(({ mark, name }) => mark + name);
}
