// SPDX-License-Identifier: MIT
// Columns that another topic has for the rows of a table, by the same ids: they may come before the row does, or after it.

import type { TableName } from '../feed/schema';
import type { TableUpdate } from '../feed/update';
import { CellReader } from './cell-reader';
import { emptyFields } from './fields';

export class Attached {
  readonly #none: object;
  readonly #told: string;
  readonly #find: (id: number) => object | null;
  readonly #known = new Map<number, object>();

  /** find: the row that is here now. told: its field that says whether they have come. */
  constructor(table: TableName, find: (id: number) => object | null, told: string) {
    this.#none = { ...emptyFields(table), [told]: false };
    this.#told = told;
    this.#find = find;
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
      const fields = { ...this.#none, [this.#told]: true };
      reader.fill(fields);
      this.#known.set(id, fields);
      Object.assign(this.#find(id) ?? {}, fields);
    }
  }

  clear(): void {
    for (const id of this.#known.keys()) Object.assign(this.#find(id) ?? {}, this.#none);
    this.#known.clear();
  }
}
