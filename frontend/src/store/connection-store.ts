// SPDX-License-Identifier: MIT
// The topic `connections` on the page's own thread: one row for each conntrack entry.

import type { Update } from '../feed/update';
import type { CellReader } from './cell-reader';
import { entityOf } from './entity';
import type { Connection, Conversation } from './rows';
import { Rows } from './entity-table';

/** Finds a conversation of the overview by its id. */
export type FindConversation = (id: number | null) => Conversation | null;

export class ConnectionEntity extends entityOf('connections') implements Connection {
  #conversation: number | null = null;
  readonly #find: FindConversation;

  constructor(id: number, find: FindConversation) {
    super(id);
    this.#find = find;
  }

  /** Found when it is asked for: the overview may tell of it later. */
  get conversation(): Conversation | null {
    return this.#find(this.#conversation);
  }

  fill(row: CellReader): void {
    row.fill(this);
    this.#conversation = row.maybeNumber('conversation');
  }
}

export class ConnectionStore {
  /** The feed's time of the last update; of several sites, of the latest: one may be silent. */
  now = 0;
  /** True once a whole state is here. */
  ready = false;
  #epoch = '';
  #whole = false;
  /** The time before the state that is just coming. */
  #before = 0;
  /** The feed's time of the last update of each site. */
  readonly #times = new Map<string, number>();
  readonly #rows: Rows<ConnectionEntity>;

  constructor(find: FindConversation) {
    this.#rows = new Rows(
      (id) => new ConnectionEntity(id, find),
      (entity, row) => entity.fill(row),
    );
  }

  /** Also those that have just gone (`gone` set), in the order of their ids. */
  get rows(): readonly Connection[] {
    return [...this.#rows.map.values()];
  }

  /** Takes one part of an update. True when it was the last. */
  take(update: Update): boolean {
    if (update.whole) {
      if (update.epoch !== this.#epoch) {
        this.#rows.clear();
        this.#times.clear();
      }
      this.#epoch = update.epoch;
      this.#before = this.now;
      this.#whole = true;
      this.#rows.begin();
    }
    this.now = Math.max(...this.#times.set(update.site, update.time).values());
    const when = { now: update.time, before: update.time, whole: this.#whole };
    for (const table of update.tables) if (table.name === 'connections') this.#rows.take(table, when);
    if (update.more) return false;
    if (this.#whole) this.#rows.end(this.now, this.#before);
    this.#whole = false;
    this.ready = true;
    this.#rows.sweep(this.now);
    return true;
  }
}
