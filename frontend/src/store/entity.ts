// SPDX-License-Identifier: MIT
// What the rows that the store keeps have in common: one object each, with the fields that the schema gives its table.

import type { TableName } from '../feed/schema';
import { emptyFields, type Fields } from './fields';
import type { Linked } from './rows';

/** Finds what rows refer to, by the table's name: null for nil and for what is not there. */
export type Refs = { readonly [Table in keyof Linked]: (id: number | null) => Linked[Table] | null };

/** Of which time the values are, and whether they come from a keyframe. */
export interface When {
  readonly now: number;
  /** Of which time those before were: long ago where a page has just begun, or slept. */
  readonly before: number;
  readonly whole: boolean;
}

export abstract class Entity {
  gone: number | null = null;
  /** Time at which the feed said that the row is gone. */
  left: number | null = null;
  constructor(readonly id: number) {}

  leave(now: number): void {
    this.left ??= now;
    this.gone = this.left;
  }

  stay(): void {
    this.left = null;
    this.gone = null;
  }
}

/** The class of a table's rows: CellReader.fill fills them. */
export function entityOf<Table extends TableName, Known = Linked>(
  table: Table,
): abstract new (id: number) => Entity & Fields<Table, Known> {
  const none = emptyFields(table);
  abstract class Filled extends Entity {
    constructor(id: number) {
      super(id);
      Object.assign(this, none);
    }
  }
  return Filled as abstract new (id: number) => Entity & Fields<Table, Known>;
}
