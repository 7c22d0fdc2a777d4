// SPDX-License-Identifier: MIT
// Frames of the topic `connections` for a made-up room: as many entries as one likes, the same in each run.

import { at, bit, cells } from '../../frontend/src/feed/cells';
import { dice } from '../../frontend/src/feed/dice';
import { encodeFrame } from '../../frontend/src/feed/encode';
import type { Cell } from '../../frontend/src/feed/payload';
import { markedColumns } from '../../frontend/src/feed/schema';
import type { MadeRoom } from './made-room';

const COLUMNS = markedColumns('connections');
/** What moves with a connection. */
const MOVES = ['active', 'orig_bytes', 'reply_bytes'] as const;
/** Where it is in a row. */
const [ACTIVE, ORIG_BYTES, REPLY_BYTES] = [
  at('connections', 'active'),
  at('connections', 'orig_bytes'),
  at('connections', 'reply_bytes'),
] as const;
/** The mask of a change of it. */
const MOVED = MOVES.reduce((mask, column) => mask + bit('connections', column), 0);
const STATES = ['ESTABLISHED', 'ESTABLISHED', 'ESTABLISHED', 'TIME_WAIT', 'SYN_SENT', 'CLOSE_WAIT'];
/** SEEN_REPLY, ASSURED, CONFIRMED, SRC_NAT. */
const STATUS = 0b11110;
/** Where the columns of a conversation are in a row of made-room. */
const [DEVICE, REMOTE, PROTOCOL] = [
  at('conversations', 'device'),
  at('conversations', 'remote'),
  at('conversations', 'protocol'),
] as const;

type Row = [number, ...Cell[]];

export class MadeConnections {
  readonly #room: MadeRoom;
  readonly #rows: Row[] = [];
  readonly #roll = dice(11);
  #sequence = 0;

  /** leftOut: entries that no conversation stands for, as the router's own. */
  constructor(room: MadeRoom, count: number, leftOut: number) {
    this.#room = room;
    const talks = room.rows('conversations');
    for (let i = 0; i < count; i += 1) this.#add(talks[i % talks.length]);
    for (let i = 0; i < leftOut; i += 1) this.#addOwn();
  }

  get count(): number {
    return this.#rows.length;
  }

  keyframe(): Uint8Array {
    return this.#frame('keyframe', [['connections', COLUMNS, this.#rows]], true);
  }

  /** So many of them move, and so many come, as of the room's time. */
  delta(moving: number, coming = 0): Uint8Array {
    this.#sequence += 1;
    const step = Math.max(1, Math.floor(this.#rows.length / Math.max(1, moving)));
    const changes: number[] = [];
    let before = 0;
    for (let i = this.#sequence % step; i < this.#rows.length && changes.length < moving * 5; i += step) {
      const row = this.#rows[i];
      if (!row) continue;
      row[ACTIVE] = this.#room.time;
      row[ORIG_BYTES] = (row[ORIG_BYTES] as number) + 1200;
      row[REPLY_BYTES] = (row[REPLY_BYTES] as number) + 20_000;
      changes.push(row[0] - before, MOVED, this.#room.time, row[ORIG_BYTES], row[REPLY_BYTES]);
      before = row[0];
    }
    const talks = this.#room.rows('conversations');
    const made = Array.from({ length: coming }, () => this.#add(talks[Math.floor(this.#roll() * talks.length)]));
    return this.#frame('delta', [[0, [], made, changes]], false);
  }

  #frame(kind: 'keyframe' | 'delta', payload: unknown, deflate: boolean): Uint8Array {
    return encodeFrame({
      kind,
      topic: 'connections',
      sequence: this.#sequence,
      payload,
      deflate,
      time: this.#room.time,
    });
  }

  #addressOf(table: 'addresses' | 'remotes', id: Cell | undefined): Uint8Array {
    const found = this.#room.rows(table)[(id as number) - 1]?.[at(table, 'address')];
    return found instanceof Uint8Array ? found : Uint8Array.of(198, 51, 100, 1);
  }

  #add(talk: readonly (Cell | number)[] | undefined): Row {
    const near = this.#addressOf('addresses', talk?.[DEVICE]);
    const far = this.#addressOf('remotes', talk?.[REMOTE]);
    const protocol = (talk?.[PROTOCOL] as number | undefined) ?? 6;
    return this.#put(protocol, near, far, 443, (talk?.[0] as number | undefined) ?? null);
  }

  #addOwn(): void {
    this.#put(17, Uint8Array.of(192, 0, 2, 1), Uint8Array.of(198, 51, 100, 53), 53, null);
  }

  #put(protocol: number, near: Uint8Array, far: Uint8Array, port: number, conversation: number | null): Row {
    const id = this.#rows.length + 1;
    const bytes = Math.round(10 ** (2 + 4 * this.#roll()));
    const state = protocol === 6 ? (STATES[Math.floor(this.#roll() * STATES.length)] ?? null) : null;
    const status = this.#roll() < 0.9 ? STATUS : 0b1000;
    const local = 32_768 + (id % 28_000);
    const seen = Math.max(0, this.#room.time - Math.floor(this.#roll() * 58_000));
    const active = seen + Math.floor(this.#roll() * (this.#room.time - seen));
    const row = cells('connections', id, {
      active,
      state,
      status,
      orig_packets: 12,
      orig_bytes: bytes,
      reply_packets: 30,
      reply_bytes: bytes * 9,
      expires: this.#room.time + 120_000,
      mark: 0,
      conversation,
      kernel_id: 900_000 + id,
      zone: 0,
      protocol,
      orig_src: near,
      orig_dst: far,
      reply_src: far,
      reply_dst: Uint8Array.of(203, 0, 113, 9),
      orig_sport: local,
      orig_dport: port,
      reply_sport: port,
      reply_dport: local,
      seen,
    });
    this.#rows.push(row);
    return row;
  }
}
