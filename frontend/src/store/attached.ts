// SPDX-License-Identifier: MIT
// Columns that another topic has for the rows of a table, by the same ids: they may come before the row does, or after it.

import type { TableUpdate } from '../feed/update';
import { CellReader } from './cell-reader';

export class Attached<Told extends object> {
  readonly #none: Told;
  readonly #find: (id: number) => object | null;
  readonly #read: (row: CellReader) => Told;
  readonly #known = new Map<number, Told>();

  /** none: what a row has of which nothing was told. find: the row that is here now. */
  constructor(none: Told, find: (id: number) => object | null, read: (row: CellReader) => Told) {
    this.#none = none;
    this.#find = find;
    this.#read = read;
  }

  /** To a row that has just come. */
  attach<Row extends { readonly id: number }>(row: Row): Row {
    return Object.assign(row, this.#known.get(row.id));
  }

  /** What has gone stays with its row, which fades. */
  take({ name, columns, gone, rows }: TableUpdate): void {
    for (const id of gone) this.#known.delete(id);
    const reader = new CellReader(name, columns);
    for (const cells of rows) {
      const { id } = reader.row(cells);
      const told = this.#read(reader);
      this.#known.set(id, told);
      Object.assign(this.#find(id) ?? {}, told);
    }
  }

  clear(): void {
    for (const id of this.#known.keys()) Object.assign(this.#find(id) ?? {}, this.#none);
    this.#known.clear();
  }
}
