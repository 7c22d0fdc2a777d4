// SPDX-License-Identifier: MIT
// Reads one row's values: all that the schema says into a row's fields, or one by its column's name. What is missing or
// of another kind is nil.

import type { ColumnName, TableName } from '../feed/schema';
import type { Cells } from '../feed/table';
import { fieldsOf, fill, type Find } from './fields';

type Column = ColumnName<TableName>;

const NONE: Cells = [];

export class CellReader {
  #cells: Cells = NONE;
  readonly #at = new Map<string, number>();
  readonly #fields: ReturnType<typeof fieldsOf>;

  constructor(table: string, columns: readonly string[]) {
    this.#fields = fieldsOf(table, columns);
    columns.forEach((name, i) => this.#at.set(name, i + 1));
  }

  row(cells: Cells): this {
    this.#cells = cells;
    return this;
  }

  get id(): number {
    const id = this.#cells[0];
    return typeof id === 'number' ? id : 0;
  }

  /** Writes what it has into a row of its table. refs: what finds the rows that it refers to. */
  fill(row: object, refs: Readonly<Record<string, Find>> = {}): void {
    fill(row, this.#fields, this.#cells, refs);
  }

  maybeNumber(name: Column): number | null {
    const value = this.#value(name);
    return typeof value === 'number' ? value : null;
  }

  number(name: Column): number {
    return this.maybeNumber(name) ?? 0;
  }

  maybeText(name: Column): string | null {
    const value = this.#value(name);
    return typeof value === 'string' && value !== '' ? value : null;
  }

  text(name: Column): string {
    return this.maybeText(name) ?? '';
  }

  numbers(name: Column): number[] {
    const value = this.#value(name);
    return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];
  }

  #value(name: Column): Cells[number] | undefined {
    const at = this.#at.get(name);
    return at === undefined ? undefined : this.#cells[at];
  }
}
