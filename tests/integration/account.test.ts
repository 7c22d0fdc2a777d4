// SPDX-License-Identifier: MIT
// Random real traffic goes through the kernel, the collector, the broadcaster and the page's store, and whatever happens
// on the way, the sums of the session by device, company and country are those of an independent account, to the byte.
// What a restart says that it lost is missing: no more than that. CONNVIS_SEED repeats a run, CONNVIS_ROUNDS makes it longer.

import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mixedDice } from '../../frontend/src/feed/dice';
import { Account, add, asText, type Amount, type Amounts } from '../harness/account';
import { addressBytes } from '../harness/conntrack';
import { deviceAt, deviceOf } from '../harness/feed';
import { Leader } from '../harness/leader';
import { Line, type Settings } from '../harness/line';
import { PageStore } from '../harness/page-store';
import { stage, type Stage } from '../harness/stage';
import { OUTSIDE, PORT, Town, type Far, type Resident } from '../harness/town';
import { sleep, until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const SEED = Number(process.env.CONNVIS_SEED ?? randomInt(1, 2 ** 31));
const ROUNDS = Number(process.env.CONNVIS_ROUNDS ?? 14);
const ARRIVES_MS = 15_000;
/** A repeater's MAC has more at once. */
const IPV4_MOST = 4;
const ENDED_KEPT = 3;

const MACS = ['3c:a9:f4:10:20:21', '9e:77:02:10:20:32', '5a:31:9c:10:20:31'];
const FARS: readonly Far[] = [
  { ipv4: '142.250.74.1', ipv6: '2a00:1450::1', asn: 15169, organisation: 'GOOGLE', whose: 'Google', country: 'US' },
  { ipv4: '142.250.74.2', ipv6: '2a00:1450::2', asn: 15169, organisation: 'GOOGLE', whose: 'Google', country: 'FI' },
  { ipv4: '78.31.8.1', ipv6: '2a00:1d98::1', asn: 8403, organisation: 'SPOTIFY', whose: 'Spotify', country: 'SE' },
  { ipv4: '62.1.2.3', ipv6: '2a01:99::1', asn: 65500, organisation: 'Corner', whose: 'Corner', country: 'FI' },
  { ipv4: '62.1.2.4', ipv6: '2a01:99::2', asn: 65501, organisation: 'Harbour', whose: 'Harbour', country: 'JP' },
];

/** Numbers that follow from the seed alone. */
class Dice {
  readonly #roll = mixedDice(SEED);

  /** From 0 to less than n. */
  number(n: number): number {
    return Math.floor(this.#roll() * n);
  }

  one<T>(of: readonly T[]): T {
    return of[this.number(of.length)] as T;
  }

  shuffled<T>(of: readonly T[]): T[] {
    const left = [...of];
    return of.map(() => left.splice(this.number(left.length), 1)[0] as T);
  }
}

interface Part {
  readonly stop: (line: Line) => Promise<void>;
  readonly kill: (line: Line) => Promise<void>;
  readonly start: (line: Line) => Promise<unknown>;
}

const REDIS: Part = {
  stop: ({ redis }) => redis.stop(),
  kill: ({ redis }) => redis.kill(),
  start: ({ redis }) => redis.start(),
};
const BROADCASTER: Part = {
  stop: ({ broadcaster }) => broadcaster.end(),
  kill: ({ broadcaster }) => broadcaster.kill(),
  start: (line) => line.startBroadcaster(),
};

interface Place {
  readonly address: string;
  owner: Resident;
}

class Session {
  readonly dice = new Dice();
  readonly town: Town;
  readonly line: Line;
  readonly account: Account;
  readonly state: string;
  viewer!: Viewer;
  page!: PageStore;
  readonly told: string[] = [];
  readonly #places: Place[] = [];
  readonly #open: { readonly key: string; readonly place: Place }[] = [];
  #last = 10;
  #connections = 0;
  /** Rows of sums, the most that there were: a new session begins without. */
  mostSums = 0;
  #epoch: number | undefined;
  /** The session's file as of the last saving that the test knows of. */
  #file = 0;

  private constructor(town: Town, line: Line, account: Account, state: string) {
    this.town = town;
    this.line = line;
    this.account = account;
    this.state = state;
  }

  static async begin(here: Stage, more: Settings = {}): Promise<Session> {
    const town = await Town.make(here, MACS, FARS);
    const state = here.path('state');
    mkdirSync(state);
    const settings: Settings = {
      ...town.street.settings,
      'geo.city': town.databases.city,
      'geo.asn': town.databases.asn,
      'state.folder': state,
      'limits.ended': ENDED_KEPT,
      // not of use here, and still read when it ends soon after its start
      'devices.vendors': '',
      ...more,
    };
    const line = await Line.prepare(here, { router: town.street.router, collector: settings });
    const account = await Account.begin(here, town.street.router);
    const session = new Session(town, line, account, state);
    for (const owner of town.residents)
      for (const six of [false, true]) await session.move(owner, session.#address(six));
    await line.redis.start();
    await line.startBroadcaster();
    await session.start();
    return session;
  }

  #address(six: boolean): string {
    return six ? `2001:db8:77::${(this.#last += 1)}` : `192.168.77.${(this.#last += 1)}`;
  }

  #own(address: string, owner: Resident): Place {
    let place = this.#places.find((one) => one.address === address);
    if (!place) this.#places.push((place = { address, owner }));
    place.owner = owner;
    this.account.owners.set(addressBytes(address), owner.device.mac);
    return place;
  }

  /** A device gets an address and says so; whoever had it has a new one. */
  async move(owner: Resident, address: string): Promise<void> {
    const before = this.#places.find((one) => one.address === address)?.owner;
    await this.town.give(owner, address, before);
    this.#own(address, owner);
    await this.town.introduce(owner, address);
  }

  async start(): Promise<void> {
    this.line.startCollector();
    await this.line.healthy(ARRIVES_MS);
    const before = this.#epoch;
    // a page that stays open, or one that is opened anew
    if (this.#epoch === undefined || this.dice.number(2)) await this.#openPage();
    await this.viewer.until('this collector’s state', ARRIVES_MS, (v) => {
      this.#epoch = v.reader().epoch?.random;
      return v.rows('site').length === 1 && this.#epoch !== before && this.page.ready;
    });
  }

  async #openPage(): Promise<void> {
    if (this.#epoch !== undefined) this.viewer.close();
    this.viewer = await this.line.viewer({ faithful: true });
    this.page = new PageStore(this.viewer);
  }

  // --- traffic

  #key(): string {
    return `connection ${(this.#connections += 1)}`;
  }

  #place(six = this.dice.number(2) === 1): Place {
    return this.dice.one(this.#places.filter(({ address }) => address.includes(':') === six));
  }

  #far(place: Place): string {
    const far = this.dice.one(FARS);
    return place.address.includes(':') ? far.ipv6 : far.ipv4;
  }

  async short(): Promise<void> {
    const place = this.#place();
    const key = this.#key();
    const { traffic } = place.owner;
    await traffic.tell('open', { key, from: place.address, host: this.#far(place), port: PORT });
    await traffic.tell('send', { key, bytes: 1 + this.dice.number(60_000) });
    await traffic.tell('close', { key });
  }

  async open(): Promise<void> {
    const place = this.#place();
    const key = this.#key();
    await place.owner.traffic.tell('open', { key, from: place.address, host: this.#far(place), port: PORT });
    this.#open.push({ key, place });
  }

  async more(): Promise<void> {
    if (this.#open.length === 0) return this.open();
    const { key, place } = this.dice.one(this.#open);
    await place.owner.traffic.tell('send', { key, bytes: 1 + this.dice.number(30_000) });
  }

  async close(): Promise<void> {
    const [one] = this.#open.splice(this.dice.number(this.#open.length || 1), 1);
    if (one) await one.place.owner.traffic.tell('close', { key: one.key });
  }

  async datagram(place = this.#place(), answered = this.dice.number(2) === 1): Promise<void> {
    await place.owner.traffic.tell('datagram', {
      from: place.address,
      source: 20_000 + this.dice.number(2),
      host: this.#far(place),
      port: answered ? PORT : PORT + 1,
      bytes: 1 + this.dice.number(1300),
      answered,
    });
  }

  /** Somebody outside begins: by the router's port with IPv4, or straight with IPv6. */
  async inbound(): Promise<void> {
    const place = this.#place();
    const six = place.address.includes(':');
    if (!six) this.town.forward(place.address);
    const key = this.#key();
    await this.town.world.tell('open', {
      key,
      from: this.#far(place),
      host: six ? place.address : OUTSIDE,
      port: PORT,
    });
    await this.town.world.tell('send', { key, bytes: 1 + this.dice.number(20_000) });
    await this.town.world.tell('close', { key });
  }

  async some(n: number): Promise<void> {
    const all = [
      () => this.short(),
      () => this.open(),
      () => this.more(),
      () => this.more(),
      () => this.close(),
      () => this.datagram(),
      () => this.datagram(),
      () => this.inbound(),
    ];
    for (let i = 0; i < n; i++) await this.dice.one(all)();
  }

  /** Waits until what closes is gone. */
  async #closed(): Promise<void> {
    await until('what closes to go', ARRIVES_MS, async () => {
      const listed = await this.town.street.router.run('conntrack', '-L', '-p', 'tcp');
      const listed6 = await this.town.street.router.run('conntrack', '-L', '-f', 'ipv6', '-p', 'tcp');
      return [...listed.split('\n'), ...listed6.split('\n')].every((one) => one === '' || one.includes('ESTABLISHED'));
    });
  }

  /** All that is open ends. */
  async endAll(): Promise<void> {
    while (this.#open.length > 0) await this.close();
    await this.#closed();
    for (const family of ['ipv4', 'ipv6'])
      await this.town.street.router.run('conntrack', '-D', '-f', family, '-p', 'udp').catch(() => '');
  }

  /** Some of what has no end of its own is taken out of the kernel's table. */
  async end(): Promise<void> {
    const place = this.#place();
    const family = place.address.includes(':') ? 'ipv6' : 'ipv4';
    await this.town.street.router
      .run('conntrack', '-D', '-f', family, '-p', 'udp', '-s', place.address)
      .catch(() => '');
  }

  // --- what happens

  /** The counters of all entries are set to zero. */
  async zero(): Promise<void> {
    const before = Number(this.viewer.site().zeroed);
    await this.account.zero();
    // undone before the next dump, that would not be seen
    await this.viewer.until('the zeroing', ARRIVES_MS, (v) => Number(v.site().zeroed) > before);
    await sleep(1200);
  }

  /** An address goes to another device, which talks on with it. */
  async hand(running: boolean): Promise<void> {
    const place = this.#place();
    const six = place.address.includes(':');
    const before = place.owner;
    const count = (one: Resident): number =>
      this.#places.filter(({ address, owner }) => owner === one && address.includes(':') === six).length;
    const fit = this.town.residents.filter((one) => one !== before && (six || count(one) < IPV4_MOST));
    for (const one of this.#open.filter(({ place: its }) => its === place)) {
      await before.traffic.tell('close', { key: one.key });
      this.#open.splice(this.#open.indexOf(one), 1);
    }
    await this.datagram(place);
    await this.datagram(place);
    if (running) await this.check();
    else await this.account.look();
    const owner = this.dice.one(fit);
    if (count(before) === 1) await this.move(before, this.#address(six));
    await this.move(owner, place.address);
    if (running)
      await this.viewer.until(
        'the address to be the other’s',
        ARRIVES_MS,
        (v) => deviceAt(v, place.address)?.id === deviceOf(v, owner.device.mac)?.id,
      );
    for (let i = 0; i < 4; i++) await this.datagram(place);
  }

  /** A device sends from an address that the router does not know yet, and later it does. */
  async merge(zeroed: boolean): Promise<void> {
    const owner = this.dice.one(this.town.residents);
    const address = this.#address(true);
    await this.town.give(owner, address);
    const place = this.#own(address, owner);
    for (let i = 0; i < 3; i++) await this.datagram(place, false);
    await this.viewer.until(
      'a device without a MAC',
      ARRIVES_MS,
      (v) => deviceAt(v, address)?.id !== undefined && deviceAt(v, address)?.id !== deviceOf(v, owner.device.mac)?.id,
    );
    await this.check();
    if (zeroed) await this.zero();
    if (this.dice.number(2)) await this.restart('SIGTERM');
    await this.town.introduce(owner, address);
    await this.viewer.until(
      'the two to be one',
      ARRIVES_MS,
      (v) => deviceAt(v, address)?.id === deviceOf(v, owner.device.mac)?.id,
    );
    await this.datagram(place);
  }

  /** A new session begins, and is saved. */
  async clear(): Promise<void> {
    await this.check();
    const file = join(this.state, 'session');
    const began = (): string | undefined =>
      existsSync(file) ? /^time (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
    const before = began();
    expect(await (await Leader.of(this.line)).ask('clear')).toBe('ok {}');
    this.account.cleared();
    await this.check();
    await until('it to be saved', ARRIVES_MS, () => began() !== before);
    this.#file = statSync(file).mtimeMs;
  }

  async restart(signal: 'SIGTERM' | 'SIGKILL', meanwhile?: () => Promise<void>): Promise<void> {
    const { collector } = this.line;
    const file = join(this.state, 'session');
    const written = (): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (signal === 'SIGTERM') await this.check();
    else {
      // what it has saved by itself nobody knows
      await collector.hold();
      if (written() !== this.#file) {
        collector.signal('SIGCONT');
        return this.restart('SIGTERM', meanwhile);
      }
    }
    collector.excused = true;
    collector.signal(signal);
    await collector.ended(ARRIVES_MS);
    if (signal === 'SIGTERM') this.account.saved();
    this.#file = written();
    await this.some(this.dice.number(5));
    await meanwhile?.();
    // what ends just as it starts may be lost or not
    await this.#closed();
    await this.account.look();
    this.account.restarted();
    await this.start();
  }

  /** Parts that hold nothing of the session end, or are killed, and come back. */
  async interrupt(parts: readonly Part[], running = true): Promise<void> {
    for (const part of this.dice.shuffled(parts)) await (this.dice.number(2) ? part.stop : part.kill)(this.line);
    await this.some(1 + this.dice.number(8));
    for (const part of this.dice.shuffled(parts)) await part.start(this.line);
    if (running) await this.line.healthy(ARRIVES_MS);
  }

  // --- what is said of it

  #expected(): readonly Amounts[] {
    const [devices, companies, countries] = [new Map(), new Map(), new Map()] as [Amounts, Amounts, Amounts];
    for (const [key, amount] of this.account.expected()) {
      const [owner = '', remote] = key.split(' ');
      const far = FARS.find(({ ipv4, ipv6 }) => [ipv4, ipv6].some((one) => addressBytes(one) === remote));
      add(devices, owner, amount);
      add(companies, `${owner} ${far?.whose}`, amount);
      add(countries, `${owner} ${far?.country}`, amount);
    }
    return [devices, companies, countries];
  }

  #said(): readonly Amounts[] {
    const selection = this.page.select();
    const [devices, companies, countries] = [new Map(), new Map(), new Map()] as [Amounts, Amounts, Amounts];
    const names = new Map(
      selection.devices.map(({ id, mac, addresses }) => {
        const owner = addresses.map((one) => this.account.owners.get(addressBytes(one))).find(Boolean);
        return [id, mac || owner || `device ${id}`];
      }),
    );
    const amount = ({ upBytes, downBytes }: { upBytes: number; downBytes: number }): Amount => ({
      up: upBytes,
      down: downBytes,
    });
    for (const device of selection.devices) add(devices, names.get(device.id) as string, amount(device));
    for (const [by, sums] of [
      ['company', companies],
      ['country', countries],
    ] as const)
      for (const [id, groups] of selection.groups(by).ofDevices)
        for (const group of groups.values()) add(sums, `${names.get(id) ?? 'nobody'} ${group.key}`, amount(group));
    return [devices, companies, countries];
  }

  async check(): Promise<void> {
    let [expected, said] = ['', ''];
    const text = (all: readonly Amounts[]): string => all.map(asText).join('\n\n');
    await until(
      'the page to say what moved',
      ARRIVES_MS,
      async () => {
        await this.account.look();
        [expected, said] = [text(this.#expected()), text(this.#said())];
        this.mostSums = Math.max(this.mostSums, this.viewer.rows('sums').length);
        return expected === said;
      },
      () => {
        expect(said, `after ${this.told.join(', ')} with CONNVIS_SEED=${SEED}`).toBe(expected);
        return '';
      },
    );
  }
}

test(
  'the sums by device, company and country are exact over the session',
  { timeout: 60_000 + ROUNDS * 30_000 },
  async () => {
    console.log(`CONNVIS_SEED=${SEED}`);
    const session = await Session.begin(stage());
    const events: Readonly<Record<string, () => Promise<void>>> = {
      'counters set to zero': () => session.check().then(() => session.zero()),
      'an address that changed hands': () => session.hand(true),
      'an end and a start': () => session.restart('SIGTERM'),
      'a crash and a start': () => session.restart('SIGKILL'),
      'an address that changed hands meanwhile': () => session.restart('SIGTERM', () => session.hand(false)),
      'an address that was known before its device': () => session.merge(false),
      'the same, its counters set to zero': () => session.merge(true),
      'a new session': () => session.clear(),
      'entries taken out': () => session.end(),
      'Redis away': () => session.interrupt([REDIS]),
      'the broadcaster away': () => session.interrupt([BROADCASTER]),
      'Redis and the broadcaster away': () => session.interrupt([REDIS, BROADCASTER]),
      'everything away': () => session.restart('SIGTERM', () => session.interrupt([REDIS, BROADCASTER], false)),
      'everything killed': () => session.restart('SIGKILL', () => session.interrupt([BROADCASTER, REDIS], false)),
    };
    let left: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await session.some(6 + session.dice.number(10));
      await session.check();
      await session.some(session.dice.number(4));
      if (left.length === 0) left = session.dice.shuffled(Object.keys(events));
      const event = left.pop() as string;
      session.told.push(event);
      await events[event]?.();
      await session.some(session.dice.number(6));
      await session.check();
    }
    expect(session.mostSums).toBeGreaterThan(0);
  },
);

test('what the table has no room for counts when it ends', { timeout: 120_000 }, async () => {
  console.log(`CONNVIS_SEED=${SEED}`);
  const session = await Session.begin(stage(), { 'limits.connections': '3' });
  for (let i = 0; i < 3; i++) {
    await session.some(20);
    await session.endAll();
    await session.check();
  }
  expect(session.viewer.site().full_connections).toBeGreaterThan(10);
});
