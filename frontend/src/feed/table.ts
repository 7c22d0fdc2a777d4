// SPDX-License-Identifier: MIT
// One table of the feed: rows as they came, and how keyframes and deltas change them.

import type { Cell } from './payload';
import { COLUMNS, ROWS, TABLES } from './limits';

/** The id first, then one value a column; shorter when the rest is nil. */
export type Cells = Cell[];

export class Broken extends Error {}

function array(value: Cell | undefined, what: string): readonly Cell[] {
  if (!Array.isArray(value)) throw new Broken(`${what} is not an array`);
  return value as readonly Cell[];
}

function rowId(value: Cell | undefined): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 0xffffffff) {
    throw new Broken('a row has no proper id');
  }
  return value;
}

export class Table {
  readonly name: string;
  /** Names with their marks, as a keyframe has them. */
  readonly marked: readonly string[];
  /** Names without their marks. */
  readonly columns: readonly string[];
  readonly rows = new Map<number, Cells>();
  /** Rows that came, changed or went since somebody last took them. */
  readonly touched = new Set<number>();

  readonly #counters: ReadonlySet<number>;
  readonly #times: readonly number[];

  constructor(name: string, columns: readonly string[]) {
    this.name = name;
    this.marked = columns;
    this.columns = columns.map((column) => column.replace(/^[+~]/, ''));
    this.#counters = new Set(columns.flatMap((column, i) => (column.startsWith('+') ? [i] : [])));
    this.#times = columns.flatMap((column, i) => (column.startsWith('~') ? [i] : []));
  }

  insert(value: Cell): void {
    const cells = array(value, 'a row').slice(0, this.columns.length + 1);
    const id = rowId(cells[0]);
    if (this.rows.has(id)) throw new Broken(`${this.name} has row ${id} twice`);
    if (this.rows.size >= ROWS) throw new Broken(`${this.name} has too many rows`);
    this.rows.set(id, cells);
    this.touched.add(id);
  }

  remove(ids: readonly Cell[]): void {
    let id = 0;
    for (const step of ids) {
      id = rowId(typeof step === 'number' ? id + step : null);
      if (!this.rows.delete(id)) throw new Broken(`${this.name} has no row ${id} that could go`);
      this.touched.add(id);
    }
  }

  change(changes: readonly Cell[], time: number): void {
    let id = 0;
    for (let i = 0; i < changes.length;) {
      const step = changes[i];
      const mask = changes[i + 1];
      id = rowId(typeof step === 'number' ? id + step : null);
      const cells = this.rows.get(id);
      if (!cells) throw new Broken(`${this.name} has no row ${id} that could change`);
      if (typeof mask !== 'number' || !Number.isSafeInteger(mask) || mask < 0) throw new Broken('a change has no mask');
      i = this.#changeRow(cells, mask, changes, i + 2, time);
      this.touched.add(id);
    }
  }

  #changeRow(cells: Cells, mask: number, changes: readonly Cell[], from: number, time: number): number {
    let at = from;
    let counted = false;
    let timed = 0;
    for (let column = 0, bits = mask; bits > 0; column += 1, bits = Math.floor(bits / 2)) {
      if (bits % 2 === 0) continue;
      if (column >= this.columns.length || at >= changes.length) throw new Broken('a change does not fit its table');
      const value = changes[at++] as Cell;
      while (cells.length <= column + 1) cells.push(null);
      if (this.#counters.has(column)) {
        const before = cells[column + 1];
        if (typeof value !== 'number') throw new Broken('a counter changes by something that is no number');
        cells[column + 1] = (typeof before === 'number' ? before : 0) + value;
        counted = true;
      } else {
        cells[column + 1] = value;
        if (this.#times.includes(column)) timed |= 1 << this.#times.indexOf(column);
      }
    }
    if (counted) {
      this.#times.forEach((column, i) => {
        if ((timed & (1 << i)) !== 0) return;
        while (cells.length <= column + 1) cells.push(null);
        cells[column + 1] = time;
      });
    }
    return at;
  }
}

/** The tables of a keyframe's payload. Throws Broken when it is not one. */
export function readKeyframe(payload: Cell): Table[] {
  const listed = array(payload, 'a keyframe');
  if (listed.length > TABLES) throw new Broken('a keyframe has too many tables');
  return listed.map((value) => {
    const [name, columns, rows] = array(value, 'a table');
    const names = array(columns, 'columns');
    if (typeof name !== 'string') throw new Broken('a table has no name');
    if (names.length > COLUMNS) throw new Broken(`${name} has too many columns`);
    const table = new Table(
      name,
      names.map((column) => {
        if (typeof column !== 'string') throw new Broken(`${name} has a column without a name`);
        return column;
      }),
    );
    for (const row of array(rows, 'rows')) table.insert(row);
    return table;
  });
}

/** Applies a delta's payload. Throws Broken when it cannot: the tables are then good for nothing. */
export function applyDelta(tables: readonly Table[], payload: Cell, time: number): void {
  for (const value of array(payload, 'a delta')) {
    const [position, gone, rows, changes] = array(value, "a table's news");
    const table = typeof position === 'number' ? tables[position] : undefined;
    if (!table) throw new Broken('a delta speaks of a table that the keyframe does not have');
    if (gone !== undefined) table.remove(array(gone, 'gone'));
    if (rows !== undefined) for (const row of array(rows, 'rows')) table.insert(row);
    if (changes !== undefined) table.change(array(changes, 'changes'), time);
  }
}
