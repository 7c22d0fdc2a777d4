// SPDX-License-Identifier: MIT
// A made-up household as frames of the feed, the same in each run: for what the lab's own traffic cannot show at will. The
// domains are real companies' where the picture is to look like a home's, the addresses are documentation addresses.

import { at, bit, cells, ownedBy, type Named } from '../../frontend/src/feed/cells';
import { dice } from '../../frontend/src/feed/dice';
import { encodeFrame } from '../../frontend/src/feed/encode';
import type { Cell } from '../../frontend/src/feed/payload';
import { markedColumns, TOPICS, type ColumnName, type TableName } from '../../frontend/src/feed/schema';

interface TableOf {
  readonly name: string;
  /** With their marks. */
  readonly columns: readonly string[];
  readonly rows: Map<number, Cell[]>;
  /** Ids are never used twice. */
  ids: number;
}

/** name, domain, company, category, list, place, network, cloud. List: 2 built in, 3 the user's, or nothing. */
type Target = readonly [
  string,
  string | null,
  string | null,
  string | null,
  number | null,
  number | null,
  number,
  string | null,
];

const PLACES: readonly (readonly [string | null, string | null, number | null, number | null])[] = [
  ['FI', 'Helsinki', 60.17, 24.94],
  ['SE', 'Stockholm', 59.33, 18.07],
  ['SE', 'Luleå', 65.58, 22.15],
  ['IE', 'Dublin', 53.35, -6.26],
  ['NL', 'Amsterdam', 52.37, 4.9],
  ['DE', 'Frankfurt', 50.11, 8.68],
  ['FR', 'Paris', 48.86, 2.35],
  ['US', 'Ashburn', 39.04, -77.49],
  ['US', 'San Jose', 37.34, -121.89],
  ['US', null, null, null],
  ['SG', 'Singapore', 1.35, 103.82],
  ['JP', 'Tokyo', 35.68, 139.65],
  ['AU', 'Sydney', -33.87, 151.21],
  ['BR', 'São Paulo', -23.55, -46.63],
  ['IN', 'Mumbai', 19.08, 72.88],
  ['CN', null, null, null],
  ['GB', 'London', 51.51, 0],
];

const NETWORKS: readonly (readonly [number, string])[] = [
  [15169, 'Google LLC'],
  [32934, 'Facebook, Inc.'],
  [16509, 'Amazon.com, Inc.'],
  [13335, 'Cloudflare, Inc.'],
  [20940, 'Akamai International B.V.'],
  [8075, 'Microsoft Corporation'],
  [714, 'Apple Inc.'],
  [2906, 'Netflix Streaming Services Inc.'],
  [396986, 'ByteDance Inc.'],
  [54113, 'Fastly, Inc.'],
  [24940, 'Hetzner Online GmbH'],
  [44788, 'Criteo SA'],
];

const TARGETS: readonly Target[] = [
  ['www.youtube.com', 'youtube.com', 'Google', 'video', 2, 1, 1, null],
  ['rr3---sn-5go7yner.googlevideo.com', 'googlevideo.com', 'Google', 'video', 2, 2, 1, null],
  ['pagead2.googlesyndication.com', 'googlesyndication.com', 'Google', 'advertising', 2, 1, 1, null],
  ['www.google-analytics.com', 'google-analytics.com', 'Google', 'analytics', 2, 1, 1, null],
  ['scontent-arn2-1.cdninstagram.com', 'cdninstagram.com', 'Meta', 'social', 2, 2, 2, null],
  ['graph.facebook.com', 'facebook.com', 'Meta', 'social', 2, 3, 2, null],
  ['mmg.whatsapp.net', 'whatsapp.net', 'Meta', 'messaging', 2, 2, 2, null],
  ['occ-0-1-2.1.nflxso.net', 'nflxso.net', 'Netflix', 'video', 2, 2, 8, null],
  ['gateway.icloud.com', 'icloud.com', 'Apple', 'storage', 2, 4, 7, null],
  ['init.push.apple.com', 'apple.com', 'Apple', 'system', 2, 10, 7, null],
  ['v16-webapp.tiktok.com', 'tiktok.com', 'ByteDance', 'video', 2, 11, 9, null],
  ['log.tiktokv.com', 'tiktokv.com', 'ByteDance', 'analytics', 3, 11, 9, null],
  ['bidder.criteo.com', 'criteo.com', 'Criteo', 'advertising', 3, 7, 12, null],
  ['secure.adnxs.com', 'adnxs.com', 'Xandr', 'advertising', 3, 8, 3, null],
  ['www.hs.fi', 'hs.fi', 'Sanoma', 'news', 2, 1, 10, null],
  ['areena.yle.fi', 'yle.fi', 'Yle', 'video', 2, 1, 5, null],
  ['teams.microsoft.com', 'microsoft.com', 'Microsoft', 'work', 2, 5, 6, null],
  ['settings-win.data.microsoft.com', 'microsoft.com', 'Microsoft', 'analytics', 2, 8, 6, null],
  ['api.smartthings.com', 'smartthings.com', 'Samsung', 'smart-home', 2, 4, 3, 'Amazon eu-west-1'],
  ['store.steampowered.com', 'steampowered.com', 'Valve', 'games', 2, 6, 10, null],
  ['audio-fa.scdn.co', 'scdn.co', 'Spotify', 'music', 2, 2, 10, null],
  ['en.wikipedia.org', 'wikipedia.org', 'Wikimedia', 'education', 2, 5, 10, null],
  ['firmware.camera-example.cn', 'camera-example.cn', null, null, null, 16, 11, null],
  ['mask.icloud.com', 'icloud.com', 'Apple', 'relay', 2, 10, 4, null],
  ['time.example.org', 'example.org', null, null, null, 17, 11, null],
];
/** Nobody looked these up: network, place, cloud, special. */
const NAMELESS: readonly (readonly [number | null, number | null, string | null, string | null])[] = [
  [3, 14, 'Amazon ap-south-1', null],
  [11, 6, null, null],
  [3, 12, null, null],
  [10, 13, null, null],
  [null, null, null, null],
  [null, null, null, 'private'],
];
const DEVICES: readonly (readonly [string, string | null, string | null, 'vendor' | 'random' | null])[] = [
  ['Aino', 'ainos-phone', null, 'random'],
  ['Eetu', 'laptop-eetu', 'Intel Corporate', 'vendor'],
  ['Noor', 'television', 'Samsung Electronics', 'vendor'],
  ['Pablo', null, null, 'random'],
  ['Sanni', 'ipad', 'Apple, Inc.', 'vendor'],
  ['Toivo', 'camera', 'Hangzhou Example Technology', 'vendor'],
  ['Game console', 'game-console', 'Nintendo Co.,Ltd', 'vendor'],
  ['Yuki', 'lamp-hub', 'Signify B.V.', 'vendor'],
];

/** What those are that are no person's. */
const THINGS: readonly (string | null)[] = [null, null, 'television', null, null, 'camera', 'console', 'lamp'];

/** What moves with a conversation. */
const MOVES = ['up_bytes', 'down_bytes', 'down_packets'] as const;
/** Where it is in a row. */
const COUNTED = MOVES.map((column) => at('conversations', column));
/** The mask of a change of it. */
const MOVED = MOVES.reduce((mask, column) => mask + bit('conversations', column), 0);
const BEHAVIOURS = ['download', 'upload', 'stream', 'call', 'beacon', 'idle'] as const;

/** The topics of which it has something to tell. */
const TOLD = ['overview', 'identities', 'lookups'] as const;

export interface StoryOptions {
  /** More of everything, with numbers for names: to see a full picture. */
  readonly devices?: number;
  readonly targets?: number;
  /** What is put before each text that comes from outside. */
  readonly hostile?: string;
  readonly epochStart?: number;
}

export class Story {
  time = 60_000;
  sequence = 0;
  readonly #tables: TableOf[] = TOLD.flatMap((topic) =>
    [...TOPICS[topic].keys()].map((name) => ({
      name,
      columns: markedColumns(name as TableName),
      rows: new Map(),
      ids: 0,
    })),
  );
  readonly #roll = dice(7);
  readonly #epochStart: number;
  readonly #prefix: string;
  /** The conversations of those who were met: what they move is told, and not by chance. */
  readonly #met = new Set<number>();

  constructor({
    devices = DEVICES.length,
    targets = TARGETS.length,
    hostile = '',
    epochStart = 1_750_000_000_000,
  }: StoryOptions = {}) {
    this.#epochStart = epochStart;
    this.#prefix = hostile;
    this.#setScene();
    for (let i = 0; i < devices; i += 1) this.#addDevice(i);
    for (let i = 0; i < targets; i += 1) this.#addTarget(i);
    NAMELESS.forEach((one, i) => this.#addNameless(one, i));
    for (let i = 0; i < devices; i += 1) this.#addTalks(i + 1, targets);
    this.#addPast();
  }

  #table(name: string): TableOf {
    const found = this.#tables.find((table) => table.name === name);
    if (!found) throw new Error(`there is no table ${name}`);
    return found;
  }

  /** The row's id. id: of the row of another table to which it belongs. */
  add<T extends TableName>(table: T, values: Named<T>, id?: number): number {
    const found = this.#table(table);
    const own = id ?? (found.ids += 1);
    found.rows.set(own, cells(table, own, values));
    return own;
  }

  #setScene(): void {
    this.add('site', {
      name: 'home',
      mode: 'router',
      connections: 240,
      shown: 200,
      hidden_router: 12,
      hidden_dns: 20,
      hidden_home: 8,
      accounting: true,
      interval: 1000,
      events: true,
      session: 0,
      lookups: 800,
    });
    this.add('sources', {
      kind: 'city',
      state: 'ok',
      type: 'GeoLite2-City',
      built: 1_748_000_000,
      attribution: 'This product includes GeoLite2 data created by MaxMind',
      entries: 4_000_000,
    });
    this.add('sources', { kind: 'companies', state: 'ok', entries: 2400 });
    this.add('sources', { kind: 'list', state: 'ok', name: `${this.#prefix}Household list`, entries: 90_000 });
    this.add('sources', { kind: 'dns', state: 'ok' });
    for (const [country, city, latitude, longitude] of PLACES)
      this.add('places', { country, city: city && this.#prefix + city, latitude, longitude });
    for (const [asn, name] of NETWORKS) this.add('networks', { asn, name: this.#prefix + name });
  }

  #addDevice(i: number): void {
    const [alias, host, vendor, kind] = DEVICES[i % DEVICES.length] ?? ['Aino', null, null, null];
    const name = this.#prefix + (i < DEVICES.length ? alias : `${alias} ${Math.floor(i / DEVICES.length) + 1}`);
    const mac = new Uint8Array([kind === 'random' ? 0x02 : 0x00, 0x1a, 0x2b, 0, i >> 8, i & 255]);
    const id = this.add('devices', {
      active: this.time,
      up_bytes: 0,
      down_bytes: 0,
      up_packets: 0,
      down_packets: 0,
      alias: name,
      self: false,
      seen: i * 900,
      total: 0,
      unseen: 0,
      named: i === 1,
      looked_up: this.time - 5000,
      thing: THINGS[i % DEVICES.length] ?? null,
      thing_sure: i % DEVICES.length !== 5,
    });
    this.add('identities', {
      host_name: host && this.#prefix + host,
      mac,
      mac_kind: kind,
      vendor: vendor && this.#prefix + vendor,
    });
    this.add('addresses', { device: id, address: new Uint8Array([192, 168, 1, (i % 250) + 2]) });
  }

  #company(name: string, category: string | null): number {
    for (const [id, row] of this.#table('companies').rows) if (row[at('companies', 'name')] === name) return id;
    return this.add('companies', { name, category });
  }

  #addTarget(i: number): void {
    const [name, domain, company, category, list, place, network, cloud] = TARGETS[i % TARGETS.length] as Target;
    const round = Math.floor(i / TARGETS.length);
    const more = round === 0 ? '' : String(round);
    const owner =
      company === null ? null : this.#company(this.#prefix + company + (more === '' ? '' : ` ${more}`), category);
    const id = this.add('names', {
      name: `${this.#prefix}${more}${name}`,
      domain: domain && `${this.#prefix}${more}${domain}`,
      company: owner,
      category,
      list,
      domain_category: category,
    });
    const devices = this.#table('devices').rows.size;
    const asked: number[] = [];
    for (let device = 1 + (i % 3); device <= devices && asked.length < 8; device += 1 + (i % 3)) {
      const time = this.time - 900 * device;
      asked.push(this.add('lookups', { asked: time, count: 3, device, name: id, result: 'answered', seen: 1000 }));
    }
    const address = new Uint8Array([198, 51, (i >> 8) & 255, i & 255]);
    const remote = this.add('remotes', { address, place, network, seen: 500, cloud });
    this.add('remote_names', { name: id, names: asked, more_names: i % 5 === 0 ? 3 : null }, remote);
  }

  #addNameless([network, place, cloud, special]: (typeof NAMELESS)[number], i: number): void {
    const company = cloud === null ? null : this.#company(`${this.#prefix}Amazon`, 'shopping');
    this.add('remotes', {
      address: new Uint8Array([203, 0, 113, i + 1]),
      place,
      network,
      special,
      seen: 800,
      company,
      category: cloud === null ? null : 'cloud',
      list: cloud === null ? null : 2,
      cloud,
    });
  }

  #hasAsked(device: number, name: number): boolean {
    const [by, of] = [at('lookups', 'device'), at('lookups', 'name')];
    for (const row of this.#table('lookups').rows.values()) if (row[by] === device && row[of] === name) return true;
    return false;
  }

  #addTalks(device: number, targets: number): void {
    const remotes = this.#table('remotes').rows.size;
    for (let remote = 1; remote <= remotes; remote += 1) {
      if (this.#roll() > 0.4) continue;
      const named = remote <= targets;
      // names and remotes come in the same order
      const own = named && this.#hasAsked(device, remote) ? remote : null;
      const age = this.#roll() < 0.5 ? this.#roll() * 9000 : this.#roll() * 55_000;
      const bytes = Math.round(10 ** (2 + 5 * this.#roll()));
      const udp = this.#roll() < 0.2;
      const behaviour = BEHAVIOURS[Math.floor(this.#roll() * BEHAVIOURS.length)] ?? null;
      const talk = this.add('conversations', {
        active: this.time - age,
        up_bytes: bytes,
        down_bytes: bytes * 8,
        up_packets: 40,
        down_packets: 60,
        open: 1 + Math.floor(this.#roll() * 3),
        connecting: 0,
        total: 4,
        device,
        remote,
        protocol: udp ? 17 : 6,
        port: 443,
        inbound: false,
        seen: 900,
        behaviour,
        ...this.#ownedBy(own, remote),
      });
      if (own !== null) this.add('conversation_names', { name: own }, talk);
    }
  }

  #ownedBy(name: number | null, remote: number): Named<'conversations'> {
    return ownedBy(this.#table('names').rows.get(name ?? 0), this.#table('remotes').rows.get(remote));
  }

  /** What the first two devices talked of long ago, and a device that has left. */
  #addPast(): void {
    const counters = { up_bytes: 1e6, down_bytes: 4e6, up_packets: 900, down_packets: 4000 };
    const past = { ...counters, active: 5000, seen: 800, conversations: 12, total: 30, country: 'FI' };
    const company = this.#company(`${this.#prefix}Yle`, 'news');
    for (const device of [1, 2, null]) this.add('sums', { ...past, device, company, category: 'video' });
    this.add('sums', { ...past, device: 1, network: 11 });
  }

  /** What is new: of the overview, and of lookups. */
  #deltas(news: readonly unknown[], asked: readonly unknown[] = []): readonly Uint8Array[] {
    return [this.#frame('delta', news), this.#frame('delta', asked, 'lookups')];
  }

  #frame(kind: 'keyframe' | 'delta', payload: unknown, topic = 'overview'): Uint8Array {
    return encodeFrame({
      kind,
      topic,
      payload,
      sequence: this.sequence,
      time: Math.round(this.time),
      epochStart: this.#epochStart,
      deflate: kind === 'keyframe',
    });
  }

  /** Null of a topic that is not of this story. */
  keyframe(topic: string): Uint8Array | null;
  keyframe(): Uint8Array;
  keyframe(topic = 'overview'): Uint8Array | null {
    const told = TOLD.find((one) => one === topic);
    if (!told) return null;
    const tables = this.#tables.filter(({ name }) => TOPICS[told].has(name));
    return this.#frame(
      'keyframe',
      tables.map(({ name, columns, rows }) => [name, columns, [...rows.values()]]),
      topic,
    );
  }

  /** So many milliseconds later: that many conversations have moved, of those that are not new. */
  go(ms: number, moved: number): readonly Uint8Array[] {
    this.time += ms;
    this.sequence += 1;
    const { rows } = this.#table('conversations');
    const step = Math.max(1, Math.floor(rows.size / Math.max(1, moved)));
    const changes: number[] = [];
    let before = 0;
    for (let id = 1 + (this.sequence % step); id <= rows.size && changes.length < moved * 5; id += step) {
      const [up, down] = [Math.round(2000 * this.#roll()), Math.round(30_000 * this.#roll() ** 3)];
      const row = rows.get(id);
      if (!row || this.#met.has(id) || row[at('conversations', 'open')] === 0) continue;
      changes.push(id - before, MOVED, up, down, 9);
      before = id;
      row[at('conversations', 'active')] = Math.round(this.time);
      COUNTED.forEach((column, i) => (row[column] = Number(row[column]) + ([up, down, 9][i] ?? 0)));
    }
    return this.#deltas(changes.length === 0 ? [] : [[this.#position('conversations'), [], [], changes]]);
  }

  /** The conversations by this name: their ids and rows. */
  #talksOf(name: string): [number, Cell[]][] {
    const names = [...this.#table('names').rows].filter(([, row]) => row[at('names', 'name')] === name);
    const ids = new Set(names.map(([id]): Cell => id));
    const called = this.#table('conversation_names').rows;
    return [...this.#table('conversations').rows].filter(([id]) =>
      ids.has(called.get(id)?.[at('conversation_names', 'name')] ?? null),
    );
  }

  /** In the deltas of its topic a table goes by its place. */
  #position(table: TableName): number {
    return Math.max(...TOLD.map((topic) => [...TOPICS[topic].keys()].indexOf(table)));
  }

  /** The last connection of what is talked with somebody by this name goes. */
  end(name: string): readonly Uint8Array[] {
    this.time += 100;
    this.sequence += 1;
    let before = 0;
    const changes = this.#talksOf(name).flatMap(([id, row]) => {
      const step = id - before;
      before = id;
      row[at('conversations', 'open')] = 0;
      return [step, bit('conversations', 'open'), 0];
    });
    return this.#deltas([[this.#position('conversations'), [], [], changes]]);
  }

  /** What has ended by this name, which is a domain without a company, is kept as a sum only. */
  fold(name: string): readonly Uint8Array[] {
    this.time += 100;
    this.sequence += 1;
    let before = 0;
    const gone: number[] = [];
    const [sums, called]: [Cell[][], Cell[][]] = [[], []];
    for (const [id, row] of this.#talksOf(name)) {
      gone.push(id - before);
      before = id;
      this.#table('conversations').rows.delete(id);
      const own = this.#table('conversation_names').rows.get(id)?.[at('conversation_names', 'name')] ?? null;
      this.#table('conversation_names').rows.delete(id);
      const same = ['active', 'up_bytes', 'down_bytes', 'up_packets', 'down_packets', 'total', 'device', 'seen'];
      const values = same.map((column) => [
        column,
        row[at('conversations', column as ColumnName<'conversations'>)] ?? null,
      ]);
      const sum = this.add('sums', {
        ...(Object.fromEntries(values) as Named<'sums'>),
        conversations: 1,
        country: 'DE',
      });
      sums.push(this.#table('sums').rows.get(sum) ?? []);
      this.add('sum_names', { name: own }, sum);
      called.push(this.#table('sum_names').rows.get(sum) ?? []);
    }
    return this.#deltas(
      [
        [this.#position('conversations'), gone],
        [this.#position('sums'), [], sums],
      ],
      [
        [this.#position('conversation_names'), gone],
        [this.#position('sum_names'), [], called],
      ],
    );
  }

  /** A device begins to talk to somebody whom nobody here had talked to. */
  meet(device: number, name: string): readonly Uint8Array[] {
    this.time += 100;
    this.sequence += 1;
    const news = <T extends TableName>(
      table: T,
      values: Named<T>,
      of?: number,
    ): { readonly id: number; readonly news: unknown[] } => {
      const id = this.add(table, values, of);
      return { id, news: [this.#position(table), [], [this.#table(table).rows.get(id)]] };
    };
    const asked = news('names', { name });
    const lookup = news('lookups', {
      asked: this.time,
      count: 1,
      device,
      name: asked.id,
      result: 'answered',
      seen: this.time,
    });
    const remote = news('remotes', {
      address: new Uint8Array([203, 0, 113, 200]),
      place: 6,
      network: 11,
      seen: this.time,
    });
    const named = news('remote_names', { name: asked.id, names: [lookup.id] }, remote.id);
    const talk = news('conversations', {
      active: this.time,
      up_bytes: 900,
      down_bytes: 4000,
      up_packets: 4,
      down_packets: 6,
      open: 1,
      connecting: 0,
      total: 1,
      device,
      remote: remote.id,
      protocol: 6,
      port: 443,
      inbound: false,
      seen: this.time,
      ...this.#ownedBy(asked.id, remote.id),
    });
    const own = news('conversation_names', { name: asked.id }, talk.id);
    this.#met.add(talk.id);
    return this.#deltas([remote.news, talk.news], [asked.news, lookup.news, named.news, own.news]);
  }
}
