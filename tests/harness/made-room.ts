// SPDX-License-Identifier: MIT
// A room that nobody is in: frames of the overview as a collector would send them, of any size, the same in each run.

import { encodeFrame } from '../../frontend/src/feed/encode';

export type Value = null | boolean | number | string | Uint8Array | readonly number[];
type Row = [number, ...Value[]];

export interface RoomSize {
  readonly devices: number;
  readonly remotes: number;
  readonly conversations: number;
  readonly lookups?: number;
}

/** How many conversations move, come and go, and how many names with their lookups are new instead of the oldest. */
export interface Change {
  readonly moving?: number;
  readonly coming?: number;
  readonly going?: number;
  readonly turnover?: number;
}

const CITIES: readonly (readonly [string, string, number, number])[] = [
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
const VENDORS = ['Apple', 'Samsung', 'Intel', 'Google', 'Sony', 'HP', 'Signify', 'Espressif'];
const BEHAVIOURS = ['download', 'upload', 'stream', 'call', 'beacon', 'idle'];
const RESULTS = ['answered', 'answered', 'answered', 'nxdomain', 'blocked', 'nodata'];

const TRAFFIC = ['~active', '+up_bytes', '+down_bytes', '+up_packets', '+down_packets'];
const TABLES: readonly (readonly [string, readonly string[]])[] = [
  [
    'site',
    [
      'name',
      'mode',
      'connections',
      'shown',
      'hidden_router',
      'hidden_dns',
      'hidden_home',
      'accounting',
      'interval',
      'dump_cost',
      'events',
      'event_losses',
      'full_connections',
      'full_devices',
      'full_remotes',
      'full_conversations',
      'dropped_frames',
      'keyframe_bytes',
      'keyframe_limit',
      'rivals',
      'session',
      'networks',
      'lookups',
      'lookup_losses',
      'full_lookups',
    ],
  ],
  ['sources', ['kind', 'state', 'detail', 'type', 'built', 'attribution', 'name', 'entries', 'broken']],
  ['places', ['country', 'region', 'city', 'latitude', 'longitude']],
  ['networks', ['asn', 'name']],
  ['companies', ['name']],
  ['names', ['name', 'domain', 'company', 'category', 'list']],
  [
    'devices',
    [
      ...TRAFFIC,
      'alias',
      'host_name',
      'mac',
      'mac_kind',
      'self',
      'seen',
      '+total',
      '+unseen',
      'vendor',
      'named',
      'looked_up',
      'hidden_dns',
    ],
  ],
  ['addresses', ['device', 'address']],
  ['lookups', ['asked', '+count', 'device', 'name', 'result', 'seen']],
  [
    'remotes',
    [
      'address',
      'place',
      'network',
      'special',
      'seen',
      'name',
      'company',
      'category',
      'list',
      'cloud',
      'names',
      'more_names',
    ],
  ],
  [
    'conversations',
    [
      ...TRAFFIC,
      'open',
      'connecting',
      '+total',
      'device',
      'remote',
      'protocol',
      'port',
      'inbound',
      'seen',
      'name',
      'behaviour',
    ],
  ],
];
const DEVICES = TABLES.findIndex(([name]) => name === 'devices');
const NAMES = TABLES.findIndex(([name]) => name === 'names');
const LOOKUPS = TABLES.findIndex(([name]) => name === 'lookups');
const CONVERSATIONS = TABLES.findIndex(([name]) => name === 'conversations');
/** `up_bytes` to `down_packets`: their bits in a mask of changes. */
const COUNTERS_MASK = 0b11110;

const NAMES_MOST = 2000;

/** Numbers from 0 to 1 that are the same in each run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function ipv4(first: number, index: number): Uint8Array {
  return Uint8Array.of(first, 100 + ((index >> 16) & 63), (index >> 8) & 255, index & 255);
}

export class MadeRoom {
  /** Milliseconds of the epoch. */
  time = 60_000;
  readonly #roll = dice(42);
  readonly #rows: Record<string, Row[]>;
  readonly #epochStart: number;
  #sequence = 0;
  #nextConversation: number;
  #nextLookup: number;

  /** text: makes another text of each that a person may read, as for hostile ones. viewer: address of the first device. */
  constructor(
    size: RoomSize,
    text: (value: string, what: string) => string = (value) => value,
    viewer = '127.0.0.1',
    epochStart = 1_700_000_000_000,
  ) {
    this.#epochStart = epochStart;
    this.#rows = this.#make(size, text, viewer);
    this.#rows.conversations = Array.from({ length: size.conversations }, (_, i) =>
      this.#conversation(i + 1, this.time - Math.floor(this.#roll() * 50_000)),
    );
    this.#nextConversation = size.conversations + 1;
    this.#nextLookup = size.lookups ?? 0;
  }

  rows(table: string): readonly Row[] {
    return this.#rows[table] ?? [];
  }

  keyframe(): Uint8Array {
    const payload = TABLES.map(([name, columns]) => [name, columns, this.#rows[name] ?? []]);
    return this.#frame('keyframe', payload, true);
  }

  /** The next delta, so many milliseconds later. */
  delta(ms: number, { moving = 0, coming = 0, going = 0, turnover = 0 }: Change = {}): Uint8Array {
    this.time += ms;
    this.#sequence += 1;
    const conversations = this.#rows.conversations ?? [];
    const gone = conversations.splice(0, going).map(([id]) => id);
    const made = Array.from({ length: coming }, () => this.#conversation(this.#nextConversation++, this.time));
    const changed = new Set<Row>();
    while (changed.size < Math.min(moving, conversations.length)) {
      const row = conversations[Math.floor(this.#roll() * conversations.length)];
      if (row) changed.add(row);
    }
    const bytes = [...changed].sort((a, b) => a[0] - b[0]);
    const devices = new Map<number, number[]>();
    const changes = this.#changes(
      bytes.map((row) => {
        const more = this.#more();
        row[1] = this.time;
        more.forEach((value, i) => (row[i + 2] = (row[i + 2] as number) + value));
        const sum = devices.get(row[9] as number) ?? [0, 0, 0, 0];
        devices.set(
          row[9] as number,
          sum.map((value, i) => value + (more[i] ?? 0)),
        );
        return [row[0], more] as const;
      }),
    );
    for (const [id, more] of devices) {
      const row = (this.#rows.devices ?? [])[id - 1];
      if (!row) continue;
      row[1] = this.time;
      more.forEach((value, i) => (row[i + 2] = (row[i + 2] as number) + value));
    }
    conversations.push(...made);
    const news: unknown[] = [];
    const asked = turnover === 0 ? null : this.#turn(turnover);
    if (asked) news.push([NAMES, [], asked.names]);
    if (devices.size > 0) news.push([DEVICES, [], [], this.#changes([...devices].sort((a, b) => a[0] - b[0]))]);
    if (asked) news.push([LOOKUPS, this.#steps(asked.gone), asked.lookups]);
    if (gone.length + made.length + bytes.length > 0)
      news.push([CONVERSATIONS, this.#steps(gone), made.map((row) => [...row]), changes]);
    return this.#frame('delta', news, false);
  }

  /** Names stay, as the conversations of the far past have them; only so many are ever new. */
  #turn(count: number): { readonly names: Row[]; readonly gone: number[]; readonly lookups: Row[] } {
    const { lookups = [], names = [] } = this.#rows;
    const gone = lookups.splice(0, count).map(([id]) => id);
    const made: { readonly names: Row[]; readonly lookups: Row[] } = { names: [], lookups: [] };
    for (let i = 0; i < count; i += 1) {
      const name: Row =
        names.length < NAMES_MOST
          ? [names.length + 1, `new-${names.length + 1}.example`]
          : (names[names.length - 1] as Row);
      if (names.length < NAMES_MOST) {
        names.push(name);
        made.names.push(name);
      }
      this.#nextLookup += 1;
      const lookup: Row = [
        this.#nextLookup,
        this.time,
        1,
        1 + this.#below((this.#rows.devices ?? []).length),
        name[0],
        'answered',
        this.time,
      ];
      lookups.push(lookup);
      made.lookups.push(lookup);
    }
    return { gone, ...made };
  }

  #frame(kind: 'keyframe' | 'delta', payload: unknown, deflate: boolean): Uint8Array {
    return encodeFrame({
      kind,
      sequence: this.#sequence,
      payload,
      deflate,
      time: this.time,
      epochStart: this.#epochStart,
    });
  }

  #steps(ids: readonly number[]): number[] {
    return ids.map((id, i) => id - (ids[i - 1] ?? 0));
  }

  #changes(rows: readonly (readonly [number, readonly number[]])[]): number[] {
    return rows.flatMap(([id, more], i) => [id - (rows[i - 1]?.[0] ?? 0), COUNTERS_MASK, ...more]);
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
    const name = this.#roll() < 0.8 ? (remote?.[6] ?? null) : null;
    return [
      id,
      seen,
      ...this.#more(),
      1,
      0,
      1,
      device,
      remote?.[0] ?? 1,
      this.#roll() < 0.8 ? 6 : 17,
      this.#roll() < 0.9 ? 443 : 80,
      this.#roll() < 0.02,
      seen,
      name,
      this.#roll() < 0.7 ? this.#pick(BEHAVIOURS) : null,
    ];
  }

  #make(size: RoomSize, text: (value: string, what: string) => string, viewer: string): Record<string, Row[]> {
    const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
    const named = COMPANIES.length * 3;
    const rows: Record<string, Row[]> = {};
    rows.site = [
      [
        1,
        text('home', 'site'),
        'router',
        size.conversations,
        size.conversations,
        31,
        12,
        4,
        true,
        1000,
        900,
        true,
        0,
        0,
        0,
        0,
        0,
        0,
        100_000,
        32_000_000,
        false,
        1000,
        ['192.168.1.0/24', 'fd00::/64'] as unknown as readonly number[],
        size.lookups ?? 0,
        0,
        0,
      ],
    ];
    rows.sources = [
      [
        1,
        'city',
        'ok',
        null,
        text('DBIP-City-Lite', 'type'),
        1_756_684_800,
        text('IP Geolocation by DB-IP', 'attribution'),
        null,
        3_000_000,
      ],
      [2, 'asn', 'missing', text('No file was found.', 'detail')],
      [3, 'dns', 'ok', null, null, null, null, text('the journal', 'source')],
      [4, 'companies', 'ok', null, null, 1_756_684_800, null, null, 2500],
      [
        5,
        'list',
        'broken',
        text('Line 3 is no domain.', 'detail'),
        null,
        null,
        null,
        text('Ads of the household', 'source'),
        90_000,
        3,
      ],
      [6, 'vendors', 'missing'],
      [7, 'leases', 'ok', null, null, null, null, null, 14],
    ];
    rows.places = CITIES.map(([country, city, latitude, longitude], i) => [
      i + 1,
      country,
      text('Region', 'region'),
      text(city, 'city'),
      latitude,
      longitude,
    ]);
    rows.places.push([CITIES.length + 1, 'CA', null, null, 56, -106]);
    rows.networks = NETWORKS.map((name, i) => [i + 1, 64_500 + i, text(name, 'network')]);
    rows.companies = COMPANIES.map(([name], i) => [i + 1, text(name, 'company')]);
    rows.names = ids(Math.max(named, Math.ceil(size.remotes * 0.8))).map((id): Row => {
      const known = COMPANIES[(id - 1) % COMPANIES.length];
      const domain = id <= named && known ? known[1] : `site-${id}.example`;
      const host = ['www', 'api', 'cdn', 'edge', 'static'][id % 5] ?? 'www';
      const company = id <= named ? ((id - 1) % COMPANIES.length) + 1 : null;
      return [
        id,
        text(`${host}.${domain}`, 'name'),
        text(domain, 'domain'),
        company,
        id <= named && known ? known[2] : null,
        company === null ? null : 4,
      ];
    });
    rows.devices = ids(size.devices).map((id): Row => {
      const alias =
        id <= ALIASES.length
          ? (ALIASES[id - 1] ?? '')
          : `${ALIASES[id % ALIASES.length] ?? ''} ${Math.ceil(id / ALIASES.length)}`;
      const mac = Uint8Array.of(id % 3 === 0 ? 2 : 0, 16, 24, 0, id >> 8, id & 255);
      return [
        id,
        this.time - 500,
        0,
        0,
        0,
        0,
        text(alias, 'alias'),
        text(HOSTS[id % HOSTS.length] ?? '', 'host'),
        mac,
        id % 3 === 0 ? 'random' : 'vendor',
        false,
        1000 * id,
        40,
        id % 7,
        id % 3 === 0 ? null : text(VENDORS[id % VENDORS.length] ?? '', 'vendor'),
        id % 5 === 0,
        id % 4 === 0 ? null : this.time - 4000,
        id % 6 === 0 ? this.time - 9000 : null,
      ];
    });
    rows.addresses = ids(size.devices).map((id): Row => [id, id, ipv4(192, id)]);
    rows.addresses.push([size.devices + 1, 1, Uint8Array.from(viewer.split('.').map(Number))]);
    rows.lookups = ids(size.lookups ?? 0).map((id): Row => {
      const asked = this.time - Math.floor(this.#roll() * 59_000);
      return [
        id,
        asked,
        1 + this.#below(30),
        1 + this.#below(size.devices),
        1 + Math.floor((rows.names?.length ?? 1) * this.#roll() ** 2),
        this.#pick(RESULTS),
        Math.max(0, asked - this.#below(50_000)),
      ];
    });
    rows.remotes = ids(size.remotes).map((id): Row => {
      const name = this.#roll() < 0.85 ? 1 + Math.floor((rows.names?.length ?? 1) * this.#roll() ** 2) : null;
      const cloud = name === null && this.#roll() < 0.5 ? text('Amazon eu-north-1', 'cloud') : null;
      const place = this.#roll() < 0.05 ? null : 1 + this.#below(rows.places?.length ?? 1);
      return [
        id,
        ipv4(100, id),
        place,
        1 + this.#below(NETWORKS.length),
        id % 97 === 0 ? 'private' : null,
        1000,
        name,
        null,
        null,
        null,
        cloud,
      ];
    });
    return rows;
  }
}
