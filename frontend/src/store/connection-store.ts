// SPDX-License-Identifier: MIT
// The topic `connections` on the page's own thread: one row for each conntrack entry.

import type { Update } from '../feed/update';
import { addressText } from './bytes';
import type { CellReader } from './cell-reader';
import { Entity } from './entities';
import type { Connection, Conversation } from './rows';
import { Rows } from './entity-table';

/** Finds a conversation of the overview by its id. */
export type FindConversation = (id: number | null) => Conversation | null;

export class ConnectionEntity extends Entity implements Connection {
  active = 0;
  state: string | null = null;
  status = 0;
  origPackets: number | null = null;
  origBytes: number | null = null;
  replyPackets: number | null = null;
  replyBytes: number | null = null;
  timeout: number | null = null;
  mark = 0;
  kernelId = 0;
  zone = 0;
  protocol = 0;
  origSource = '';
  origTarget = '';
  replySource = '';
  replyTarget = '';
  origSourcePort: number | null = null;
  origTargetPort: number | null = null;
  replySourcePort: number | null = null;
  replyTargetPort: number | null = null;
  seen = 0;
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
    this.active = row.number('active');
    this.state = row.maybeText('state');
    this.status = row.number('status');
    this.origPackets = row.maybeNumber('orig_packets');
    this.origBytes = row.maybeNumber('orig_bytes');
    this.replyPackets = row.maybeNumber('reply_packets');
    this.replyBytes = row.maybeNumber('reply_bytes');
    this.timeout = row.maybeNumber('timeout');
    this.mark = row.number('mark');
    this.#conversation = row.maybeNumber('conversation');
    // what follows never changes while the row is there
    if (this.origSource !== '') return;
    const address = (name: string): string => addressText(row.bytes(name) ?? new Uint8Array(0));
    this.kernelId = row.number('id');
    this.zone = row.number('zone');
    this.protocol = row.number('protocol');
    this.origSource = address('orig_src');
    this.origTarget = address('orig_dst');
    this.replySource = address('reply_src');
    this.replyTarget = address('reply_dst');
    this.origSourcePort = row.maybeNumber('orig_sport');
    this.origTargetPort = row.maybeNumber('orig_dport');
    this.replySourcePort = row.maybeNumber('reply_sport');
    this.replyTargetPort = row.maybeNumber('reply_dport');
    this.seen = row.number('seen');
  }
}

export class ConnectionStore {
  /** The feed's time of the last update. */
  now = 0;
  /** True once a whole state is here. */
  ready = false;
  #epoch = '';
  #whole = false;
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
      if (update.epoch !== this.#epoch) this.#rows.clear();
      this.#epoch = update.epoch;
      this.#whole = true;
      this.#rows.begin();
    }
    this.now = update.time;
    const when = { now: update.time, before: update.time, whole: this.#whole };
    for (const table of update.tables) if (table.name === 'connections') this.#rows.take(table, when);
    if (update.more) return false;
    if (this.#whole) this.#rows.end(this.now);
    this.#whole = false;
    this.ready = true;
    this.#rows.sweep(this.now);
    return true;
  }
}
