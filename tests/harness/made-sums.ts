// SPDX-License-Identifier: MIT
// What becomes of a made-up room's conversations that have ended: sums for each device and whom it talked with, as
// collector/model/conversation_ended.c makes them.

import { at, bit, cells } from '../../frontend/src/feed/cells';
import type { Cell } from '../../frontend/src/feed/payload';
import type { ColumnName } from '../../frontend/src/feed/schema';

type Row = [number, ...Cell[]];
type Rows = Readonly<Record<string, Row[]>>;

/** What grows in a sum, in the order of its columns. */
const GROWING = ['up_bytes', 'down_bytes', 'up_packets', 'down_packets', 'conversations', 'total'] as const;
const CHANGED = bit('sums', 'active') + GROWING.reduce((mask, column) => mask + bit('sums', column), 0);

function of(row: Row | undefined, table: 'conversations' | 'remotes' | 'names' | 'places', column: string): Cell {
  return row?.[at(table, column as ColumnName<typeof table>)] ?? null;
}

export class MadeSums {
  readonly rows: Row[] = [];
  /** Which of them are called something: rows of sum_names. */
  readonly called: Row[] = [];
  readonly #room: Rows;
  readonly #ownOf: (talk: Row) => number | null;
  readonly #byKey = new Map<string, Row>();
  /** Name rows of registrable domains, by their text. */
  readonly #domains = new Map<string, number>();
  #names: Row[] = [];
  #made: Row[] = [];
  #told = 0;
  readonly #changes = new Map<Row, number[]>();

  /** room: its tables. Names of domains are added to them. ownOf: the name that a conversation's device looked up. */
  constructor(room: Rows, ownOf: (talk: Row) => number | null) {
    this.#room = room;
    this.#ownOf = ownOf;
  }

  /** The conversation is not kept one by one any more. */
  fold(talk: Row): void {
    const more = GROWING.map((column) =>
      column === 'conversations' ? 1 : Number(of(talk, 'conversations', column) ?? 0),
    );
    const active = Number(of(talk, 'conversations', 'active'));
    const { name, ...facts } = this.#factsOf(talk);
    const key = JSON.stringify([name, facts]);
    const known = this.#byKey.get(key);
    if (known) {
      this.#add(known, more, active);
      return;
    }
    const amounts = Object.fromEntries(GROWING.map((column, i) => [column, more[i] ?? 0]));
    const seen = of(talk, 'conversations', 'seen');
    const made = cells('sums', this.rows.length + 1, { ...amounts, active, seen, ...facts });
    this.rows.push(made);
    if (name !== null) this.called.push(cells('sum_names', made[0], { name }));
    this.#byKey.set(key, made);
    this.#made.push(made);
  }

  /** What is new since the last time: rows of names, of sums, and of what those are called, and changes of sums. */
  news(): { readonly names: Row[]; readonly rows: Row[]; readonly called: Row[]; readonly changes: number[] } {
    const fresh = new Set(this.#made);
    const changed = [...this.#changes].filter(([row]) => !fresh.has(row)).sort((a, b) => a[0][0] - b[0][0]);
    const changes = changed.flatMap(([row, more], i) => [
      row[0] - (changed[i - 1]?.[0][0] ?? 0),
      CHANGED,
      row[at('sums', 'active')] as number,
      ...more,
    ]);
    const called = this.called.slice(this.#told);
    const news = { names: this.#names, rows: this.#made.map((row): Row => [...row]), called, changes };
    this.#told = this.called.length;
    this.#names = [];
    this.#made = [];
    this.#changes.clear();
    return news;
  }

  #add(row: Row, more: readonly number[], active: number): void {
    row[at('sums', 'active')] = Math.max(active, row[at('sums', 'active')] as number);
    GROWING.forEach((column, i) => {
      row[at('sums', column)] = (row[at('sums', column)] as number) + (more[i] ?? 0);
    });
    const before = this.#changes.get(row);
    this.#changes.set(
      row,
      more.map((value, i) => value + (before?.[i] ?? 0)),
    );
  }

  #factsOf(
    talk: Row,
  ): Record<'device' | 'company' | 'network' | 'special' | 'country' | 'category', Cell> & { name: number | null } {
    const row = (table: string, id: Cell): Row | undefined => this.#room[table]?.[Number(id) - 1];
    const remote = row('remotes', of(talk, 'conversations', 'remote'));
    const own = this.#ownOf(talk);
    const name = own === null ? undefined : row('names', own);
    const company = of(name, 'names', 'company');
    const place = row('places', of(remote, 'remotes', 'place'));
    return {
      device: of(talk, 'conversations', 'device'),
      company,
      name: name && company === null ? this.#domain(name) : null,
      network: name ? null : of(remote, 'remotes', 'network'),
      special: of(remote, 'remotes', 'special'),
      country: of(place, 'places', 'country'),
      category: of(name, 'names', 'category'),
    };
  }

  #domain(name: Row): number {
    const domain = String(of(name, 'names', 'domain') ?? of(name, 'names', 'name'));
    let id = this.#domains.get(domain);
    if (id === undefined) {
      const names = this.#room.names ?? [];
      const made = cells('names', names.length + 1, { name: domain });
      names.push(made);
      this.#names.push(made);
      this.#domains.set(domain, (id = made[0]));
    }
    return id;
  }
}
