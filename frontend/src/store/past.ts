// SPDX-License-Identifier: MIT
// The topic `history` on the page's own thread: what happened. What moved minute by minute is passed by, for nothing shows it.

import { columnsOf, type Words } from '../feed/schema';
import type { Update } from '../feed/update';
import { readCategory, type Category } from './category';
import type { CellReader } from './cell-reader';
import { entityOf } from './entity';
import { Rows, type Table } from './entity-table';
import type { Fields } from './fields';
import { isCountry } from './knowledge';
import type { Device, Row } from './rows';

interface PastLinked {
  past_devices: PastDevice;
  parties: Party;
}

/** One that the history tells of. */
export interface PastDevice extends Row, Readonly<Fields<'past_devices', PastLinked>> {
  /** Null: it is not here now. */
  readonly here: Device | null;
}

/** Whom devices talked with. */
export interface Party extends Row, Readonly<Fields<'parties', PastLinked>> {
  readonly category: Category | null;
}

export type EventKind = Words<'events', 'kind'>;

export interface PastEvent extends Row, Readonly<Fields<'events', PastLinked>> {
  readonly kind: EventKind;
}

type FindDevice = (id: number | null) => Device | null;

class PastDeviceEntity extends entityOf('past_devices') implements PastDevice {
  #device: number | null = null;
  readonly #find: FindDevice;

  constructor(id: number, find: FindDevice) {
    super(id);
    this.#find = find;
  }

  /** Found when it is asked for: the overview may tell of it later. */
  get here(): Device | null {
    return this.#find(this.#device);
  }

  fill(row: CellReader): void {
    row.fill(this);
    this.#device = row.maybeNumber('device');
  }
}

class PartyEntity extends entityOf('parties') implements Party {
  category: Category | null = null;

  fill(row: CellReader): void {
    row.fill(this);
    this.category = readCategory(row.maybeText('category'));
    if (this.country !== null && !isCountry(this.country)) this.country = null;
  }
}

const KINDS = columnsOf('events').find(({ name }) => name === 'kind')?.of as readonly EventKind[];

class EventEntity extends entityOf<'events', PastLinked>('events') {
  /** Null: one that only a later page knows. */
  kind: EventKind | null = null;

  fill(row: CellReader, refs: Readonly<Record<string, (id: number | null) => unknown>>): void {
    row.fill(this, refs);
    const word = row.maybeText('kind');
    this.kind = KINDS.find((kind) => kind === word) ?? null;
  }
}

class KeptEntity extends entityOf('kept') {
  fill(row: CellReader): void {
    row.fill(this);
  }
}

const isTold = (event: EventEntity): event is EventEntity & PastEvent => event.gone === null && event.kind !== null;

export class PastStore {
  #epoch = '';
  #whole = false;
  readonly #devices: Rows<PastDeviceEntity>;
  readonly #parties = new Rows(
    (id) => new PartyEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #events = new Rows(
    (id) => new EventEntity(id),
    (entity, row) =>
      entity.fill(row, { past_devices: (id) => this.#devices.find(id), parties: (id) => this.#parties.find(id) }),
  );
  readonly #kept = new Rows(
    (id) => new KeptEntity(id),
    (entity, row) => entity.fill(row),
  );
  /** In the order in which they lean on each other. */
  readonly #tables: ReadonlyMap<string, Table>;

  constructor(find: FindDevice) {
    this.#devices = new Rows(
      (id) => new PastDeviceEntity(id, find),
      (entity, row) => entity.fill(row),
    );
    this.#tables = new Map<string, Table>([
      ['kept', this.#kept],
      ['past_devices', this.#devices],
      ['parties', this.#parties],
      ['events', this.#events],
    ]);
  }

  /** For how many hours something is kept; 0: nothing is. Of several sites for the longest. */
  get hours(): number {
    return Math.max(0, ...[...this.#kept.map.values()].map(({ hours }) => hours));
  }

  /** What happened, the newest first. */
  get events(): readonly PastEvent[] {
    return [...this.#events.map.values()].filter(isTold).sort((a, b) => b.at - a.at || b.id - a.id);
  }

  /** Takes one part of an update. True when it was the last. */
  take(update: Update): boolean {
    const { time: now } = update;
    if (update.whole) {
      if (update.epoch !== this.#epoch) for (const table of this.#tables.values()) table.clear();
      this.#epoch = update.epoch;
      this.#whole = true;
      for (const table of this.#tables.values()) table.begin();
    }
    // the rest of what was followed before
    if (this.#epoch === '') return false;
    const when = { now, before: now, whole: this.#whole };
    for (const table of update.tables) this.#tables.get(table.name)?.take(table, when);
    if (update.more) return false;
    // nothing of it fades: what the past was is told or is not
    if (this.#whole) for (const table of this.#tables.values()) table.end(now, -Infinity);
    for (const table of this.#tables.values()) table.sweep(Infinity);
    this.#whole = false;
    return true;
  }
}
