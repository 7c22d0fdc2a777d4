// SPDX-License-Identifier: MIT
// One topic of several sites as if it were of one: ids that are told apart, times on one clock, names that say where.
// Of a single site everything stays as it is.

import { Outbox } from './outbox';
import type { Cell } from './payload';
import { inStep, type Reader } from './reader';
import { columnsOf, type Column } from './schema';
import type { Cells } from './table';
import type { TableUpdate, Update } from './update';

/** More than any id of one site: ids have 32 bits. */
const IDS = 2 ** 32;

/** What makes a site's rows fit beside those of others. */
interface Place {
  readonly site: string;
  /** Added to ids. */
  readonly ids: number;
  /** Added to times. Milliseconds. */
  readonly shift: number;
}

function movedCell(cell: Cell, { kind, name }: Column, table: string, { site, ids, shift }: Place): Cell {
  if (kind === 'ref') return typeof cell === 'number' ? cell + ids : cell;
  if (kind === 'refs') return Array.isArray(cell) ? cell.map((id) => (typeof id === 'number' ? id + ids : id)) : cell;
  if (kind === 'time') return typeof cell === 'number' ? cell + shift : cell;
  // two rooms may each have a Mila
  if (['devices', 'past_devices'].includes(table) && name === 'alias' && typeof cell === 'string')
    return `${cell} (${site})`;
  return cell;
}

function moved(table: TableUpdate, place: Place): TableUpdate {
  const known = columnsOf(table.name);
  const columns = table.columns.flatMap((name, i) => {
    const column = known.find((one) => one.name === name);
    const moves = column && (['ref', 'refs', 'time'].includes(column.kind) || name === 'alias');
    return moves ? [{ at: i + 1, column }] : [];
  });
  const rows = table.rows.map((row) => {
    const cells: Cells = row.slice();
    cells[0] = Number(row[0]) + place.ids;
    for (const { at, column } of columns)
      if (at < cells.length) cells[at] = movedCell(cells[at] as Cell, column, table.name, place);
    return cells;
  });
  return { ...table, rows, gone: table.gone.map((id) => id + place.ids) };
}

/** What is sent of several sites at a time: `more` is true but for the last, `whole` false but for the first. */
function* joined(updates: Iterable<Update>, whole: boolean): Generator<Update> {
  let held: Update | null = null;
  let first = whole;
  for (const update of updates) {
    if (held) {
      yield { ...held, whole: first, more: true };
      first = false;
    }
    held = update;
  }
  if (held) yield { ...held, whole: first, more: false };
}

/** The clock and the name that the sites have together. */
function placeOf(overviews: readonly Reader[]): Pick<Update, 'began' | 'epoch'> {
  const epochs = overviews.flatMap(({ whole, epoch }) => (whole && epoch ? [epoch] : []));
  return {
    began: Math.min(...epochs.map(({ start }) => start)),
    epoch: epochs.map(({ start, random }) => `${start}-${random}`).join(' '),
  };
}

export class Together {
  readonly #outboxes: Outbox[] = [];
  /** Which states the page has: their keyframes, in the sites' order. */
  #shown = '';

  /** The next update is to hold everything. */
  again(): void {
    this.#shown = '';
    for (const outbox of this.#outboxes) outbox.again();
  }

  /**
   * What changed since the last call. Nothing of a site whose state is not whole. overviews: of the same sites, to whose
   * rows those of this topic refer; what is of another epoch waits for them.
   */
  *take(readers: readonly Reader[], fresh: boolean, overviews = readers): Generator<Update> {
    while (this.#outboxes.length < readers.length) this.#outboxes.push(new Outbox());
    const [only] = readers;
    const there = readers.map((reader, i) => reader.whole && inStep(reader, overviews[i] ?? reader));
    if (only && readers.length === 1) {
      if (there[0]) yield* (this.#outboxes[0] as Outbox).take(only, fresh);
      return;
    }
    const place = placeOf(overviews);
    const shown = [place.epoch, ...readers.map(({ generation }, i) => (there[i] ? generation : ''))].join(' ');
    const whole = shown !== this.#shown;
    if (whole) this.again();
    this.#shown = shown;
    yield* joined(this.#parts(readers, there, fresh, place), whole);
  }

  *#parts(
    readers: readonly Reader[],
    there: readonly boolean[],
    fresh: boolean,
    { began, epoch }: Pick<Update, 'began' | 'epoch'>,
  ): Generator<Update> {
    for (const [i, reader] of readers.entries()) {
      if (!there[i]) continue;
      const shift = (reader.epoch?.start ?? began) - began;
      const place: Place = { site: reader.site, ids: i * IDS, shift };
      for (const update of (this.#outboxes[i] as Outbox).take(reader, fresh)) {
        const tables = update.tables.map((table) => moved(table, place));
        yield { ...update, epoch, began, time: update.time + shift, tables };
      }
    }
  }
}
