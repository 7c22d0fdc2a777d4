// SPDX-License-Identifier: MIT
// For tests: a feed by chance that keeps to the feed's own rules (common/PROTOCOL.md), as frames, the same for the same seed.
// What a device had is the sum of its conversations and of the sums of those that are not kept one by one any more.

import { at, cells, ownedBy, type Named } from '../feed/cells';
import { mixedDice } from '../feed/dice';
import { encodeFrame } from '../feed/encode';
import type { Cell } from '../feed/payload';
import { columnsOf, markedColumns, TOPICS, type ColumnName, type TableName, type Topic } from '../feed/schema';
import { CATEGORIES } from './category';

type Cells = [number, ...Cell[]];

/** A table with what of it was sent. */
class MadeTable {
  readonly rows = new Map<number, Cells>();
  readonly #name: TableName;
  readonly #sent = new Map<number, Cells>();
  #ids = 0;

  constructor(name: TableName) {
    this.#name = name;
  }

  /** id: of the row of another table to which this one belongs. */
  add(values: Readonly<Record<string, Cell | undefined>>, id = (this.#ids += 1)): number {
    this.rows.set(id, cells(this.#name, id, values));
    return id;
  }

  whole(): Cell {
    this.#keep();
    return [this.#name, markedColumns(this.#name), [...this.rows.values()].map((row) => [...row])];
  }

  /** What changed: as a delta says it; null when nothing did. */
  news(position: number, time: number): Cell | null {
    const gone = [...this.#sent.keys()].filter((id) => !this.rows.has(id));
    const rows = [...this.rows].filter(([id]) => !this.#sent.has(id)).map(([, row]) => [...row]);
    const changes: Cell[] = [];
    let before = 0;
    for (const [id, row] of this.rows) {
      const old = this.#sent.get(id);
      const change = old && this.#change(old, row, time);
      if (!change) continue;
      changes.push(id - before, ...change);
      before = id;
    }
    this.#keep();
    if (gone.length + rows.length + changes.length === 0) return null;
    return [position, gone.map((id, i) => id - (gone[i - 1] ?? 0)), rows, changes];
  }

  #keep(): void {
    this.#sent.clear();
    for (const [id, row] of this.rows) this.#sent.set(id, [...row]);
  }

  #change(old: Cells, row: Cells, time: number): Cell[] | null {
    const columns = columnsOf(this.#name);
    const counted = columns.some(({ mark }, i) => mark === '+' && old[i + 1] !== row[i + 1]);
    let mask = 0;
    const values: Cell[] = [];
    columns.forEach(({ mark }, i) => {
      const [was, is] = [old[i + 1] ?? null, row[i + 1] ?? null];
      // where a counter moved, the time is the frame's, unless it is said
      if (mark === '~' && counted ? is === time : JSON.stringify(was) === JSON.stringify(is)) return;
      mask += 2 ** i;
      values.push(mark === '+' ? Number(is) - Number(was) : is);
    });
    return mask === 0 ? null : [mask, ...values];
  }
}

export interface Size {
  readonly devices: number;
  readonly names: number;
  readonly remotes: number;
  readonly conversations: number;
}

const COUNTERS = ['up_bytes', 'down_bytes', 'up_packets', 'down_packets'] as const;
const COUNTRIES = ['FI', 'SE', 'DE', 'US', 'JP', null];
const SPECIALS = ['home', 'private', 'cgnat', 'multicast'];

/** The topics that it is of. */
export const MADE = ['overview', 'lookups'] as const;
const tablesOf = (topic: Topic): readonly TableName[] => [...TOPICS[topic].keys()] as TableName[];

export class MadeUpFeed {
  /** Milliseconds. */
  time = 1000;
  sequence = 0;
  readonly roll: () => number;
  readonly #domains: number;
  readonly #tables = new Map<TableName, MadeTable>(
    MADE.flatMap(tablesOf).map((name): [TableName, MadeTable] => [name, new MadeTable(name)]),
  );

  constructor(seed: number, size: Size) {
    this.roll = mixedDice(seed);
    this.#domains = size.names / 2;
    this.add('site', {
      name: 'home',
      mode: 'router',
      accounting: true,
      interval: 1000,
      events: true,
      session: 0,
      idle: 300_000,
    });
    this.add('sources', { kind: 'companies', state: 'ok' });
    for (let i = 0; i < 12; i += 1) this.#addPlace(i);
    for (let i = 0; i < 8; i += 1)
      this.add('networks', { asn: 64_500 + i, name: this.#maybe(0.8, `Network ${i % 6}`) });
    for (let i = 0; i < 10; i += 1)
      this.add('companies', { name: `Company ${i}`, category: this.#maybe(0.7, this.#category()) });
    for (let i = 0; i < size.devices; i += 1) this.#addDevice(i);
    for (let i = 0; i < size.names; i += 1) this.addName();
    for (let i = 0; i < size.remotes; i += 1) this.#addRemote(i);
    for (let i = 0; i < size.conversations; i += 1) this.#talk();
  }

  /** The rows of a table: what /api/v1/state says of it. */
  rows(table: TableName): ReadonlyMap<number, Cells> {
    return this.#table(table).rows;
  }

  value<T extends TableName>(table: T, row: Cells, column: ColumnName<T>): Cell {
    return row[at(table, column)] ?? null;
  }

  /** id: as in MadeTable.add. */
  add<T extends TableName>(table: T, values: Named<T>, id?: number): number {
    return this.#table(table).add(values, id);
  }

  /** One for each topic. */
  keyframe(): readonly Uint8Array[] {
    return MADE.map((topic) =>
      this.#frame(
        topic,
        'keyframe',
        tablesOf(topic).map((name) => this.#table(name).whole()),
      ),
    );
  }

  /** Something happens, and time goes on. */
  delta(): readonly Uint8Array[] {
    this.time += 100 + Math.floor(this.roll() * 2900);
    this.sequence += 1;
    for (let i = this.#upTo(12); i > 0; i -= 1) this.#move();
    for (let i = this.#upTo(3); i > 0; i -= 1) this.#talk();
    for (let i = this.#upTo(3); i > 0; i -= 1) this.#end();
    if (this.roll() < 0.5) this.#fold();
    if (this.roll() < 0.3) this.addName();
    if (this.roll() < 0.1) this.#forgetDevice();
    return MADE.map((topic) => {
      const news = tablesOf(topic).map((name, i) => this.#table(name).news(i, this.time));
      return this.#frame(
        topic,
        'delta',
        news.filter((one) => one !== null),
      );
    });
  }

  /** A name, often of a domain that others are of, too, and for something else. */
  addName(): number {
    const domain = `domain-${this.#upTo(this.#domains)}.example`;
    const id = this.add('names', {
      name: this.#maybe(0.8, `host-${this.#upTo(99)}.${domain}`) ?? domain,
      domain: this.#maybe(0.9, domain),
      company: this.#maybe(0.6, this.#any('companies')),
      category: this.#maybe(0.7, this.#category()),
      domain_category: this.#maybe(0.7, this.#category()),
    });
    for (let i = this.#upTo(3); i > 0; i -= 1)
      this.add('lookups', {
        asked: this.time,
        count: 1 + this.#upTo(5),
        device: this.#any('devices'),
        name: id,
        result: 'answered',
        seen: this.time,
      });
    return id;
  }

  #addPlace(i: number): void {
    const known = this.roll() < 0.8;
    this.add('places', {
      country: COUNTRIES[i % COUNTRIES.length] ?? null,
      city: this.#maybe(0.7, `City ${i}`),
      latitude: known ? -60 + 10 * i : null,
      longitude: known ? -170 + 30 * i : null,
    });
  }

  #addDevice(i: number): void {
    const zeros = Object.fromEntries(COUNTERS.map((column) => [column, 0]));
    this.add('devices', {
      ...zeros,
      active: 0,
      alias: `Device ${i}`,
      self: false,
      seen: 0,
      total: 0,
      unseen: 0,
      named: false,
    });
  }

  #addRemote(i: number): void {
    const special = this.#maybe(0.15, SPECIALS[this.#upTo(SPECIALS.length - 1)] ?? null);
    const id = this.add('remotes', {
      address: new Uint8Array([198, 51, (i >> 8) & 255, i & 255]),
      // a special network is nowhere, and nobody's
      place: special === null ? this.#maybe(0.8, this.#any('places')) : null,
      network: special === null ? this.#maybe(0.8, this.#any('networks')) : null,
      special,
      seen: 0,
      company: this.#maybe(0.3, this.#any('companies')),
      category: this.#maybe(0.3, this.#category()),
      cloud: this.#maybe(0.15, `Cloud ${this.#upTo(3)}`),
    });
    if (this.roll() < 0.5) this.add('remote_names', { name: this.#any('names') }, id);
  }

  /** A conversation begins. */
  #talk(): void {
    const device = this.#any('devices');
    if (device === null) return;
    const zeros = Object.fromEntries(COUNTERS.map((column) => [column, 0]));
    const udp = this.roll() < 0.3;
    const remote = this.#any('remotes');
    const talk = {
      ...zeros,
      active: this.time,
      open: 1,
      connecting: 0,
      total: 1,
      device,
      remote,
      protocol: udp ? 17 : 6,
      port: this.#maybe(0.9, [443, 80, 53, 22][this.#upTo(3)] ?? 443),
      inbound: this.roll() < 0.1,
      seen: this.time,
    };
    const own = this.#maybe(0.6, this.#any('names'));
    const [name, far] = [this.#table('names').rows.get(own ?? 0), this.#table('remotes').rows.get(remote ?? 0)];
    const id = this.add('conversations', { ...talk, ...ownedBy(name, far) });
    if (own !== null) this.add('conversation_names', { name: own }, id);
    this.#count(id, 10 ** (7 * this.roll()));
  }

  /** Its bytes are those of its device, too. */
  #count(id: number, most: number): void {
    const row = this.#table('conversations').rows.get(id);
    const device = this.#table('devices').rows.get(Number(row?.[at('conversations', 'device')]));
    if (!row || !device) return;
    for (const column of COUNTERS) {
      const more = this.roll() < 0.2 ? 0 : Math.floor(this.roll() * most);
      row[at('conversations', column)] = Number(row[at('conversations', column)]) + more;
      device[at('devices', column)] = Number(device[at('devices', column)]) + more;
    }
    const active = this.roll() < 0.5 ? this.time : Math.max(0, this.time - this.#upTo(900));
    row[at('conversations', 'active')] = Math.max(active, Number(row[at('conversations', 'active')]));
    device[at('devices', 'active')] = Math.max(active, Number(device[at('devices', 'active')]));
  }

  #move(): void {
    const id = this.#any('conversations');
    const row = id === null ? undefined : this.#table('conversations').rows.get(id);
    if (id === null || !row) return;
    row[at('conversations', 'open')] = 1;
    this.#count(id, 10 ** (6 * this.roll()));
  }

  #end(): void {
    const row = this.#table('conversations').rows.get(this.#any('conversations') ?? 0);
    if (row) row[at('conversations', 'open')] = 0;
  }

  /** What has ended becomes part of a sum. */
  #fold(): void {
    const ended = [...this.#table('conversations').rows.values()].filter(
      (row) => row[at('conversations', 'open')] === 0,
    );
    for (const row of ended.slice(0, 1 + this.#upTo(3))) this.#sumUp(row);
  }

  #sumUp(row: Cells): void {
    const of = (column: ColumnName<'conversations'>): Cell => row[at('conversations', column)] ?? null;
    const remote = this.#table('remotes').rows.get(Number(of('remote')));
    const own = this.#table('conversation_names').rows.get(row[0])?.[at('conversation_names', 'name')];
    const name = this.#table('names').rows.get(Number(own));
    const place = this.#table('places').rows.get(Number(remote?.[at('remotes', 'place')]));
    const company = of('company');
    const known = company !== null || name !== undefined;
    this.#table('conversations').rows.delete(row[0]);
    this.#table('conversation_names').rows.delete(row[0]);
    const sum = this.add('sums', {
      ...Object.fromEntries(COUNTERS.map((column) => [column, of(column)])),
      active: of('active'),
      conversations: 1,
      total: of('total'),
      seen: of('seen'),
      device: of('device'),
      company,
      network: known ? null : (remote?.[at('remotes', 'network')] ?? null),
      special: remote?.[at('remotes', 'special')] ?? null,
      country: place?.[at('places', 'country')] ?? null,
      category: of('category'),
    });
    if (company === null && name) this.add('sum_names', { name: name[0] }, sum);
  }

  /** It makes room for others: what it had is nobody's. */
  #forgetDevice(): void {
    const devices = this.#table('devices').rows;
    const id = devices.size > 2 ? this.#any('devices') : null;
    if (id === null) return;
    for (const row of [...this.#table('conversations').rows.values()])
      if (row[at('conversations', 'device')] === id) this.#sumUp(row);
    for (const row of this.#table('sums').rows.values())
      if (row[at('sums', 'device')] === id) row[at('sums', 'device')] = null;
    for (const [lookup, row] of [...this.#table('lookups').rows])
      if (row[at('lookups', 'device')] === id) this.#table('lookups').rows.delete(lookup);
    devices.delete(id);
  }

  #frame(topic: Topic, kind: 'keyframe' | 'delta', payload: unknown): Uint8Array {
    return encodeFrame({
      topic,
      kind,
      payload,
      sequence: this.sequence,
      time: this.time,
      deflate: kind === 'keyframe',
    });
  }

  #table(name: TableName): MadeTable {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`there is no table ${name}`);
    return table;
  }

  #any(table: TableName): number | null {
    const ids = [...this.#table(table).rows.keys()];
    return ids[Math.floor(this.roll() * ids.length)] ?? null;
  }

  #category(): string {
    return CATEGORIES[this.#upTo(CATEGORIES.length - 1)] ?? 'other';
  }

  #maybe<T>(chance: number, value: T): T | null {
    return this.roll() < chance ? value : null;
  }

  #upTo(most: number): number {
    return Math.floor(this.roll() * (most + 1));
  }
}
