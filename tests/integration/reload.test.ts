// SPDX-License-Identifier: MIT
// SIGHUP, as "systemctl reload" sends it: what can change does at once, what cannot is named, a fault changes nothing.

import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Daemon } from '../harness/daemon';
import { collectorSettings, Line, type Settings } from '../harness/line';
import { programs } from '../harness/paths';
import { Redis } from '../harness/redis';
import { stage, type Stage } from '../harness/stage';
import { until } from '../harness/wait';

const SOON_MS = 5000;

type Name = 'collector' | 'broadcaster';

/** A file with these options. */
const ini = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `[${name.replace('.', ']\n')} = ${value}\n`)
    .join('');

/** A line whose daemons have nothing but a file. */
class Household {
  readonly line: Line;
  readonly #here: Stage;
  readonly #settings: Record<Name, Settings>;

  private constructor(here: Stage, line: Line) {
    this.#here = here;
    this.line = line;
    this.#settings = {
      collector: collectorSettings(line.redis.path, here.folder),
      broadcaster: { 'redis.server': line.redis.path, 'listen.port': line.port },
    };
  }

  static async start(here: Stage, more: Settings = {}): Promise<Household> {
    const line = await Line.prepare(here);
    const household = new Household(here, line);
    await line.redis.start();
    line.collector = here.start(programs.collector, ['--config', household.write('collector', more)], {
      namespace: line.router.path,
    });
    line.broadcaster = here.start(programs.broadcaster, ['--config', household.write('broadcaster', {})]);
    await until('the broadcaster to be healthy', 20_000, async () => {
      const answer = await line.get('/healthz').catch(() => undefined);
      return answer?.status === 200;
    });
    return household;
  }

  file(name: Name): string {
    return this.#here.path(`${name}.conf`);
  }

  write(name: Name, more: Settings): string {
    writeFileSync(this.file(name), ini({ ...this.#settings[name], ...more }));
    return this.file(name);
  }

  /** Has the file read, with these options beside those of the start; what was said about it. */
  async reload(name: Name, more: Settings): Promise<string> {
    this.write(name, more);
    return this.hangUp(name);
  }

  async hangUp(name: Name): Promise<string> {
    const daemon: Daemon = this.line[name];
    const from = daemon.output.length;
    daemon.signal('SIGHUP');
    await daemon.said(/The configuration was read again.*\n/, SOON_MS, from);
    return daemon.output.slice(from);
  }
}

test('the collector takes what is said about the log and the pace', async () => {
  const household = await Household.start(stage());
  const { line } = household;
  const viewer = await line.viewer({ topics: ['overview', 'history'] });
  const hours = (): unknown => viewer.rows('kept')[0]?.hours;
  await viewer.until('the state', SOON_MS, (v) => v.site().interval === 1000 && hours() === 24);
  expect(line.collector.output).not.toContain('A dump begins');
  const more = {
    'log.level': 'debug',
    'conntrack.interval': 250,
    'selection.idle': 77,
    'names.keep': 60,
    'history.hours': 3,
  };
  expect(await household.reload('collector', more)).toMatch(
    /changed at once are log\.level, conntrack\.interval, selection\.idle, names\.keep, history\.hours\.\n/,
  );
  await line.collector.said(/A dump begins/);
  await viewer.until('the options to count', SOON_MS, (v) => v.site().interval === 250 && v.site().idle === 77_000);
  expect(hours()).toBe(3);
  expect(await household.hangUp('collector')).toContain('nothing in it is new');
  // what the file does not say any more is as if it had never been said
  expect(await household.reload('collector', {})).toContain('changed at once are log.level');
  await viewer.until('the default', SOON_MS, (v) => v.site().interval === 1000);
});

test('new devices are called by what the options say, and those that are there keep their names', async () => {
  const household = await Household.start(stage());
  const viewer = await household.line.viewer();
  const aliases = (): string[] => viewer.rows('devices').map(({ alias }) => String(alias));
  /** Two devices more. */
  const arrive = async (network: string): Promise<string[]> => {
    const before = aliases();
    await household.line.inject('--count', '50', '--family', '4', '--devices', network, '--quiet');
    await viewer.until('their names', SOON_MS, () => aliases().length === before.length + 2);
    expect(aliases()).toEqual(expect.arrayContaining(before));
    return aliases().filter((alias) => !before.includes(alias));
  };
  const first = /^\p{Lu}\p{L}+( \d+)?$/u;
  const pair = /^\p{Lu}\p{L}+ \p{Ll}+( \d+)?$/u;
  for (const alias of await arrive('192.0.2.16/30')) expect(alias).toMatch(first);
  expect(await household.reload('collector', { 'room.privacy': 'room' })).toContain('room.privacy');
  for (const alias of await arrive('192.0.2.32/30')) expect(alias).toMatch(pair);
  await household.reload('collector', { 'room.privacy': 'room', 'devices.names': 'first-names' });
  for (const alias of await arrive('192.0.2.48/30')) expect(alias).toMatch(first);
});

test('the collector finds home anew', async () => {
  const household = await Household.start(stage(), { 'networks.home': '10.99.0.0/16' });
  const viewer = await household.line.viewer();
  await household.line.inject('--count', '20', '--quiet');
  await viewer.until('the entries', SOON_MS, (v) => v.site().connections === 20);
  expect(viewer.rows('conversations')).toEqual([]);
  await household.reload('collector', {});
  await viewer.until('conversations', SOON_MS, (v) => v.rows('conversations').length > 0);
  await household.reload('collector', { 'networks.home': '10.99.0.0/16' });
  await viewer.until('none again', SOON_MS, (v) => v.rows('conversations').every((row) => row.connections === 0));
});

test('what cannot change is named each time, and stays', async () => {
  const household = await Household.start(stage());
  for (const [name, option] of [
    ['collector', 'limits.devices'],
    ['broadcaster', 'limits.viewers'],
  ] as const)
    for (let i = 0; i < 2; i++) {
      expect(await household.reload(name, { [option]: 7 })).toContain('nothing of what is new can change at once.');
      await household.line[name].said(new RegExp(`Restart to change ${option}\\.`));
    }
  await household.line.healthy();
});

test('a file with a fault changes nothing', async () => {
  const household = await Household.start(stage());
  for (const name of ['collector', 'broadcaster'] as const) {
    const daemon = household.line[name];
    const before = household.write(name, { 'log.level': 'debug', 'redis.srever': '/x' });
    expect(await household.hangUp(name)).toMatch(
      new RegExp(`${before}, line \\d+: there is no option "redis.srever"; did you mean "redis.server"\\?`),
    );
    expect(daemon.output).toContain('is not taken, so everything stays as it was.');
    expect(daemon.output).not.toContain('debug:');
    expect(daemon.ending).toBeUndefined();
  }
  await household.line.healthy();
});

test('who may not watch any more is sent away at once', async () => {
  const household = await Household.start(stage());
  const { line } = household;
  const viewer = await line.viewer();
  await viewer.until('the state', SOON_MS, () => true);
  await household.reload('broadcaster', { 'access.networks': '10.1.2.0/24' });
  await until('the viewer to be sent away', SOON_MS, async () => viewer.closed !== undefined);
  expect(viewer.closed).toEqual({ code: 1008, reason: 'this page may not watch any more' });
  expect((await line.get('/')).status).toBe(403);
  await household.reload('broadcaster', { 'access.hosts': 'other.example' });
  expect((await line.get('/', { Host: 'other.example' })).status).toBe(200);
  await (await line.viewer()).until('the state', SOON_MS, () => true);
});

test('who may watch fewer topics, or more, comes back and is told', async () => {
  const household = await Household.start(stage());
  const viewer = await household.line.viewer({ topics: ['overview', 'connections'], faithful: true });
  await viewer.until('both topics', SOON_MS, () => true);
  await household.reload('broadcaster', { 'log.level': 'debug' });
  await viewer.live(SOON_MS);
  expect(viewer.connects).toBe(1);
  await household.reload('broadcaster', { 'room.privacy': 'room' });
  await until('the viewer to be told', SOON_MS, () => viewer.hello?.refused.includes('connections') === true);
  expect(viewer.closed).toEqual({ code: 1001, reason: 'who may watch what has changed' });
  await household.reload('broadcaster', {
    'room.privacy': 'room',
    'access.connections': 'participant',
    'access.identities': 'participant',
    'access.lookups': 'participant',
    'access.history': 'participant',
  });
  await until('the viewer to be told again', SOON_MS, () => viewer.hello?.refused.length === 0);
  await viewer.until('both topics', SOON_MS, () => true);
});

test('who came through a proxy that is none any more is sent away, too', async () => {
  const here = stage();
  const household = await Household.start(here);
  const { line } = household;
  const proxies = { 'access.networks': '192.168.7.0/24', 'access.proxies': '127.0.0.1, 192.168.7.1' };
  await household.reload('broadcaster', proxies);
  const near = await line.viewer({ headers: { 'X-Forwarded-For': '192.168.7.9' } });
  const far = await line.viewer({ headers: { 'X-Forwarded-For': '192.168.7.9, 192.168.7.1' } });
  for (const viewer of [near, far]) await viewer.until('the state', SOON_MS, () => true);
  await household.reload('broadcaster', { ...proxies, 'access.proxies': '127.0.0.1' });
  await until('the far one to be sent away', SOON_MS, async () => far.closed !== undefined);
  await near.live(SOON_MS);
  await household.reload('broadcaster', { ...proxies, 'access.proxies': '' });
  await until('the near one to be sent away', SOON_MS, async () => near.closed !== undefined);
  for (const viewer of [near, far])
    expect(viewer.closed).toEqual({ code: 1008, reason: 'this page may not watch any more' });
});

test('both go over to another Redis, and take another password without a restart', async () => {
  const here = stage();
  const household = await Household.start(here);
  const { line } = household;
  const other = new Redis(here);
  await other.start();
  const admin = other.client();
  await admin.command('ACL', 'SETUSER', 'connvis', 'on', '>first', '&*', '+@all');
  const secret = here.file('secret', 'first\n');
  const there = { 'redis.server': other.path, 'redis.user': 'connvis', 'redis.password_file': secret };
  const viewer = await line.viewer();
  await viewer.until('the state', SOON_MS, () => true);

  for (const name of ['collector', 'broadcaster'] as const) {
    expect(await household.reload(name, there)).toContain('redis.server, redis.user, redis.password_file.');
    await line[name].said(new RegExp(`${other.path}( is there)?\\.`));
  }
  await line.redis.stop();
  await viewer.live(SOON_MS);

  const ids = async (): Promise<string> =>
    String(await admin.command('CLIENT', 'LIST'))
      .split('\n')
      .filter((row) => row.includes(' user=connvis '))
      .map((row) => row.split(' ')[0])
      .join();
  const before = await ids();
  for (const name of ['collector', 'broadcaster'] as const) await household.hangUp(name);
  expect(await ids(), 'the password is as it was').toBe(before);
  await admin.command('ACL', 'SETUSER', 'connvis', '>second', '<first');
  writeFileSync(secret, 'second\n');
  for (const name of ['collector', 'broadcaster'] as const) await household.hangUp(name);
  await until('other connections', SOON_MS, async () => {
    const now = await ids();
    return now.split(',').length === 4 && !now.split(',').some((id) => before.includes(id));
  });
  await viewer.live(SOON_MS);
  for (const name of ['collector', 'broadcaster'] as const)
    expect(line[name].output).not.toMatch(/is not there|refuses/);
});
