// SPDX-License-Identifier: MIT
// From the reader's tables to updates for the page: only what was touched, in parts of a bounded size.

import type { TableUpdate, Update } from './update';
import type { Reader } from './reader';
import type { Cells, Table } from './table';

const PART_ROWS = 2000;

function news(table: Table, whole: boolean): TableUpdate {
  const gone: number[] = [];
  const rows: Cells[] = [];
  if (whole) {
    for (const cells of table.rows.values()) rows.push(cells);
  } else {
    for (const id of table.touched) {
      const cells = table.rows.get(id);
      if (cells) rows.push(cells);
      else gone.push(id);
    }
  }
  table.touched.clear();
  return { name: table.name, columns: table.columns, gone, rows };
}

function* parts(tables: readonly TableUpdate[]): Generator<TableUpdate[]> {
  let part: TableUpdate[] = [];
  let room = PART_ROWS;
  for (const table of tables) {
    for (let from = 0; from === 0 || from < table.rows.length;) {
      const rows = table.rows.slice(from, from + room);
      part.push({ ...table, rows, gone: from === 0 ? table.gone : [] });
      from += rows.length;
      room -= rows.length;
      if (room === 0) {
        yield part;
        part = [];
        room = PART_ROWS;
      }
      if (table.rows.length === 0) break;
    }
  }
  yield part;
}

export class Outbox {
  #generation = -1;

  /** The next update is to hold everything. */
  again(): void {
    this.#generation = -1;
  }

  /** What changed since the last call. Nothing while the reader has no whole state. */
  *take(reader: Reader, fresh: boolean): Generator<Update> {
    if (!reader.whole || !reader.epoch) return;
    const whole = reader.generation !== this.#generation;
    this.#generation = reader.generation;
    const base = {
      kind: 'update',
      topic: reader.topic,
      site: reader.site,
      epoch: `${reader.epoch.start}-${reader.epoch.random}`,
      began: reader.epoch.start,
      time: reader.time,
      fresh,
    } as const;
    const tables = reader.tables
      .map((table) => news(table, whole))
      .filter((t) => whole || t.rows.length > 0 || t.gone.length > 0);
    let held: TableUpdate[] | null = null;
    let first = true;
    for (const part of parts(tables)) {
      if (held) {
        yield { ...base, whole: whole && first, more: true, tables: held };
        first = false;
      }
      held = part;
    }
    yield { ...base, whole: whole && first, more: false, tables: held ?? [] };
  }
}
