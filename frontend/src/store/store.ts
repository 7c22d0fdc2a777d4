// SPDX-License-Identifier: MIT
// The tables of the feed on the page's own thread, and what of them is to be shown. Times are the feed's.

import type { TableUpdate, Update } from '../feed/update';
import { plainAddress } from './bytes';
import { CellReader } from './cell-reader';
import { AddressEntity, ConversationEntity, DeviceEntity, readSite, SumEntity } from './entities';
import type { Refs, When } from './entity';
import type { Filter } from './filter';
import {
  CompanyEntity,
  LookupEntity,
  NameEntity,
  NetworkEntity,
  PlaceEntity,
  RemoteEntity,
  SourceEntity,
} from './knowledge';
import type { Conversation, Site } from './rows';
import { select } from './select';
import { Rows, type Table } from './entity-table';
import type { Selection } from './selection';

export class Store {
  /** The time of the last frame taken. */
  now = 0;
  /** True once a whole state is here. */
  ready = false;

  #epoch = '';
  #began = 0;
  #whole = false;
  /** The time of the update before, and whether the present one has parts to come. */
  #before = 0;
  #more = false;
  #version = 0;
  #site: Site | null = null;
  readonly #refs: Refs = {
    sources: (id) => this.#sources.find(id),
    places: (id) => this.#places.find(id),
    networks: (id) => this.#networks.find(id),
    companies: (id) => this.#companies.find(id),
    names: (id) => this.#names.find(id),
    devices: (id) => this.#devices.find(id),
    lookups: (id) => this.#lookups.find(id)?.placed ?? null,
    remotes: (id) => this.#remotes.find(id),
  };
  readonly #sources = new Rows(
    (id) => new SourceEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #places = new Rows(
    (id) => new PlaceEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #networks = new Rows(
    (id) => new NetworkEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #companies = new Rows(
    (id) => new CompanyEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #names = new Rows(
    (id) => new NameEntity(id),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #devices = new Rows(
    (id) => new DeviceEntity(id),
    (entity, row, when) => entity.fill(row, when, this.#refs),
  );
  readonly #addresses = new Rows(
    (id) => new AddressEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #lookups = new Rows(
    (id) => new LookupEntity(id),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #remotes = new Rows(
    (id) => new RemoteEntity(id),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #conversations = new Rows(
    (id) => new ConversationEntity(id),
    (entity, row, when) => entity.fill(row, when, this.#refs),
  );
  readonly #sums = new Rows(
    (id) => new SumEntity(id),
    (entity, row) => entity.fill(row, this.#refs),
  );
  /** In the order in which they lean on each other. */
  readonly #tables: ReadonlyMap<string, Table> = new Map<string, Table>([
    ['sources', this.#sources],
    ['places', this.#places],
    ['networks', this.#networks],
    ['companies', this.#companies],
    ['names', this.#names],
    ['devices', this.#devices],
    ['addresses', this.#addresses],
    ['lookups', this.#lookups],
    ['remotes', this.#remotes],
    ['conversations', this.#conversations],
    ['sums', this.#sums],
  ]);

  /** Takes one part of an update. True when it was the last: there may be something new to show. */
  take(update: Update): boolean {
    if (update.whole) {
      if (update.epoch !== this.#epoch) for (const table of this.#tables.values()) table.clear();
      this.#epoch = update.epoch;
      this.#began = update.began;
      this.#whole = true;
      for (const table of this.#tables.values()) table.begin();
    }
    if (!this.#more) this.#before = this.now;
    this.#more = update.more;
    this.now = update.time;
    const when: When = { now: update.time, before: this.#before, whole: this.#whole };
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
    this.#version += 1;
    return select(
      {
        version: this.#version,
        now: this.now,
        date: this.#began + this.now,
        site: this.#site,
        sources: this.#sources.map,
        devices: this.#devices.map,
        names: this.#names.map,
        lookups: this.#lookups.map,
        conversations: this.#conversations.map,
        sums: this.#sums.map,
      },
      filter,
      plainAddress(filter.address),
    );
  }

  /** A conversation by its id, or null: what the topic `connections` refers to. */
  conversation(id: number | null): Conversation | null {
    return this.#conversations.find(id)?.placed ?? null;
  }

  #takeSite(table: TableUpdate): void {
    const cells = table.rows[0];
    if (cells) this.#site = readSite(new CellReader(table.name, table.columns).row(cells));
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
