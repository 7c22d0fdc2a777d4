// SPDX-License-Identifier: MIT
// The tables of the feed on the page's own thread, and what of them is to be shown. Times are the feed's.

import type { TableUpdate, Update } from '../feed/update';
import { Attached } from './attached';
import { plainAddress } from './bytes';
import { CellReader } from './cell-reader';
import {
  AddressEntity,
  ConversationEntity,
  DeviceEntity,
  readIdentity,
  readSite,
  SumEntity,
  UNIDENTIFIED,
} from './entities';
import type { Refs, When } from './entity';
import type { Filter } from './filter';
import { CompanyEntity, NetworkEntity, PlaceEntity, RemoteEntity, SourceEntity } from './knowledge';
import { LookupTables } from './lookup-tables';
import type { Conversation, Device, Site } from './rows';
import { select } from './select';
import { siteOf } from './site';
import { Rows, type Table } from './entity-table';
import { MarkEntity, RoomEntity, roomOf } from './room';
import type { Selection } from './selection';

/** What belongs to a site as a whole. */
interface Shown {
  /** The time of its last update, and of the one before. */
  now: number;
  before: number;
  row: Site | null;
}

function readSiteOf(table: TableUpdate): Site | null {
  const cells = table.rows[0];
  return cells ? readSite(new CellReader(table.name, table.columns).row(cells)) : null;
}

export class Store {
  /** The time of the last frame taken. */
  now = 0;
  /** True once a whole state is here. */
  ready = false;

  #epoch = '';
  #began = 0;
  #whole = false;
  /** The time before the state that is just coming. */
  #before = 0;
  #version = 0;
  /** By their names. */
  readonly #sites = new Map<string, Shown>();
  readonly #refs: Refs = {
    sources: (id) => this.#sources.find(id),
    places: (id) => this.#places.find(id),
    networks: (id) => this.#networks.find(id),
    companies: (id) => this.#companies.find(id),
    names: (id) => this.#asked.names.find(id),
    devices: (id) => this.#devices.find(id),
    lookups: (id) => this.#asked.lookups.find(id)?.placed ?? null,
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
  readonly #asked: LookupTables = new LookupTables(this.#refs, {
    remotes: (id) => this.#remotes.find(id),
    conversations: (id) => this.#conversations.find(id),
    sums: (id) => this.#sums.find(id),
  });
  readonly #identities = new Attached(UNIDENTIFIED, (id) => this.#devices.find(id), readIdentity);
  readonly #devices = new Rows(
    (id) => this.#identified(new DeviceEntity(id)),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #addresses = new Rows(
    (id) => new AddressEntity(id),
    (entity, row) => entity.fill(row),
  );
  readonly #remotes = new Rows(
    (id) => this.#asked.remotes.attach(new RemoteEntity(id)),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #conversations = new Rows(
    (id) => this.#asked.conversations.attach(new ConversationEntity(id)),
    (entity, row, when) => entity.fill(row, when, this.#refs),
  );
  readonly #sums = new Rows(
    (id) => this.#asked.sums.attach(new SumEntity(id)),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #rooms = new Rows(
    (id) => new RoomEntity(id),
    (entity, row) => entity.fill(row, this.#refs),
  );
  readonly #marks = new Rows(
    (id) => new MarkEntity(id),
    (entity, row) => entity.fill(row),
  );
  /** In the order in which they lean on each other. */
  readonly #tables: ReadonlyMap<string, Table> = new Map<string, Table>([
    ['sources', this.#sources],
    ['places', this.#places],
    ['networks', this.#networks],
    ['companies', this.#companies],
    ['devices', this.#devices],
    ['remotes', this.#remotes],
    ['conversations', this.#conversations],
    ['sums', this.#sums],
    ['room', this.#rooms],
    ['marks', this.#marks],
  ]);

  /** By device. */
  #texts: ReadonlyMap<number, readonly string[]> = new Map();

  /** Takes one part of an update. True when it was the last: there may be something new to show. */
  take(update: Update): boolean {
    if (update.topic === 'identities') return this.#takeIdentities(update);
    if (update.topic === 'lookups') {
      this.#asked.take(update, this.now);
      return !update.more && this.ready;
    }
    if (update.whole) {
      if (update.epoch !== this.#epoch) this.#clear();
      this.#epoch = update.epoch;
      this.#began = update.began;
      this.#before = this.now;
      this.#whole = true;
      for (const table of this.#tables.values()) table.begin();
    }
    const site = this.#shownOf(update);
    // one of several sites may be a little behind the others
    this.now = Math.max(...[...this.#sites.values()].map(({ now }) => now));
    const when: When = { now: update.time, before: site.before, whole: this.#whole };
    for (const table of update.tables) {
      if (table.name === 'site') site.row = readSiteOf(table) ?? site.row;
      else this.#tables.get(table.name)?.take(table, when);
    }
    if (update.more) return false;
    if (this.#whole) for (const table of this.#tables.values()) table.end(this.now, this.#before);
    this.#whole = false;
    this.ready = true;
    for (const table of this.#tables.values()) table.sweep(this.now);
    this.#asked.sweep(this.now);
    return true;
  }

  /** Forgets what was looked up: the viewer may not see it any more. */
  forgetLookups(): void {
    this.#asked.clear();
  }

  /** The same of what the devices' people may be known by. */
  forgetIdentities(): void {
    this.#identities.clear();
    this.#addresses.clear();
    this.#readdress();
  }

  /** Forgets everything, as before the first frame. */
  reset(): void {
    this.#clear();
    this.#epoch = '';
    this.#whole = false;
    this.ready = false;
  }

  select(filter: Filter): Selection {
    this.#version += 1;
    return select(
      {
        version: this.#version,
        now: this.now,
        date: this.#began + this.now,
        site: siteOf([...this.#sites.values()].flatMap(({ row }) => row ?? [])),
        together: this.#sites.size > 1,
        room: roomOf(this.#rooms.map.values()),
        marks: this.#marks.map,
        sources: this.#sources.map,
        devices: this.#devices.map,
        names: this.#asked.names.map,
        lookups: this.#asked.lookups.map,
        lookupsTold: this.#asked.told,
        conversations: this.#conversations.map,
        sums: this.#sums.map,
      },
      filter,
      { address: plainAddress(filter.address), own: filter.own?.epoch === this.#epoch ? filter.own.device : null },
    );
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** Who holds the address, and whether the device is there; how many are, where it is not known. For Myself. */
  whose(address: string, device: number | null): string {
    const here = [...this.#devices.map.values()].filter(({ gone }) => gone === null);
    const plain = plainAddress(address);
    const holder = here.find(({ addresses }) => addresses.includes(plain));
    return `${this.#epoch} ${holder?.id ?? ''} ${device === null ? here.length : here.some(({ id }) => id === device)}`;
  }

  /** A conversation by its id, or null: what the topic `connections` refers to. */
  conversation(id: number | null): Conversation | null {
    return this.#conversations.find(id)?.placed ?? null;
  }

  /** What the topic `history` refers to. */
  device(id: number | null): Device | null {
    return this.#devices.find(id);
  }

  #clear(): void {
    for (const table of this.#tables.values()) table.clear();
    this.#sites.clear();
    this.forgetIdentities();
    this.forgetLookups();
  }

  /** They are of the epoch that is shown: the worker sees to that. */
  #takeIdentities({ whole, more, time: now, tables }: Update): boolean {
    if (whole) this.forgetIdentities();
    for (const table of tables) {
      if (table.name === 'identities') this.#identities.take(table);
      else if (table.name === 'addresses') this.#addresses.take(table, { now, before: now, whole });
    }
    // nothing of it fades
    this.#addresses.sweep(Infinity);
    if (!more) this.#readdress();
    return !more && this.ready;
  }

  #identified(device: DeviceEntity): DeviceEntity {
    device.addresses = this.#texts.get(device.id) ?? [];
    return this.#identities.attach(device);
  }

  #shownOf({ site: name, time }: Update): Shown {
    const site = this.#sites.get(name) ?? { now: time, before: 0, row: null };
    this.#sites.set(name, site);
    // the parts of an update are of one time
    if (site.now !== time) {
      site.before = site.now;
      site.now = time;
    }
    return site;
  }

  #readdress(): void {
    const lists = new Map<number, string[]>();
    for (const { device, text, left } of this.#addresses.map.values()) {
      if (device === null || left !== null || text === '') continue;
      const list = lists.get(device);
      if (list) list.push(text);
      else lists.set(device, [text]);
    }
    this.#texts = lists;
    for (const device of this.#devices.map.values()) device.addresses = lists.get(device.id) ?? [];
  }
}
