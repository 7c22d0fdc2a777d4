// SPDX-License-Identifier: MIT
// For tests: rows of made-up feeds, written by the names of their columns. The schema says where each value goes.

import type { Cell } from './payload';
import { columnsOf, type ColumnName, type TableName } from './schema';

/** Values by their columns. */
export type Named<T extends TableName> = { readonly [C in ColumnName<T>]?: Cell };

/** Where a column's value is in a row, whose first value is its id. */
export function at<T extends TableName>(table: T, column: ColumnName<T>): number {
  return 1 + columnsOf(table).findIndex(({ name }) => name === column);
}

/** A column's bit in the mask of a change. */
export function bit<T extends TableName>(table: T, column: ColumnName<T>): number {
  return 2 ** (at(table, column) - 1);
}

/** A row; what is not given is nil. */
export function cells<T extends TableName>(table: T, id: number, values: Named<T>): [number, ...Cell[]] {
  const given: Readonly<Record<string, Cell | undefined>> = values;
  return [id, ...columnsOf(table).map(({ name }) => given[name] ?? null)];
}

type Row = readonly Cell[];

/** Whose a conversation is and what for, as the collector says it: by the row of its name, else by its remote's. */
export function ownedBy(name: Row | undefined, remote: Row | undefined): Named<'conversations'> {
  const of = (column: 'company' | 'category' | 'list'): Cell =>
    (name ? name[at('names', column)] : remote?.[at('remotes', column)]) ?? null;
  return { company: of('company'), category: of('category'), list: of('list') };
}
