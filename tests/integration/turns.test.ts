// SPDX-License-Identifier: MIT
// How long the loops stand still at most, with 100,000 connections, while all that is slow happens at once.
// The CPU time of a turn counts, for other tests run beside this one; the numbers are printed.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Daemon } from '../harness/daemon';
import { Line, SHOW_ALL, asArguments, collectorSettings } from '../harness/line';
import { makeDatabases, padded, type Place } from '../harness/mmdb';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import { sleep, until } from '../harness/wait';

const ENTRIES = 100_000;
/** A build with sanitizers takes several times as long for everything. */
const SANITIZED = readFileSync(programs.collector).includes('__asan_init');
const GATE_MS = SANITIZED ? 100 : 50;
/** As large as one of the whole world's cities. */
const DATABASE_BYTES = 100 * 1024 * 1024;
const END_MS = SANITIZED ? 3000 : 1000;

const place = (city: string): Place => ({
  ipv4: '203.0.113.0/24',
  ipv6: '2001:db8:1000::/48',
  asn: 64496,
  organisation: 'Example Oy',
  country: 'FI',
  city,
  latitude: 60.45,
  longitude: 22.25,
});

/** A router with the entries; how many there are: some fall together, and a kernel may hold fewer. */
async function router(here: Stage): Promise<{ made: Namespace; entries: number }> {
  const made = await Namespace.make(here);
  await made.track(true);
  await made.run('ip', 'link', 'add', 'home0', 'type', 'veth', 'peer', 'name', 'devices0');
  await made.run('ip', 'link', 'set', 'devices0', 'up');
  await made.run('ip', 'address', 'add', '192.0.2.126/25', 'dev', 'home0');
  await made.run('ip', 'link', 'set', 'home0', 'up');
  const remotes = '198.18.0.0/15,2001:db8:1000::/48';
  // as many devices as fit, so that there is a conversation for each entry
  const devices = '192.0.2.0/25,2001:db8:77::/121';
  await made.run(
    ...[programs.inject, '--count', String(ENTRIES), '--devices', devices, '--remotes', remotes],
    ...['--quiet', '--timeout', '3000'],
  );
  return { made, entries: Number(await made.run('conntrack', '-C')) };
}

function replaceList(path: string, names: number): void {
  writeFileSync(`${path}.new`, Array.from({ length: names }, (_, i) => `ad${i}.example.net\n`).join(''));
  renameSync(`${path}.new`, path);
}

/** Milliseconds of CPU and what of, of the turns that the log names: other tests make the machine slow. */
const longTurns = (output: string): [number, string][] =>
  [...output.matchAll(/A turn of the loop took [\d.]+ ms, ([\d.]+) ms of CPU \((\w+)\)/g)].map(([, ms, of]) => [
    Number(ms),
    of as string,
  ]);

/** The worst of each part so far: what a daemon has said is kept for a while only, so it is read again and again. */
function follow(here: Stage, daemon: Daemon): () => Record<string, number> {
  const most: Record<string, number> = {};
  const read = (): Record<string, number> => {
    for (const [ms, of] of longTurns(daemon.output)) most[of] = Math.max(most[of] ?? 0, ms);
    return { ...most };
  };
  const timer = setInterval(read, 300);
  here.onClose(() => clearInterval(timer));
  return read;
}

/** Asks for the state ten times a second, until the end; less often where two answers are still on their way. */
function askForStates(here: Stage, line: Line): () => number {
  let answers = 0;
  let open = 0;
  const ask = async (): Promise<void> => {
    if (open === 2) return;
    open += 1;
    const status = await line.get('/api/v1/state').then(
      (answer) => answer.status,
      () => undefined,
    );
    open -= 1;
    answers += status === 200 ? 1 : 0;
  };
  const timer = setInterval(() => void ask(), 100);
  here.onClose(() => clearInterval(timer));
  return () => answers;
}

describe('the longest turn of each loop at 100,000 connections', () => {
  test(
    'while a database, a list and the home change, viewers come, and the state is asked for',
    { timeout: 180_000 },
    async () => {
      const here = stage();
      const list = here.path('ads');
      replaceList(list, 50_000);
      const databases = await makeDatabases(here, 'before', [place('Turku')]);
      const after = await makeDatabases(here, 'after', [place('Oulu')]);
      for (const path of [databases.city, after.city]) writeFileSync(path, padded(readFileSync(path), DATABASE_BYTES));
      const { made, entries } = await router(here);
      expect(entries).toBeGreaterThan(ENTRIES / 2);
      const line = await Line.start(here, {
        router: made,
        collector: {
          ...SHOW_ALL,
          'log.level': 'debug',
          'geo.city': databases.city,
          'names.lists': `${list}=advertising`,
          'state.folder': here.path('state'),
        },
        broadcaster: { 'log.level': 'debug' },
      });
      const worst = follow(here, line.collector);
      const worstThere = follow(here, line.broadcaster);
      const viewer = await line.viewer();
      await until('all entries', 60_000, () => Number(viewer.rows('site')[0]?.shown) >= entries * 0.99);
      expect(viewer.rows('conversations').length).toBeGreaterThan(entries * 0.9);

      const answers = askForStates(here, line);
      renameSync(after.city, databases.city);
      replaceList(list, 200_000);
      await line.router.run('ip', 'neigh', 'add', '192.0.2.5', 'lladdr', '00:01:02:03:04:05', 'dev', 'home0');
      await sleep(2500);
      await line.router.run('ip', 'neigh', 'replace', '192.0.2.5', 'lladdr', '00:01:02:03:04:06', 'dev', 'home0');
      await line.router.run('ip', 'address', 'add', '192.0.2.254/25', 'dev', 'home0');
      await until(
        'the new database and list',
        60_000,
        () =>
          viewer.rows('places').some(({ city }) => city === 'Oulu') &&
          viewer.rows('sources').some(({ kind, entries }) => kind === 'list' && entries === 200_000),
      );
      await sleep(2000);
      const overview = worst();
      const told = Number(viewer.site().longest_turn_ever) / 1000;
      expect(told).toBeGreaterThan(0);
      expect(typeof viewer.site().longest_turn_ever_of).toBe('string');

      // whoever opens the table of connections has them all encoded
      const table = await line.viewer({ topics: ['connections'] });
      await until(
        'the connections',
        60_000,
        () => table.rows('connections', 'connections').length > entries * 0.99,
        () => `${table.describe()}\n${line.collector.output}`,
      );
      await sleep(3000);
      console.log(
        entries,
        'entries; longest turns (ms of CPU): collector',
        overview,
        'with the table of connections',
        worst(),
        'told (wall)',
        told,
        'broadcaster',
        worstThere(),
        'told (wall)',
        (await line.metric(/longest_turn_seconds\{of="all",since="start"\}/)) * 1000,
        'states',
        answers(),
      );
      expect(answers()).toBeGreaterThan(0);
      expect(Math.max(0, ...Object.values(worst()))).toBeLessThan(GATE_MS);
      expect(Math.max(0, ...Object.values(worstThere()))).toBeLessThan(GATE_MS);
    },
  );

  test("while Redis' host name does not resolve, and it ends at once all the same", { timeout: 180_000 }, async () => {
    const here = stage();
    const { made: inside } = await router(here);
    const list = here.path('ads');
    replaceList(list, 50_000);
    // takes questions and answers none
    const silent = "require('dgram').createSocket('udp4').bind(53, '127.0.0.9', () => console.log('bound'))";
    const server = here.start(process.execPath, ['-e', silent], { namespace: inside.path });
    server.excused = true;
    await until('a silent name server', 10_000, () => server.output.includes('bound'));
    const resolv = here.file('resolv.conf', 'nameserver 127.0.0.9\noptions timeout:30 attempts:5\n');
    const settings = {
      ...collectorSettings('redis.connvis.test:6379', here.folder),
      'names.lists': `${list}=advertising`,
      'log.level': 'debug',
    };
    const command = `mount --bind ${resolv} /etc/resolv.conf && exec "$0" "$@"`;
    const collector = here.start(
      'unshare',
      ['--mount', '--', 'sh', '-c', command, programs.collector, ...asArguments(settings)],
      { namespace: inside.path },
    );
    const worst = follow(here, collector);
    await until(
      'the list',
      60_000,
      () => collector.output.includes('Read 50000 entries'),
      () => collector.output,
    );
    replaceList(list, 100_000);
    await until(
      'the next list',
      60_000,
      () => collector.output.includes('Read 100000 entries'),
      () => collector.output,
    );
    await until('a word about the name', 20_000, () =>
      collector.output.includes('looking up its host name takes long'),
    );
    console.log('longest turns (ms):', worst());
    expect(Math.max(0, ...Object.values(worst()))).toBeLessThan(GATE_MS);
    const before = performance.now();
    await collector.end();
    expect(performance.now() - before).toBeLessThan(END_MS);
  });
});
