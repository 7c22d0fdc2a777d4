// SPDX-License-Identifier: MIT
// A device that is left out is nowhere: its bytes are searched for in everything that leaves the collector, while it goes
// on talking, over a restart, and by somebody who comes late. What all moved together stays true, to the byte. The same of
// one in a room whose holder has not chosen yet.

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Reader } from '../../frontend/src/feed/reader';
import { TOPICS } from '../../frontend/src/feed/schema';
import { Recorder } from '../../frontend/src/record/recorder';
import { decodeRecording, RECORDED } from '../../frontend/src/record/recording';
import { Account } from '../harness/account';
import { addressBytes } from '../harness/conntrack';
import { deviceOf } from '../harness/feed';
import { logPrefix } from '../harness/dnsmasq';
import { Line, type Settings } from '../harness/line';
import type { RedisClient } from '../harness/redis';
import { stage, type Stage } from '../harness/stage';
import { OUTSIDE, PORT, Town, type Far, type Resident } from '../harness/town';
import { until } from '../harness/wait';
import type { Row, Viewer } from '../harness/viewer';

const SOON_MS = 20_000;
const [LEAVER, OTHER, THIRD] = ['3c:a9:f4:10:20:21', '9e:77:02:10:20:32', '5a:31:9c:10:20:31'] as const;
const HOST = 'zelda-quux-tv';
const AT = { ipv4: '192.168.77.21', ipv6: '2001:db8:77::21', later: '2001:db8:77::99' } as const;
const OTHERS = { ipv4: '192.168.77.22', ipv6: '2001:db8:77::22', third: '192.168.77.23' } as const;
const FARS: readonly Far[] = [
  { ipv4: '142.250.74.1', ipv6: '2a00:1450::1', asn: 15169, organisation: 'GOOGLE', whose: 'Google', country: 'US' },
  { ipv4: '62.1.2.3', ipv6: '2a01:99::1', asn: 65500, organisation: 'Corner', whose: 'Corner', country: 'FI' },
];
const [ALONE, SHARED] = FARS as [Far, Far];
/** Who alone talks with it, when it is left out. */
const LATER = '142.250.74.1';

const bytesOf = (address: string): Buffer => Buffer.from(addressBytes(address), 'hex');

/** What must be nowhere. All names that it asks for, and its own, begin alike. */
const TRACES: readonly (readonly [string, Buffer])[] = [
  ['a name', Buffer.from('zelda')],
  ['what it is', Buffer.from('elevision')],
  ['its MAC', Buffer.from(LEAVER.replaceAll(':', ''), 'hex')],
  ['its MAC, written', Buffer.from(LEAVER)],
  ...Object.values(AT).flatMap((address): [string, Buffer][] => [
    [`${address} as bytes`, bytesOf(address)],
    [`${address}, written`, Buffer.from(address)],
  ]),
  ['an address backwards', Buffer.from('21.77.168.192')],
  ['whom it alone talks with', bytesOf(LATER)],
  ['the same, written', Buffer.from(LATER)],
  ['whom it alone talks with by IPv6', bytesOf(ALONE.ipv6)],
  ['whose that is', Buffer.from('GOOGLE')],
];

function traces(bytes: Buffer, what: string, of = TRACES): string[] {
  return of.filter(([, trace]) => bytes.includes(trace)).map(([name]) => `${name} in ${what}`);
}

/** A frame with its payload as it was before it was deflated. */
function plain(frame: Buffer): Buffer {
  const head = 48 + (frame[5] ?? 0) + (frame[6] ?? 0);
  return (frame[4] ?? 0) & 1 ? Buffer.concat([frame.subarray(0, head), inflateSync(frame.subarray(head))]) : frame;
}

interface Heard {
  readonly channel: string;
  readonly bytes: Buffer;
}

/** A home of three, with all that leaves its collector. */
class Home {
  readonly town: Town;
  readonly line: Line;
  readonly account: Account;
  readonly state: string;
  readonly lookups: string;
  /** Everything in the order in which it came. */
  readonly heard: Heard[] = [];
  client!: RedisClient;
  viewer!: Viewer;
  #keys = 0;
  #asked = 0;

  private constructor(town: Town, line: Line, account: Account, state: string, lookups: string) {
    this.town = town;
    this.line = line;
    this.account = account;
    this.state = state;
    this.lookups = lookups;
  }

  static async make(here: Stage, more: Settings = {}): Promise<Home> {
    const town = await Town.make(here, [LEAVER, OTHER, THIRD], FARS);
    const state = here.path('state');
    mkdirSync(state);
    const lookups = here.file('lookups.log', '');
    const inADay = Math.floor(Date.now() / 1000) + 86_400;
    const leases = here.file('own-leases', `${inADay} ${LEAVER} ${AT.ipv4} ${HOST} *\n`);
    const line = await Line.prepare(here, {
      router: town.street.router,
      collector: {
        ...town.street.settings,
        'dns.logs': lookups,
        'devices.leases': leases,
        'geo.city': town.databases.city,
        'geo.asn': town.databases.asn,
        'state.folder': state,
        'devices.vendors': '',
        'log.level': 'debug',
        ...more,
      },
    });
    const account = await Account.begin(here, town.street.router);
    const home = new Home(town, line, account, state, lookups);
    for (const [who, addresses] of [
      [home.leaver, [AT.ipv4, AT.ipv6]],
      [home.other, [OTHERS.ipv4, OTHERS.ipv6]],
      [town.residents[2] as Resident, [OTHERS.third]],
    ] as const)
      for (const address of addresses) {
        account.owners.set(addressBytes(address), who.device.mac);
        await town.give(who, address);
        await town.introduce(who, address);
      }
    account.owners.set(addressBytes(AT.later), LEAVER);
    await line.redis.start();
    home.client = line.redis.client();
    const listener = line.redis.client();
    for (const channel of [
      'feed:home:overview',
      'feed:home:identities',
      'feed:home:lookups',
      'feed:home:history',
      'feed:home:connections',
      'reply:home',
      'metrics:home',
    ])
      await listener.subscribe(`connvis:${channel}`, (bytes) => home.heard.push({ channel, bytes }));
    await line.startBroadcaster();
    line.startCollector();
    await line.healthy(SOON_MS);
    home.viewer = await line.viewer({
      topics: ['overview', 'identities', 'lookups', 'history', 'connections'],
      faithful: true,
    });
    return home;
  }

  get leaver(): Resident {
    return this.town.residents[0] as Resident;
  }

  get other(): Resident {
    return this.town.residents[1] as Resident;
  }

  /** As a line of dnsmasq's log says it. ago: milliseconds. */
  look(who: string, name: string, address?: string, ago = 0): void {
    const head = `${logPrefix(new Date(Date.now() - ago))}${(this.#asked += 1)} ${who}/5353`;
    const answer = address === undefined ? `config ${name} is NXDOMAIN` : `reply ${name} is ${address}`;
    const type = name.endsWith('arpa') ? 'PTR' : address?.includes(':') ? 'AAAA' : 'A';
    appendFileSync(this.lookups, `${head} query[${type}] ${name} from ${who}\n${head} ${answer}\n`);
  }

  async open({ traffic }: Resident, from: string, host: string, bytes: number): Promise<string> {
    const key = `connection ${(this.#keys += 1)}`;
    await traffic.tell('open', { key, from, host, port: PORT });
    await traffic.tell('send', { key, bytes });
    return key;
  }

  async talk(who: Resident, from: string, host: string, bytes: number): Promise<void> {
    await who.traffic.tell('close', { key: await this.open(who, from, host, bytes) });
  }

  async datagram(who: Resident, from: string, host: string, bytes: number): Promise<void> {
    await who.traffic.tell('datagram', { from, source: 20_001, host, port: PORT, bytes, answered: false });
  }

  /** Somebody outside begins. */
  async knock(from: string, bytes: number): Promise<void> {
    const key = `connection ${(this.#keys += 1)}`;
    this.town.forward(AT.ipv4);
    await this.town.world.tell('open', { key, from, host: OUTSIDE, port: PORT });
    await this.town.world.tell('send', { key, bytes });
    await this.town.world.tell('close', { key });
  }

  /** What the collector answers to who is at the address. */
  async ask(address: string, words: string): Promise<string> {
    const request = `t${(this.#asked += 1)}`;
    const from = this.heard.length;
    await this.client.publish('connvis:command:home', `${request} participant ${address} ${words}`);
    const answer = await until('an answer', SOON_MS, () =>
      this.heard
        .slice(from)
        .filter(({ channel }) => channel === 'reply:home')
        .map(({ bytes }) => bytes.toString())
        .find((text) => text.startsWith(`${request} `)),
    );
    return answer.slice(request.length + 1);
  }

  #sum(table: string, column: string): number {
    return this.viewer.rows(table).reduce((sum, row) => sum + Number(row[column]), 0);
  }

  /** All that moved, as the viewer is told, is what the kernel says. */
  async exact(): Promise<Row> {
    let said = '';
    let wanted = '';
    await until(
      'what all moved to be what the kernel says',
      SOON_MS,
      async () => {
        await this.account.look();
        const all = [...this.account.expected().values()];
        wanted = `${all.reduce((sum, { up }) => sum + up, 0)} up, ${all.reduce((sum, { down }) => sum + down, 0)} down`;
        if (!this.viewer.reader().whole || this.viewer.rows('site').length === 0) return false;
        const site = this.viewer.site();
        const [up, down] = (['up', 'down'] as const).map(
          (way) =>
            this.#sum('conversations', `${way}_bytes`) +
            this.#sum('sums', `${way}_bytes`) +
            Number(site[`left_out_${way}_bytes`]),
        );
        said = `${up} up, ${down} down`;
        return said === wanted;
      },
      () => `told: ${said}; in the kernel: ${wanted}\n${this.viewer.describe()}`,
    );
    return this.viewer.site();
  }

  /** What is in the recording that a page saves now that has watched from the beginning: its frames. */
  async recording(): Promise<Buffer[]> {
    const readers = RECORDED.map((topic) => new Reader('home', topic));
    let file: ArrayBuffer | undefined;
    const take = (message: { readonly kind: string; readonly file?: ArrayBuffer }): void => {
      if (message.kind === 'saved') ({ file } = message);
    };
    const recorder = new Recorder(take, () => undefined);
    for (const { channel, bytes } of this.heard) {
      const reader = readers.find(({ topic }) => channel === `feed:home:${topic}`);
      if (reader && (await reader.accept(bytes)) === 'applied') recorder.keep(bytes, reader, readers.slice(1));
    }
    recorder.hear({ kind: 'save', pseudonymised: false });
    const recording = decodeRecording(new Uint8Array(await until('the recording', SOON_MS, () => file)));
    if (typeof recording === 'string') throw new Error(`the recording is refused: ${recording}`);
    return recording.frames.map(({ bytes }) => plain(Buffer.from(bytes)));
  }

  /** What of it is anywhere since then, but in answers to itself; frames before the first keyframe since count, too. */
  async search(since: number, log: number): Promise<string[]> {
    const found = this.heard
      .slice(since)
      .filter(({ channel }) => channel !== 'reply:home')
      .flatMap(({ channel, bytes }) => traces(channel.startsWith('feed') ? plain(bytes) : bytes, channel));
    const late = await this.line.viewer({ topics: ['overview', 'identities', 'lookups', 'history', 'connections'] });
    const frames: Buffer[] = [];
    late.socket.on('message', (data: Buffer, binary: boolean) => binary && frames.push(data));
    await late.live(SOON_MS);
    late.close();
    const texts = await Promise.all(
      [...Object.keys(TOPICS).map((topic) => `/api/v1/state?topic=${topic}`), '/metrics'].map(
        async (path) => [path, Buffer.from((await this.line.get(path)).body)] as const,
      ),
    );
    return [
      ...found,
      ...frames.flatMap((frame) => traces(plain(frame), 'a frame for who comes late')),
      ...texts.flatMap(([path, bytes]) => traces(bytes, path)),
      ...(await this.recording()).flatMap((frame) => traces(frame, 'a recording')),
      ...traces(Buffer.from(this.line.collector.output.slice(log)), 'the log'),
    ];
  }

  /** The collector starts anew, and the viewer has its frames. */
  async restart(): Promise<void> {
    this.line.collector.signal('SIGTERM');
    await this.line.collector.ended(SOON_MS);
    this.account.saved();
    await this.account.look();
    this.account.restarted();
    const epoch = this.viewer.reader().epoch?.random;
    this.line.startCollector();
    await this.viewer.until(
      'the next collector',
      SOON_MS,
      (v) => v.reader().epoch?.random !== epoch && v.rows('site').length > 0,
    );
  }

  saved(): Buffer {
    return readFileSync(join(this.state, 'session'));
  }
}

const has = (viewer: Viewer, name: string): boolean => viewer.rows('names').some((row) => row.name === name);

/** Of what must be nowhere: whose it is, and what it asks for; but not whom it talks with. */
const WHO = TRACES.filter(([name]) => !/whom|whose|same/.test(name));

test('who is left out is nowhere, and all together is still true', { timeout: 240_000 }, async () => {
  const home = await Home.make(stage());
  const { viewer, leaver, other } = home;
  await viewer.until('the devices', SOON_MS, (v) => [LEAVER, OTHER, THIRD].every((mac) => deviceOf(v, mac)));
  await viewer.until('the host name', SOON_MS, (v) => deviceOf(v, LEAVER)?.host_name === HOST);

  // it lives on, beside another one that talks with the same server
  home.look(AT.ipv4, 'zelda-alone.example', LATER);
  home.look(AT.ipv4, 'zelda-shared.example', SHARED.ipv4);
  home.look(AT.ipv6, 'zelda-nothing.example');
  home.look(OTHERS.ipv4, 'other-shared.example', SHARED.ipv4);
  home.look(OTHERS.ipv4, `${HOST}.lan`, AT.ipv4);
  home.look(OTHERS.ipv4, '21.77.168.192.in-addr.arpa');
  await home.talk(leaver, AT.ipv4, LATER, 3000);
  await home.talk(leaver, AT.ipv4, SHARED.ipv4, 4000);
  const open = await home.open(leaver, AT.ipv4, LATER, 5000);
  const opened = await home.open(leaver, AT.ipv6, ALONE.ipv6, 600);
  await home.talk(other, OTHERS.ipv4, SHARED.ipv4, 7000);
  await home.knock(SHARED.ipv4, 800);
  await viewer.until(
    'all of it',
    SOON_MS,
    (v) => has(v, 'zelda-alone.example') && has(v, 'zelda-nothing.example') && has(v, `${HOST}.lan`),
  );
  await home.exact();
  const before = home.heard.flatMap(({ channel, bytes }) =>
    traces(channel.startsWith('feed') ? plain(bytes) : bytes, channel),
  );
  // the search finds what is there
  expect(new Set(before.map((one) => one.replace(/ in .*/, '')))).toEqual(
    new Set(TRACES.map(([name]) => name).filter((name) => !name.includes('written') && !name.includes(AT.later))),
  );

  const recorded = Buffer.concat(await home.recording());
  for (const name of ['a name', 'its MAC']) expect(traces(recorded, 'it')).toContain(`${name} in it`);

  const asked = performance.now();
  const answer = await home.ask(AT.ipv4, 'leave-out me');
  expect(answer).toBe('ok {"device":null,"alias":null,"wish":"left-out"}');
  const since = home.heard.findIndex(({ bytes }) => bytes.toString().endsWith(answer));
  const log = home.line.collector.output.length;
  await viewer.until('it to be gone', SOON_MS, (v) => v.rows('devices').length === 2 && v.site().forgotten !== null);
  console.log(`who watches saw it go after ${(performance.now() - asked).toFixed(0)} ms`);
  expect(viewer.rows('remotes')).toHaveLength(1);

  // it goes on, and so do the others, who ask for it by its name
  await leaver.traffic.tell('send', { key: open, bytes: 11_000 });
  await leaver.traffic.tell('send', { key: opened, bytes: 1200 });
  home.look(AT.ipv4, 'zelda-alone.example', LATER);
  home.look(AT.ipv6, 'zelda-later.example', ALONE.ipv6);
  home.look(AT.ipv4, 'zelda-shared.example', SHARED.ipv4);
  home.look(OTHERS.ipv4, HOST, AT.ipv4);
  home.look(OTHERS.ipv4, '21.77.168.192.in-addr.arpa');
  home.look(OTHERS.ipv4, 'other-later.example', SHARED.ipv4);
  await home.talk(leaver, AT.ipv4, SHARED.ipv4, 13_000);
  await home.talk(leaver, AT.ipv6, ALONE.ipv6, 1400);
  await home.talk(other, OTHERS.ipv6, SHARED.ipv6, 1500);
  await home.knock(LATER, 1700);
  // from an address that nobody knows yet
  await home.town.give(leaver, AT.later);
  await home.datagram(leaver, AT.later, ALONE.ipv6, 100);
  await home.exact();
  await home.town.introduce(leaver, AT.later);
  await home.datagram(leaver, AT.later, ALONE.ipv6, 200);
  await viewer.until('what the others do', SOON_MS, (v) => has(v, 'other-later.example'));
  const site = await home.exact();
  expect(Number(site.left_out_up_bytes)).toBeGreaterThan(35_000);
  expect(site.left_out_devices).toBeNull();
  expect(has(viewer, 'other-shared.example')).toBe(true);
  expect(await home.ask(AT.ipv4, 'me')).toMatch(
    /^ok \{"device":null,"alias":null,"wish":"left-out","chosen":null,"kept_by":"mac","named":false,"host_name":null,"vendor":null,"mac":null,"addresses":\[\],"may":/,
  );
  expect(await home.ask(AT.ipv4, 'name me Zelda')).toMatch(/^error left-out /);
  expect(await home.search(since + 1, log)).toEqual([]);
  expect(traces(home.saved(), 'the session')).toEqual([]);

  // over a restart
  const restarted = home.heard.length;
  home.line.collector.signal('SIGTERM');
  await home.line.collector.ended(SOON_MS);
  home.account.saved();
  expect(traces(home.saved(), 'the session')).toEqual([]);
  await leaver.traffic.tell('send', { key: open, bytes: 900 });
  await home.account.look();
  home.account.restarted();
  home.line.startCollector();
  const epoch = viewer.reader().epoch?.random;
  await viewer.until(
    'the next collector',
    SOON_MS,
    (v) => v.reader().epoch?.random !== epoch && v.rows('site').length > 0,
  );
  await leaver.traffic.tell('send', { key: open, bytes: 1900 });
  await leaver.traffic.tell('close', { key: opened });
  home.look(AT.ipv4, 'zelda-again.example', LATER);
  home.look(OTHERS.ipv4, 'other-again.example', SHARED.ipv4);
  await viewer.until('what the others do', SOON_MS, (v) => has(v, 'other-again.example'));
  await home.exact();
  expect(viewer.rows('devices')).toHaveLength(2);
  expect(await home.search(restarted, 0)).toEqual([]);

  // and back
  expect(await home.ask(AT.ipv4, 'show me')).toMatch(/^ok \{"device":\d+,"alias":"[^"]+","wish":"shown"\}$/);
  home.look(AT.ipv4, 'zelda-back.example', LATER);
  await viewer.until(
    'it to be there again',
    SOON_MS,
    (v) => deviceOf(v, LEAVER)?.host_name === HOST && has(v, 'zelda-back.example'),
  );
  await leaver.traffic.tell('close', { key: open });
  await home.exact();
});

test('by a made-up name only, it is another one for all others', { timeout: 120_000 }, async () => {
  const home = await Home.make(stage());
  const { viewer, leaver } = home;
  await viewer.until('the host name', SOON_MS, (v) => deviceOf(v, LEAVER)?.host_name === HOST);
  home.look(AT.ipv4, 'zelda-alone.example', LATER);
  const open = await home.open(leaver, AT.ipv4, LATER, 5000);
  await viewer.until('its conversation', SOON_MS, (v) => has(v, 'zelda-alone.example'));
  await home.exact();
  const was = deviceOf(viewer, LEAVER) as Row;

  const answer = await home.ask(AT.ipv4, `hide ${was.id}`);
  const { device, alias, wish } = JSON.parse(answer.slice(3)) as { device: number; alias: string; wish: string };
  expect(wish).toBe('hidden');
  expect(device).toBeGreaterThan(was.id);
  expect(alias).not.toBe(was.alias);
  const since = home.heard.findIndex(({ bytes }) => bytes.toString().endsWith(answer));
  const log = home.line.collector.output.length;
  await viewer.until('the other one', SOON_MS, (v) => v.rows('devices').some((row) => row.id === device));
  const now = viewer.rows('devices').find((row) => row.id === device);
  expect(now).toMatchObject({
    alias,
    named: false,
    host_name: null,
    mac: null,
    mac_kind: null,
    vendor: null,
    thing: null,
  });
  expect(viewer.rows('addresses').some((row) => row.device === device)).toBe(false);
  await leaver.traffic.tell('send', { key: open, bytes: 11_000 });
  home.look(AT.ipv4, 'its-later.example', LATER);
  await viewer.until('what it does', SOON_MS, (v) => has(v, 'its-later.example'));
  await home.exact();
  const found = (await home.search(since + 1, log)).filter((one) => WHO.some(([name]) => one.startsWith(`${name} in`)));
  expect(found).toEqual([]);

  // it keeps that name over a restart
  await home.restart();
  await viewer.until('the same name', SOON_MS, (v) =>
    v.rows('devices').some((row) => row.alias === alias && row.mac === null),
  );
  expect(deviceOf(viewer, LEAVER)).toBeUndefined();
});

test.each(['hidden', 'left-out'])(
  'in a room, who has not chosen is %s, and asked until they have',
  { timeout: 180_000 },
  async (unchosen) => {
    const home = await Home.make(stage(), { 'room.privacy': 'room', 'room.unchosen': unchosen });
    const { viewer, leaver, other } = home;
    const me = async (address: string): Promise<{ wish: string; chosen: boolean }> => {
      const { wish, chosen } = JSON.parse((await home.ask(address, 'me')).slice(3)) as Record<string, unknown>;
      return { wish: String(wish), chosen: chosen === true };
    };
    const out = unchosen === 'left-out';
    const live = async (): Promise<void> => {
      home.look(AT.ipv4, 'zelda-before.example', LATER, 60_000);
      home.look(AT.ipv4, 'zelda-alone.example', LATER);
      home.look(AT.ipv6, 'zelda-nothing.example');
      home.look(OTHERS.ipv4, `${HOST}.lan`, AT.ipv4);
      home.look(OTHERS.ipv4, '21.77.168.192.in-addr.arpa');
      home.look(OTHERS.ipv4, 'other-shared.example', SHARED.ipv4);
      await home.talk(leaver, AT.ipv4, LATER, 3000);
      await home.talk(leaver, AT.ipv6, ALONE.ipv6, 500);
      await home.talk(other, OTHERS.ipv4, SHARED.ipv4, 7000);
      await home.exact();
      await viewer.until('what the other asks for', SOON_MS, (v) => has(v, 'other-shared.example'));
    };
    await until('all to be known', SOON_MS, async () => (await me(OTHERS.third)).wish === unchosen);
    // who has that host name is known, so that nobody else may ask for it
    await until('its lease to be known', SOON_MS, () => {
      const names = join(home.state, 'names');
      return existsSync(names) && readFileSync(names).includes(HOST);
    });
    expect(await home.ask(OTHERS.ipv4, 'show me')).toMatch(/^ok .*"wish":"shown"\}$/);
    expect(await me(OTHERS.ipv4)).toEqual({ wish: 'shown', chosen: true });
    await live();
    expect(await me(AT.ipv4)).toEqual({ wish: unchosen, chosen: false });
    expect(viewer.rows('devices')).toHaveLength(out ? 1 : 3);
    expect(viewer.rows('addresses')).toHaveLength(2);
    expect(viewer.rows('devices').filter((row) => row.mac !== null)).toHaveLength(1);
    await home.restart();
    await live();
    expect(await me(OTHERS.ipv4)).toEqual({ wish: 'shown', chosen: true });
    expect(await me(AT.ipv4)).toEqual({ wish: unchosen, chosen: false });
    // of nothing that ever came
    const found = await home.search(0, 0);
    expect(found.filter((one) => (out ? TRACES : WHO).some(([name]) => one.startsWith(`${name} in`)))).toEqual([]);
    expect(traces(home.saved(), 'the session', out ? TRACES : TRACES.slice(0, 1))).toEqual([]);

    // they choose, and are not asked again
    expect(await home.ask(AT.ipv4, 'show me')).toMatch(/^ok \{"device":\d+,"alias":"[^"]+","wish":"shown"\}$/);
    await viewer.until('its host name', SOON_MS, (v) => deviceOf(v, LEAVER)?.host_name === HOST);
    home.look(AT.ipv4, 'zelda-back.example', LATER);
    await viewer.until('what it asks for', SOON_MS, (v) => has(v, 'zelda-back.example'));
    await home.restart();
    await viewer.until('its host name again', SOON_MS, (v) => deviceOf(v, LEAVER)?.host_name === HOST);
    expect(await me(AT.ipv4)).toEqual({ wish: 'shown', chosen: true });
    expect(await me(OTHERS.third)).toEqual({ wish: unchosen, chosen: false });
    // the log has been read anew by then: what they had asked for before they chose stays untold
    home.look(OTHERS.ipv4, 'other-after.example', SHARED.ipv4);
    await viewer.until('what is written last', SOON_MS, (v) => has(v, 'other-after.example'));
    expect(has(viewer, 'zelda-before.example')).toBe(false);
    await home.exact();
  },
);

test('in a room, what surely is a thing and nobody’s is shown, and nobody else', { timeout: 90_000 }, async () => {
  const here = stage();
  const { viewer } = await Home.make(here, { 'room.privacy': 'room', 'room.unchosen': 'left-out' });
  await viewer.until('the overview', SOON_MS, (v) => v.rows('site').length > 0);
  const inADay = Math.floor(Date.now() / 1000) + 86_400;
  appendFileSync(here.path('own-leases'), `${inADay} ${THIRD} ${OTHERS.third} roku-3 *\n`);
  await viewer.until('the thing', SOON_MS, (v) => deviceOf(v, THIRD)?.host_name === 'roku-3');
  expect(viewer.rows('devices')).toMatchObject([{ thing: 'television', thing_sure: true, alias: 'Television' }]);
});
