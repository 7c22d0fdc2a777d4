// SPDX-License-Identifier: MIT
// A room that nobody is in: frames as a collector would send them, of any size, the same in each run.

import { at, bit, cells, ownedBy, type Named } from '../../frontend/src/feed/cells';
import { dice } from '../../frontend/src/feed/dice';
import { encodeFrame } from '../../frontend/src/feed/encode';
import type { Cell } from '../../frontend/src/feed/payload';
import { markedColumns, TOPICS, type ColumnName, type TableName, type Topic } from '../../frontend/src/feed/schema';
import { madePast } from './made-past';
import { MadeSums } from './made-sums';

type Row = [number, ...Cell[]];

const NO_VOTES = { votes_first: 0, votes_second: 0, votes_third: 0, votes_fourth: 0 };

export interface RoomSize {
  readonly devices: number;
  readonly remotes: number;
  readonly conversations: number;
  readonly lookups?: number;
  /** Conversations that have ended, as many as are kept one by one; and sums of those that are not. */
  readonly ended?: number;
  readonly sums?: number;
}

/** How many conversations move, come and end, and how many names with their lookups are new instead of the oldest. */
export interface Change {
  readonly moving?: number;
  readonly coming?: number;
  readonly going?: number;
  readonly turnover?: number;
}

/** Country, city, latitude, longitude. */
export const CITIES: readonly (readonly [string, string, number, number])[] = [
  ['FI', 'Helsinki', 60.17, 24.94],
  ['SE', 'Stockholm', 59.33, 18.07],
  ['DE', 'Frankfurt', 50.11, 8.68],
  ['NL', 'Amsterdam', 52.37, 4.9],
  ['IE', 'Dublin', 53.35, -6.26],
  ['FR', 'Paris', 48.86, 2.35],
  ['GB', 'London', 51.51, -0.13],
  ['US', 'Ashburn', 39.04, -77.49],
  ['US', 'San Jose', 37.34, -121.89],
  ['US', 'Council Bluffs', 41.26, -95.86],
  ['BR', 'São Paulo', -23.55, -46.63],
  ['JP', 'Tokyo', 35.68, 139.69],
  ['SG', 'Singapore', 1.35, 103.82],
  ['AU', 'Sydney', -33.87, 151.21],
  ['IN', 'Mumbai', 19.08, 72.88],
  ['ZA', 'Johannesburg', -26.2, 28.05],
];
/** Company, its domain, category. Companies that everyone knows, so that pictures of the room can be judged. */
const COMPANIES: readonly (readonly [string, string, string])[] = [
  ['Google', 'google.com', 'search'],
  ['YouTube', 'youtube.com', 'video'],
  ['DoubleClick', 'doubleclick.net', 'advertising'],
  ['Google Analytics', 'google-analytics.com', 'analytics'],
  ['Meta', 'facebook.com', 'social'],
  ['Instagram', 'instagram.com', 'social'],
  ['WhatsApp', 'whatsapp.net', 'messaging'],
  ['Microsoft', 'microsoft.com', 'system'],
  ['Apple', 'apple.com', 'system'],
  ['Netflix', 'nflxvideo.net', 'video'],
  ['Spotify', 'scdn.co', 'music'],
  ['TikTok', 'tiktokv.com', 'video'],
  ['Snap', 'snapchat.com', 'social'],
  ['Amazon', 'amazon.com', 'shopping'],
  ['Cloudflare', 'cloudflare-dns.com', 'encrypted-dns'],
  ['Yle', 'yle.fi', 'news'],
  ['Criteo', 'criteo.com', 'advertising'],
  ['Valve', 'steamcontent.com', 'games'],
  ['Discord', 'discord.gg', 'messaging'],
  ['Adobe', 'demdex.net', 'analytics'],
];
const NETWORKS = [
  'Google LLC',
  'Meta Platforms',
  'Amazon.com',
  'Microsoft',
  'Akamai',
  'Cloudflare',
  'Fastly',
  'Hetzner Online',
  'Telia Company',
  'Apple Inc.',
];
const ALIASES = [
  'Aino',
  'Onni',
  'Väinö',
  'Eila',
  'Miikka',
  'Sofia',
  'Noah',
  'Zainab',
  'Mateo',
  'Yuki',
  'Amara',
  'Linnea',
  'Oskar',
  'Freya',
  'Ravi',
  'Ilse',
  'Tomoko',
  'Pedro',
  'Chloé',
  'Björn',
];
const HOSTS = [
  'iPhone',
  'Galaxy-S23',
  'LAPTOP-4F2K',
  'Chromecast',
  'PS5',
  'printer',
  'iPad',
  'Pixel-8',
  'hue-bridge',
  'MacBook-Air',
];
/** What those of HOSTS are. */
const THINGS = [null, null, null, 'television', 'console', 'printer', null, null, 'lamp', null];
const VENDORS = ['Apple', 'Samsung', 'Intel', 'Google', 'Sony', 'HP', 'Signify', 'Espressif'];
const BEHAVIOURS = ['download', 'upload', 'stream', 'call', 'beacon', 'idle'];
const RESULTS = ['answered', 'answered', 'answered', 'nxdomain', 'blocked', 'nodata'];

const tablesOf = (topic: Topic): TableName[] => [...TOPICS[topic].keys()] as TableName[];
const OVERVIEW = tablesOf('overview');
const DEVICES = OVERVIEW.indexOf('devices');
const CONVERSATIONS = OVERVIEW.indexOf('conversations');
const SUMS = OVERVIEW.indexOf('sums');
const ROOM = OVERVIEW.indexOf('room');
const ASKED = tablesOf('lookups');
const NAMES = ASKED.indexOf('names');
const LOOKUPS = ASKED.indexOf('lookups');
const CONVERSATION_NAMES = ASKED.indexOf('conversation_names');
const SUM_NAMES = ASKED.indexOf('sum_names');
/** The topics of which a room has something to tell. */
const TOLD = ['overview', 'identities', 'lookups', 'history'] as const;
/** More rounds than these make no more sums. */
const SUM_TRIES = 40;
/** Counters that move together: `up_bytes` to `down_packets`, in this order. */
const COUNTERS = ['up_bytes', 'down_bytes', 'up_packets', 'down_packets'] as const;

/** The same as the mask of a change. */
const COUNTED = {
  devices: COUNTERS.reduce((bits, column) => bits + bit('devices', column), 0),
  conversations: COUNTERS.reduce((bits, column) => bits + bit('conversations', column), 0),
} as const;

/** Counts up in a row of one of the two tables that have traffic. */
function count(table: 'devices' | 'conversations', row: Row, more: readonly number[], time: number): void {
  row[at(table, 'active')] = time;
  COUNTERS.forEach((column, i) => {
    row[at(table, column)] = (row[at(table, column)] as number) + (more[i] ?? 0);
  });
}

function traffic([up_bytes = 0, down_bytes = 0, up_packets = 0, down_packets = 0]: readonly number[]) {
  return { up_bytes, down_bytes, up_packets, down_packets };
}

const NAMES_MOST = 2000;

function ipv4(first: number, index: number): Uint8Array {
  return Uint8Array.of(first, 100 + ((index >> 16) & 63), (index >> 8) & 255, index & 255);
}

export class MadeRoom {
  /** Milliseconds of the epoch. */
  time = 60_000;
  readonly #roll = dice(42);
  readonly #rows: Record<string, Row[]>;
  /** Of conversations: the names that their devices looked up. */
  readonly #own = new WeakMap<Row, number>();
  readonly epochStart: number;
  #sequence = 0;
  #nextConversation: number;
  #nextLookup: number;
  /** The oldest first. */
  readonly #ended: Row[];
  readonly #sums: MadeSums;
  readonly #keeps: number;
  #led = false;

  /** text: makes another text of each that a person may read, as for hostile ones. viewer: address of the first device. */
  constructor(
    size: RoomSize,
    text: (value: string, what: string) => string = (value) => value,
    viewer = '127.0.0.1',
    epochStart = 1_700_000_000_000,
  ) {
    this.epochStart = epochStart;
    this.#rows = this.#make(size, text, viewer);
    this.#rows.conversations = Array.from({ length: size.conversations }, (_, i) =>
      this.#conversation(i + 1, this.time - Math.floor(this.#roll() * 50_000)),
    );
    Object.assign(this.#rows, madePast(this.#rows, text, this.time));
    this.#keeps = size.ended ?? 0;
    this.#ended = Array.from({ length: this.#keeps }, (_, i) =>
      this.#end(this.#conversation(size.conversations + 1 + i, this.time - 5000 - Math.floor(this.#roll() * 50_000))),
    );
    this.#nextConversation = size.conversations + this.#keeps + 1;
    this.#nextLookup = size.lookups ?? 0;
    this.#sums = new MadeSums(this.#rows, (talk) => this.#own.get(talk) ?? null);
    const sums = size.sums ?? 0;
    for (let i = 0; i < SUM_TRIES * sums && this.#sums.rows.length < sums; i += 1)
      this.#sums.fold(this.#conversation(0, 1000));
    this.#sums.news();
  }

  /** Of conversations those that are alive. */
  rows(table: string): readonly Row[] {
    return this.#rows[table] ?? [];
  }

  /** Whoever leads the room says so, with the next delta. values: by the columns of the table room. */
  lead(values: Named<'room'>): void {
    const row = this.#rows.room?.[0];
    for (const [name, value] of Object.entries(values)) if (row) row[at('room', name as ColumnName<'room'>)] = value;
    this.#led = true;
  }

  /** Null of a topic that is not of a room. */
  keyframe(topic: string): Uint8Array | null;
  keyframe(): Uint8Array;
  keyframe(topic = 'overview'): Uint8Array | null {
    const told = TOLD.find((one) => one === topic);
    if (!told) return null;
    const conversations = [...(this.#rows.conversations ?? []), ...this.#ended].sort((a, b) => a[0] - b[0]);
    const rows: Record<string, readonly Row[]> = {
      ...this.#rows,
      conversations,
      conversation_names: this.#called(conversations),
      sums: this.#sums.rows,
      sum_names: this.#sums.called,
    };
    const payload = tablesOf(told).map((name) => [name, markedColumns(name), rows[name] ?? []]);
    return this.#frame('keyframe', payload, true, told);
  }

  /** What these are called: rows of conversation_names. */
  #called(conversations: readonly Row[]): Row[] {
    return conversations.flatMap((row) => {
      const name = this.#own.get(row);
      return name === undefined ? [] : [cells('conversation_names', row[0], { name })];
    });
  }

  /** The next deltas, so many milliseconds later: of the overview and of lookups; nothing of identities and of the history ever changes. */
  delta(ms: number, { moving = 0, coming = 0, going = 0, turnover = 0 }: Change = {}): readonly Uint8Array[] {
    this.time += ms;
    this.#sequence += 1;
    const conversations = this.#rows.conversations ?? [];
    const ended = conversations.splice(0, going).map((row) => this.#end(row));
    this.#ended.push(...ended);
    const gone = this.#ended.splice(0, Math.max(0, this.#ended.length - this.#keeps));
    for (const row of gone) this.#sums.fold(row);
    const made = Array.from({ length: coming }, () => this.#conversation(this.#nextConversation++, this.time));
    const { changes, devices } = this.#move(moving, new Set(ended.filter((row) => !gone.includes(row))));
    conversations.push(...made);
    const sums = this.#sums.news();
    const asked = turnover === 0 ? null : this.#turn(turnover);
    const news: unknown[] = [];
    if (devices.length > 0) news.push([DEVICES, [], [], this.#changes('devices', devices)]);
    const left = gone.map(([id]) => id).sort((a, b) => a - b);
    if (left.length + made.length + changes.length > 0)
      news.push([CONVERSATIONS, this.#steps(left), made.map((row) => [...row]), changes]);
    if (sums.rows.length + sums.changes.length > 0) news.push([SUMS, [], sums.rows, sums.changes]);
    if (this.#led) news.push([ROOM, [], [], this.#told()]);
    this.#led = false;
    const unnamed = this.#called(gone).map(([id]) => id);
    const lookups = [
      [NAMES, [], [...sums.names, ...(asked?.names ?? [])]],
      [LOOKUPS, this.#steps(asked?.gone ?? []), asked?.lookups ?? []],
      [CONVERSATION_NAMES, this.#steps(unnamed.sort((a, b) => a - b)), this.#called(made)],
      [SUM_NAMES, [], sums.called],
    ];
    return [this.#frame('delta', news, false), this.#frame('delta', lookups, false, 'lookups')];
  }

  /** All that is said of the room, as a change of its row. */
  #told(): Cell[] {
    const [id = 1, ...values] = this.#rows.room?.[0] ?? [];
    return [id, 2 ** values.length - 1, ...values];
  }

  /** The changes of so many conversations that move and of those that have ended, and what their devices move. */
  #move(
    moving: number,
    ended: ReadonlySet<Row>,
  ): { readonly changes: number[]; readonly devices: readonly (readonly [number, readonly number[]])[] } {
    const conversations = this.#rows.conversations ?? [];
    const changed = new Set<Row>();
    while (changed.size < Math.min(moving, conversations.length)) {
      const row = conversations[Math.floor(this.#roll() * conversations.length)];
      if (row) changed.add(row);
    }
    const devices = new Map<number, number[]>();
    const changes: number[] = [];
    let before = 0;
    for (const row of [...changed, ...ended].sort((a, b) => a[0] - b[0])) {
      const step = row[0] - before;
      before = row[0];
      if (ended.has(row)) {
        changes.push(step, bit('conversations', 'open'), 0);
        continue;
      }
      const more = this.#more();
      changes.push(step, COUNTED.conversations, ...more);
      count('conversations', row, more, this.time);
      const device = row[at('conversations', 'device')] as number;
      const sum = devices.get(device) ?? [0, 0, 0, 0];
      devices.set(
        device,
        sum.map((value, i) => value + (more[i] ?? 0)),
      );
    }
    for (const [id, more] of devices) {
      const row = (this.#rows.devices ?? [])[id - 1];
      if (row) count('devices', row, more, this.time);
    }
    return { changes, devices: [...devices].sort((a, b) => a[0] - b[0]) };
  }

  /** Its last connection has gone. */
  #end(row: Row): Row {
    row[at('conversations', 'open')] = 0;
    return row;
  }

  /** Names stay, as the conversations of the far past have them; only so many are ever new. */
  #turn(count: number): { readonly names: Row[]; readonly gone: number[]; readonly lookups: Row[] } {
    const { lookups = [], names = [] } = this.#rows;
    const gone = lookups.splice(0, count).map(([id]) => id);
    const made: { readonly names: Row[]; readonly lookups: Row[] } = { names: [], lookups: [] };
    for (let i = 0; i < count; i += 1) {
      const name: Row =
        names.length < NAMES_MOST
          ? cells('names', names.length + 1, { name: `new-${names.length + 1}.example` })
          : (names[names.length - 1] as Row);
      if (names.length < NAMES_MOST) {
        names.push(name);
        made.names.push(name);
      }
      this.#nextLookup += 1;
      const lookup = cells('lookups', this.#nextLookup, {
        asked: this.time,
        count: 1,
        device: 1 + this.#below((this.#rows.devices ?? []).length),
        name: name[0],
        result: 'answered',
        seen: this.time,
      });
      lookups.push(lookup);
      made.lookups.push(lookup);
    }
    return { gone, ...made };
  }

  #frame(kind: 'keyframe' | 'delta', payload: unknown, deflate: boolean, topic: Topic = 'overview'): Uint8Array {
    return encodeFrame({
      kind,
      topic,
      sequence: topic === 'identities' ? 0 : this.#sequence,
      payload,
      deflate,
      time: this.time,
      epochStart: this.epochStart,
    });
  }

  #steps(ids: readonly number[]): number[] {
    return ids.map((id, i) => id - (ids[i - 1] ?? 0));
  }

  #changes(table: 'devices', rows: readonly (readonly [number, readonly number[]])[]): number[] {
    return rows.flatMap(([id, more], i) => [id - (rows[i - 1]?.[0] ?? 0), COUNTED[table], ...more]);
  }

  #more(): number[] {
    const size = 10 ** (2 + 3.5 * this.#roll());
    return [Math.round(size * 0.1), Math.round(size), Math.ceil(size / 9000), Math.ceil(size / 1400)];
  }

  #below(count: number): number {
    return Math.floor(this.#roll() * count);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #conversation(id: number, seen: number): Row {
    const remotes = this.#rows.remotes ?? [];
    // some are much more popular than others
    const remote = remotes[Math.floor(remotes.length * this.#roll() ** 2)];
    const device = 1 + this.#below((this.#rows.devices ?? []).length);
    const asked = (this.#rows.remote_names ?? [])[(remote?.[0] ?? 0) - 1]?.[at('remote_names', 'name')];
    const name = this.#roll() < 0.8 && typeof asked === 'number' ? asked : null;
    const row = cells('conversations', id, {
      active: seen,
      ...traffic(this.#more()),
      open: 1,
      connecting: 0,
      total: 1,
      device,
      remote: remote?.[0] ?? 1,
      protocol: this.#roll() < 0.8 ? 6 : 17,
      port: this.#roll() < 0.9 ? 443 : 80,
      inbound: this.#roll() < 0.02,
      seen,
      behaviour: this.#roll() < 0.7 ? this.#pick(BEHAVIOURS) : null,
      ...ownedBy(this.#rows.names?.[Number(name) - 1], remote),
    });
    if (name !== null) this.#own.set(row, name);
    return row;
  }

  #make(size: RoomSize, text: (value: string, what: string) => string, viewer: string): Record<string, Row[]> {
    const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
    const named = COMPANIES.length * 3;
    const rows: Record<string, Row[]> = {};
    rows.site = [
      cells('site', 1, {
        name: text('home', 'site'),
        mode: 'router',
        connections: size.conversations,
        shown: size.conversations,
        hidden_router: 31,
        hidden_dns: 12,
        hidden_home: 4,
        accounting: true,
        interval: 1000,
        dump_cost: 900,
        events: true,
        event_losses: 0,
        full_connections: 0,
        full_devices: 0,
        full_remotes: 0,
        full_conversations: 0,
        dropped_frames: 0,
        keyframe_bytes: 100_000,
        keyframe_limit: 32_000_000,
        rivals: false,
        session: 1000,
        lookups: size.lookups ?? 0,
        lookup_losses: 0,
        full_lookups: 0,
        zeroed: 0,
        uncounted: 0,
      }),
    ];
    rows.sources = [
      cells('sources', 1, {
        kind: 'city',
        state: 'ok',
        type: text('DBIP-City-Lite', 'type'),
        built: 1_756_684_800,
        attribution: text('IP Geolocation by DB-IP', 'attribution'),
        entries: 3_000_000,
      }),
      cells('sources', 2, { kind: 'asn', state: 'missing', detail: text('No file was found.', 'detail') }),
      cells('sources', 3, { kind: 'dns', state: 'ok', name: text('the journal', 'source') }),
      cells('sources', 4, { kind: 'companies', state: 'ok', built: 1_756_684_800, entries: 2500 }),
      cells('sources', 5, {
        kind: 'list',
        state: 'broken',
        detail: text('Line 3 is no domain.', 'detail'),
        name: text('Ads of the household', 'source'),
        entries: 90_000,
        broken: 3,
      }),
      cells('sources', 6, { kind: 'vendors', state: 'missing' }),
      cells('sources', 7, { kind: 'leases', state: 'ok', entries: 14 }),
    ];
    rows.places = CITIES.map(([country, city, latitude, longitude], i) =>
      cells('places', i + 1, {
        country,
        region: text('Region', 'region'),
        city: text(city, 'city'),
        latitude,
        longitude,
      }),
    );
    rows.places.push(cells('places', CITIES.length + 1, { country: 'CA', latitude: 56, longitude: -106 }));
    rows.networks = NETWORKS.map((name, i) =>
      cells('networks', i + 1, { asn: 64_500 + i, name: text(name, 'network') }),
    );
    rows.companies = COMPANIES.map(([name, , category], i) =>
      cells('companies', i + 1, { name: text(name, 'company'), category }),
    );
    rows.names = ids(Math.max(named, Math.ceil(size.remotes * 0.8))).map((id): Row => {
      const known = COMPANIES[(id - 1) % COMPANIES.length];
      const domain = id <= named && known ? known[1] : `site-${id}.example`;
      const host = ['www', 'api', 'cdn', 'edge', 'static'][id % 5] ?? 'www';
      const company = id <= named ? ((id - 1) % COMPANIES.length) + 1 : null;
      return cells('names', id, {
        name: text(`${host}.${domain}`, 'name'),
        domain: text(domain, 'domain'),
        company,
        category: id <= named && known ? known[2] : null,
        list: company === null ? null : 4,
        domain_category: id <= named && known ? known[2] : null,
      });
    });
    rows.devices = ids(size.devices).map((id): Row => {
      const alias =
        id <= ALIASES.length
          ? (ALIASES[id - 1] ?? '')
          : `${ALIASES[id % ALIASES.length] ?? ''} ${Math.ceil(id / ALIASES.length)}`;
      return cells('devices', id, {
        active: this.time - 500,
        ...traffic([]),
        alias: text(alias, 'alias'),
        self: false,
        seen: 1000 * id,
        total: 40,
        unseen: id % 7,
        named: id % 5 === 0,
        looked_up: id % 4 === 0 ? null : this.time - 4000,
        hidden_dns: id % 6 === 0 ? this.time - 9000 : null,
        thing: THINGS[id % HOSTS.length] ?? null,
        thing_sure: id % HOSTS.length !== 5,
      });
    });
    rows.home = [cells('home', 1, { networks: ['192.168.1.0/24', 'fd00::/64'] })];
    rows.identities = ids(size.devices).map((id): Row => {
      const random = id % 3 === 0;
      return cells('identities', id, {
        host_name: text(HOSTS[id % HOSTS.length] ?? '', 'host'),
        mac: Uint8Array.of(random ? 2 : 0, 16, 24, 0, id >> 8, id & 255),
        mac_kind: random ? 'random' : 'vendor',
        vendor: random ? null : text(VENDORS[id % VENDORS.length] ?? '', 'vendor'),
      });
    });
    rows.addresses = ids(size.devices).map((id) => cells('addresses', id, { device: id, address: ipv4(192, id) }));
    rows.addresses.push(
      cells('addresses', size.devices + 1, { device: 1, address: Uint8Array.from(viewer.split('.').map(Number)) }),
    );
    rows.room = [cells('room', 1, { names_locked: false, choices: [], ...NO_VOTES })];
    rows.lookups = ids(size.lookups ?? 0).map((id): Row => {
      const asked = this.time - Math.floor(this.#roll() * 59_000);
      return cells('lookups', id, {
        asked,
        count: 1 + this.#below(30),
        device: 1 + this.#below(size.devices),
        name: 1 + Math.floor((rows.names?.length ?? 1) * this.#roll() ** 2),
        result: this.#pick(RESULTS),
        seen: Math.max(0, asked - this.#below(50_000)),
      });
    });
    rows.remote_names = [];
    rows.remotes = ids(size.remotes).map((id): Row => {
      const name = this.#roll() < 0.85 ? 1 + Math.floor((rows.names?.length ?? 1) * this.#roll() ** 2) : null;
      const cloud = name === null && this.#roll() < 0.5 ? text('Amazon eu-north-1', 'cloud') : null;
      const place = this.#roll() < 0.05 ? null : 1 + this.#below(rows.places?.length ?? 1);
      rows.remote_names?.push(cells('remote_names', id, { name }));
      return cells('remotes', id, {
        address: ipv4(100, id),
        place,
        network: 1 + this.#below(NETWORKS.length),
        special: id % 97 === 0 ? 'private' : null,
        seen: 1000,
        cloud,
      });
    });
    return rows;
  }
}
