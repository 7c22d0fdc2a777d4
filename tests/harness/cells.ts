// SPDX-License-Identifier: MIT
// Rows of made-up feeds, written by the names of their columns: the schema says where each value goes.

import { columnsOf, type ColumnName, type TableName } from '../../frontend/src/feed/schema';

export type Value = null | boolean | number | string | Uint8Array | readonly number[] | readonly string[];
/** Values by their columns. */
export type Named<T extends TableName> = { readonly [C in ColumnName<T>]?: Value };

/** Where a column's value is in a row, whose first value is its id. */
export function at<T extends TableName>(table: T, column: ColumnName<T>): number {
  return 1 + columnsOf(table).findIndex(({ name }) => name === column);
}

/** A column's bit in the mask of a change. */
export function bit<T extends TableName>(table: T, column: ColumnName<T>): number {
  return 2 ** (at(table, column) - 1);
}

/** A row; what is not given is nil. */
export function cells<T extends TableName>(table: T, id: number, values: Named<T>): [number, ...Value[]] {
  const given: Readonly<Record<string, Value | undefined>> = values;
  return [id, ...columnsOf(table).map(({ name }) => given[name] ?? null)];
}
