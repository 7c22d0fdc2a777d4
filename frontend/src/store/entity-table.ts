// SPDX-License-Identifier: MIT
// One table of the feed as objects: rows come, change and go, and stay a few seconds when they have gone.

import type { TableUpdate } from '../feed/update';
import { CellReader } from './cell-reader';
import type { When } from './entity';
import { FADE } from './freshness';

interface Rowlike {
  readonly id: number;
  readonly left: number | null;
  leave(now: number): void;
  stay(): void;
}

/** A table whatever its rows are. */
export interface Table {
  begin(): void;
  take(update: TableUpdate, when: When): void;
  /** before: when the rows were last told. What went is not known to have gone just now where that was long ago. */
  end(now: number, before: number): void;
  sweep(now: number): void;
  clear(): void;
}

export class Rows<T extends Rowlike> implements Table {
  readonly map = new Map<number, T>();
  readonly #make: (id: number) => T;
  readonly #fill: (entity: T, row: CellReader, when: When) => void;
  /** While a keyframe comes in parts: what it has brought so far. */
  #seen: Set<number> | null = null;
  readonly #leaving = new Set<T>();
  #reader: CellReader | null = null;
  #columns: readonly string[] = [];

  constructor(make: (id: number) => T, fill: (entity: T, row: CellReader, when: When) => void) {
    this.#make = make;
    this.#fill = fill;
  }

  find(id: number | null): T | null {
    return id === null ? null : (this.map.get(id) ?? null);
  }

  begin(): void {
    this.#seen = new Set();
  }

  take(update: TableUpdate, when: When): void {
    for (const id of update.gone) this.#leave(this.map.get(id), when.now);
    const reader = this.#read(update);
    for (const cells of update.rows) {
      const row = reader.row(cells);
      let entity = this.map.get(row.id);
      if (!entity) {
        entity = this.#make(row.id);
        this.map.set(row.id, entity);
      }
      if (entity.left !== null) {
        entity.stay();
        this.#leaving.delete(entity);
      }
      this.#fill(entity, row, when);
      this.#seen?.add(row.id);
    }
  }

  end(now: number, before: number): void {
    const seen = this.#seen;
    this.#seen = null;
    if (!seen) return;
    for (const entity of this.map.values()) {
      if (seen.has(entity.id)) continue;
      if (now - before > FADE) this.#remove(entity);
      else this.#leave(entity, now);
    }
  }

  sweep(now: number): void {
    for (const entity of this.#leaving) {
      if (entity.left === null || now - entity.left <= FADE) continue;
      this.#remove(entity);
    }
  }

  clear(): void {
    this.map.clear();
    this.#leaving.clear();
  }

  #remove(entity: T): void {
    this.#leaving.delete(entity);
    this.map.delete(entity.id);
  }

  #leave(entity: T | undefined, now: number): void {
    if (!entity) return;
    entity.leave(now);
    this.#leaving.add(entity);
  }

  /** The columns of a table seldom change, but each update brings them. */
  #read({ name, columns }: TableUpdate): CellReader {
    const same = columns.length === this.#columns.length && columns.every((name, i) => name === this.#columns[i]);
    if (!this.#reader || !same) this.#reader = new CellReader(name, columns);
    this.#columns = columns;
    return this.#reader;
  }
}
