// SPDX-License-Identifier: MIT
// The tables of the feed on the page's own thread, and what of them is to be shown. Times are the feed's.

import type { TableUpdate, Update } from '../feed/messages';
import { plainAddress } from './bytes';
import { CellReader } from './cells';
import {
  AddressEntity,
  ConversationEntity,
  DeviceEntity,
  NetworkEntity,
  PlaceEntity,
  readSite,
  RemoteEntity,
  SourceEntity,
  type Lookup,
  type When,
} from './entities';
import { FADE } from './freshness';
import type { Conversation, Site } from './rows';
import type { Selection } from '../views/types';

interface Rowlike {
  readonly id: number;
  readonly left: number | null;
  leave(now: number): void;
  stay(): void;
}

class Rows<T extends Rowlike> {
  readonly map = new Map<number, T>();
  readonly #make: (id: number) => T;
  readonly #fill: (entity: T, row: CellReader, when: When) => void;
  /** While a keyframe comes in parts: what it has brought so far. */
  #seen: Set<number> | null = null;

  constructor(make: (id: number) => T, fill: (entity: T, row: CellReader, when: When) => void) {
    this.#make = make;
    this.#fill = fill;
  }

  begin(): void {
    this.#seen = new Set();
  }

  take(update: TableUpdate, when: When): void {
    for (const id of update.gone) this.map.get(id)?.leave(when.now);
    const reader = new CellReader(update.columns);
    for (const cells of update.rows) {
      const row = reader.row(cells);
      let entity = this.map.get(row.id);
      if (!entity) {
        entity = this.#make(row.id);
        this.map.set(row.id, entity);
      }
      entity.stay();
      this.#fill(entity, row, when);
      this.#seen?.add(row.id);
    }
  }

  end(now: number): void {
    const seen = this.#seen;
    this.#seen = null;
    if (seen) for (const entity of this.map.values()) if (!seen.has(entity.id)) entity.leave(now);
  }

  sweep(now: number): void {
    for (const [id, entity] of this.map) if (entity.left !== null && now - entity.left > FADE) this.map.delete(id);
  }
}

/** What the viewer wants to see. */
export interface Filter {
  /** The viewer's address, as the broadcaster told it. */
  readonly address: string;
  /** everyone, me, or a device by its alias. */
  readonly only: { readonly kind: 'all' } | { readonly kind: 'me' } | { readonly kind: 'alias'; readonly alias: string };
}

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id;

export class Store {
  /** The time of the last frame taken. */
  now = 0;
  /** True once a whole state is here. */
  ready = false;

  #epoch = '';
  #whole = false;
  #version = 0;
  #site: Site | null = null;
  readonly #lookup: Lookup = {
    place: (id) => (id === null ? null : (this.#places.map.get(id) ?? null)),
    network: (id) => (id === null ? null : (this.#networks.map.get(id) ?? null)),
    device: (id) => (id === null ? null : (this.#devices.map.get(id) ?? null)),
    remote: (id) => (id === null ? null : (this.#remotes.map.get(id) ?? null)),
  };
  readonly #sources = new Rows((id) => new SourceEntity(id), (entity, row) => entity.fill(row));
  readonly #places = new Rows((id) => new PlaceEntity(id), (entity, row) => entity.fill(row));
  readonly #networks = new Rows((id) => new NetworkEntity(id), (entity, row) => entity.fill(row));
  readonly #devices = new Rows((id) => new DeviceEntity(id), (entity, row, when) => entity.fill(row, when));
  readonly #addresses = new Rows((id) => new AddressEntity(id), (entity, row) => entity.fill(row));
  readonly #remotes = new Rows((id) => new RemoteEntity(id), (entity, row, when) => entity.fill(row, when, this.#lookup));
  readonly #conversations = new Rows(
    (id) => new ConversationEntity(id),
    (entity, row, when) => entity.fill(row, when, this.#lookup),
  );
  /** In the order in which they lean on each other. */
  readonly #tables = new Map<string, Pick<Rows<Rowlike>, 'begin' | 'take' | 'end' | 'sweep'> & { clear(): void }>(
    (
      [
        ['sources', this.#sources],
        ['places', this.#places],
        ['networks', this.#networks],
        ['devices', this.#devices],
        ['addresses', this.#addresses],
        ['remotes', this.#remotes],
        ['conversations', this.#conversations],
      ] as const
    ).map(([name, rows]) => [
      name,
      {
        begin: () => rows.begin(),
        take: (update, when) => rows.take(update, when),
        end: (now) => rows.end(now),
        sweep: (now) => rows.sweep(now),
        clear: () => rows.map.clear(),
      },
    ]),
  );

  /** Takes one part of an update. True when it was the last: there may be something new to show. */
  take(update: Update): boolean {
    if (update.whole) {
      if (update.epoch !== this.#epoch) for (const table of this.#tables.values()) table.clear();
      this.#epoch = update.epoch;
      this.#whole = true;
      for (const table of this.#tables.values()) table.begin();
    }
    this.now = update.time;
    const when: When = { now: update.time, whole: this.#whole };
    for (const table of update.tables) {
      if (table.name === 'site') this.#takeSite(table);
      else this.#tables.get(table.name)?.take(table, when);
      if (table.name === 'addresses') this.#readdress();
    }
    if (update.more) return false;
    if (this.#whole) for (const table of this.#tables.values()) table.end(this.now);
    this.#whole = false;
    this.ready = true;
    for (const table of this.#tables.values()) table.sweep(this.now);
    return true;
  }

  select(filter: Filter): Selection {
    const devices = [...this.#devices.map.values()].sort(byId);
    for (const device of devices) device.measure(this.now);
    const address = plainAddress(filter.address);
    const me = devices.find((device) => device.gone === null && device.addresses.includes(address)) ?? null;
    const wanted = filter.only;
    const only =
      wanted.kind === 'me' ? me : wanted.kind === 'alias' ? (devices.find((d) => d.alias === wanted.alias) ?? null) : null;

    const conversations: Conversation[] = [];
    for (const entity of this.#conversations.map.values()) {
      if (entity.judge(this.now) && entity.placed && (!only || entity.device === only)) {
        entity.measure(this.now);
        conversations.push(entity.placed);
      }
    }
    conversations.sort(byId);
    this.#version += 1;
    return {
      version: this.#version,
      now: this.now,
      site: this.#site,
      sources: [...this.#sources.map.values()],
      devices,
      me,
      only,
      conversations,
    };
  }

  #takeSite(table: TableUpdate): void {
    const cells = table.rows[0];
    if (cells) this.#site = readSite(new CellReader(table.columns).row(cells));
  }

  #readdress(): void {
    const lists = new Map<number, string[]>();
    for (const { device, text, left } of this.#addresses.map.values()) {
      if (device === null || left !== null || text === '') continue;
      const list = lists.get(device);
      if (list) list.push(text);
      else lists.set(device, [text]);
    }
    for (const device of this.#devices.map.values()) device.addresses = lists.get(device.id) ?? [];
  }
}
