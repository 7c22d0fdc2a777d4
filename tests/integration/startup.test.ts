// SPDX-License-Identifier: MIT
// What goes wrong at the start: the daemon says what, and what to do; and where it can it runs on and mends itself.

import { copyFileSync, chmodSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Epoch } from '../../frontend/src/feed/header';
import { describe, expect, test } from 'vitest';
import type { Daemon } from '../harness/daemon';
import { Line, SHOW_ALL, asArguments, freePort, type Settings } from '../harness/line';
import { makeDatabases, type Place } from '../harness/mmdb';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { Redis } from '../harness/redis';
import { stage, type Stage } from '../harness/stage';
import { sleep, until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const NOBODY = 65534;
const MENDED_MS = 5000;
const daemons = ['collector', 'broadcaster'] as const;

/** What an option or a configuration ends with that is wrong, and what all else ends with. */
const WRONG = 2,
  FAILED = 1;

/** Runs a daemon that is to end by itself, with this status; what it said. */
async function refusal(here: Stage, program: string, args: readonly string[], status = WRONG): Promise<string> {
  const daemon = here.start(program, args);
  daemon.excused = true;
  const { code } = await daemon.ended(10_000);
  daemon.checkSanitizer();
  expect(code, daemon.output).toBe(status);
  return daemon.output;
}

/** What both the check and the start refuse, in the same words. */
async function refusedBoth(here: Stage, program: string, args: readonly string[]): Promise<string> {
  const said = await refusal(here, program, ['--check-config', ...args]);
  expect(await refusal(here, program, args)).toBe(said);
  return said;
}

describe.each(daemons)('options of the %s', (name) => {
  const program = programs[name];

  test('an unknown one is named with its file and line, and the nearest one', async () => {
    const here = stage();
    const file = here.file('connvis.ini', '# a comment\n\n[redis]\nservr = /run/x.sock\n');
    expect(await refusal(here, program, ['--config', file])).toMatch(
      new RegExp(`${file}, line 4: there is no option "redis.servr"; did you mean "redis.server"`),
    );
    expect(await refusal(here, program, ['--set', 'redsi.server=/x'])).toContain(
      'command line: there is no option "redsi.server"',
    );
  });

  test('one out of its range is named with file, line and range', async () => {
    const here = stage();
    const [option, value] = name === 'collector' ? ['interval', '5'] : ['port', '65536'];
    const section = name === 'collector' ? 'conntrack' : 'listen';
    const file = here.file('connvis.ini', `[${section}]\n${option} = ${value}\n`);
    const said = await refusal(here, program, ['--config', file]);
    expect(said).toContain(`${file}, line 2: ${section}.${option} is "${value}", but must be`);
    expect(said).toMatch(name === 'collector' ? /100.*60000/ : /1.*65535/);
    expect(await refusal(here, program, ['--set', `${section}.${option}=many`])).toContain(
      `${section}.${option} is "many"`,
    );
  });

  test('what is no option, and a file that is not there', async () => {
    const here = stage();
    expect(await refusal(here, program, ['--verbose'])).toContain('"--verbose" is not known');
    const file = here.path('absent.ini');
    expect(await refusal(here, program, ['--config', file])).toContain(`${file}: cannot be read`);
    const broken = here.file('broken.ini', '[redis]\nwhat is this\n');
    expect(await refusal(here, program, ['--config', broken])).toContain(`${broken}, line 2`);
  });

  test('a path of a socket that is too long', async () => {
    const here = stage();
    const path = `/tmp/${'x'.repeat(110)}/redis.sock`;
    expect(await refusal(here, program, ['--set', `redis.server=${path}`])).toMatch(
      /redis\.server.*at most 107 bytes.*shorter/,
    );
  });

  test('a password in the place of a host', async () => {
    const said = await refusedBoth(stage(), program, ['--set', 'redis.server=s3cret@127.0.0.1:6379']);
    expect(said).toContain('redis.server is "s3cret@127.0.0.1:6379", but must be the path of a Unix socket');
  });

  test('what a file says is taken whole or refused, never in part', async () => {
    const here = stage();
    const list = name === 'collector' ? 'home' : 'networks';
    const section = name === 'collector' ? 'networks' : 'access';
    const good = here.file(
      'good.ini',
      `[${section}]\n${list} = 10.0.0.0/8 # one\n  192.168.0.0/16\n${list} = fd00::/8\n`,
    );
    const check = here.start(program, ['--config', good, '--check-config']);
    expect((await check.ended()).code, check.output).toBe(0);
    const wrong = (text: string): Promise<string> =>
      refusedBoth(here, program, ['--config', here.file('wrong.ini', text)]);
    expect(await wrong('[redis]\nserver = /run/a.sock\n  /run/b.sock\n')).toMatch(
      /line 3: starts with a blank, so it continues redis\.server/,
    );
    expect(await wrong('[redis]\nserver = /run/a.sock\nserver = /run/b.sock\n')).toMatch(
      /line 3: redis\.server was already set on line 2/,
    );
    expect(await wrong(`[${section}]\n${list} = ${'10.0.0.0/8, '.repeat(40)}x\n`)).toContain(
      `line 2: ${section}.${list} is "x", but must be networks`,
    );
  });

  test('the printed configuration has every default', async () => {
    const here = stage();
    const print = here.start(program, ['--print-config']);
    expect((await print.ended()).code).toBe(0);
    // a value stands in one line, however long it is
    const texts = print.output.split('\n').filter((line) => !/^#?[a-z_]+ =/.test(line));
    expect(texts.filter((line) => line.length > 120)).toEqual([]);
    const bare = print.output.replaceAll(/^#(?=[a-z])/gm, '');
    for (const text of [print.output, bare]) {
      const check = here.start(program, ['--check-config', '--config', here.file('printed.ini', text)]);
      expect((await check.ended()).code, check.output).toBe(0);
    }
    const help = here.start(program, ['--help']);
    await help.ended();
    const options = (text: string): string[] => text.match(/^[a-z_]+ =.*$/gm) ?? [];
    expect(options(bare)).toEqual(options(help.output));
    expect(options(bare).length).toBeGreaterThan(10);
  });

  test('checking, version and help start nothing', async () => {
    const here = stage();
    const settings: Settings = { 'redis.server': '/x.sock' };
    for (const args of [
      ['--check-config', ...asArguments(settings)],
      [...asArguments(settings), '--check-config'],
    ]) {
      const daemon = here.start(program, args);
      expect((await daemon.ended()).code, daemon.output).toBe(0);
      expect(daemon.output).toBe('The configuration is good.\n');
    }
    for (const option of ['--version', '--help', '-h', '--print-config']) {
      const daemon = here.start(program, [option]);
      expect((await daemon.ended()).code, option).toBe(0);
      expect(daemon.output).toContain(`connvis-${name}`);
    }
    const file = here.file('wrong.ini', '[site]\nnme = x\n[redis]\nserver = nowhere\n');
    const said = await refusal(here, program, ['--check-config', '--config', file]);
    expect(said).toMatch(/line 2/);
    expect(said).toMatch(/line 4/);
  });
});

describe('the collector', () => {
  test.each([
    ['names.lists=/etc/hosts', 'FILE=CATEGORY[:NAME], such as'],
    ['names.lists=/etc/hosts=nonsense', 'where CATEGORY is a word such as advertising'],
    ['dns.logs=dnsmasq.log', 'the absolute path of a file'],
    ['devices.leases=dnsmasq.leases', 'the absolute path of a file'],
    ['geo.city=/a,/b,/c,/d,/e', 'takes at most 4 files: "/e" is one too many'],
    ['state.folder=relative', 'the absolute path of a folder'],
    ['state.folder=/nowhere/at/all', 'a folder that exists, or whose parent folder does'],
    ['networks.mode=bridge', 'auto, router or machine'],
  ])('refuses %s at once', async (setting, why) => {
    expect(await refusedBoth(stage(), programs.collector, ['--set', setting])).toContain(why);
  });

  test('without the privilege says which one it needs', async () => {
    const here = stage();
    const namespace = await Namespace.make(here);
    const program = here.path('collector');
    copyFileSync(programs.collector, program);
    chmodSync(program, 0o755);
    const daemon = here.start(program, asArguments({ 'redis.server': here.path('x') }), {
      namespace: namespace.path,
      user: NOBODY,
    });
    daemon.excused = true;
    expect((await daemon.ended()).code).toBe(FAILED);
    expect(daemon.output).toContain('CAP_NET_ADMIN');
    daemon.checkSanitizer();
  });

  test('with accounting off runs on, says that bytes are unknown and how to turn it on, and sees when it is', async () => {
    const here = stage();
    const line = await Line.start(here, { collector: SHOW_ALL, counting: false });
    const viewer = await line.viewer({ topics: ['overview', 'connections'] });
    await line.inject('--count', '20', '--quiet');
    await line.collector.said(/nf_conntrack_acct/);
    await viewer.until('the entries', MENDED_MS, (v) => v.rows('connections', 'connections').length === 20);
    expect(viewer.site().accounting).toBe(false);
    for (const row of viewer.rows('connections', 'connections')) expect(row.orig_bytes).toBeNull();

    await line.router.set('net.netfilter.nf_conntrack_acct', '1');
    await viewer.until('accounting to be on', MENDED_MS, (v) => v.site().accounting === true);
    await line.inject('--count', '20', '--first', '1000', '--quiet');
    await viewer.until('entries that count', MENDED_MS, (v) =>
      v.rows('connections', 'connections').some((row) => row.orig_bytes === 0),
    );
  });

  test('sees accounting switched off and on again: what was counted stays, and what is born meanwhile is unknown', async () => {
    const here = stage();
    const line = await Line.start(here, { collector: SHOW_ALL });
    const viewer = await line.viewer({ topics: ['overview', 'connections'] });
    const inject = (first: number): Promise<string> => line.inject('--count', '20', '--first', `${first}`, '--quiet');
    const counted = (v: Viewer): number[] =>
      [true, false].map(
        (known) => v.rows('connections', 'connections').filter((r) => (r.orig_bytes !== null) === known).length,
      );
    const see = (what: string, known: number, unknown: number, on: boolean): Promise<unknown> =>
      viewer.until(what, MENDED_MS, (v) => `${counted(v)}` === `${[known, unknown]}` && v.site().accounting === on);
    await inject(0);
    await see('entries that count', 20, 0, true);

    await line.router.set('net.netfilter.nf_conntrack_acct', '0');
    await line.collector.said(/nf_conntrack_acct/);
    await inject(1000);
    await see('entries that do not count', 20, 20, false);

    await line.router.set('net.netfilter.nf_conntrack_acct', '1');
    await line.collector.said(/The kernel counts packets and bytes now/);
    await inject(2000);
    await see('both', 40, 20, true);
  });

  test(
    'says how much does not fit, each once: not what it was in the first second, nor twice what came during a dump',
    { timeout: 60_000 },
    async () => {
      const here = stage();
      const line = await Line.start(here, {
        collector: {
          ...SHOW_ALL,
          'limits.connections': '100',
          'conntrack.interval': '100',
          'conntrack.cpu_budget': '1000',
        },
      });
      const viewer = await line.viewer();
      const full = (): number => Number(viewer.site().full_connections);
      for (let first = 0; first < 6000; first += 500) {
        await line.inject('--count', '500', '--first', `${first}`, '--timeout', '600', '--quiet');
        await sleep(100);
      }
      const left = Number(await line.router.run('conntrack', '-C')) - 100;
      expect(left).toBeGreaterThan(5800);
      expect(Number((await line.collector.said(/Not everything fits any more \(connections (\d+),/, 40_000))[1])).toBe(
        left,
      );
      expect(full()).toBe(left);
    },
  );
});

const place = (city: string): Place => ({
  ipv4: '198.51.100.9',
  ipv6: '2001:db8:1000::9',
  asn: 64500,
  organisation: 'Example Networks',
  country: 'FI',
  city,
  latitude: 60.2,
  longitude: 24.9,
});

describe('MMDB files', () => {
  const source = (viewer: Viewer, kind: string): unknown =>
    viewer.rows('sources').find((row) => row.kind === kind)?.state;
  const city = (viewer: Viewer): unknown =>
    viewer
      .rows('places')
      .map((row) => row.city)
      .join();

  async function line(here: Stage, settings: Settings): Promise<[Line, Viewer]> {
    const made = await Line.start(here, { collector: settings });
    await made.inject('--count', '3', '--family', '4', '--remotes', '198.51.100.9/32', '--quiet');
    const viewer = await made.viewer();
    await viewer.until('the remote', MENDED_MS, (v) => v.rows('remotes').length === 1);
    return [made, viewer];
  }

  test('in both layouts place a remote, and name its network', async () => {
    const here = stage();
    const files = await makeDatabases(here, 'geo', [place('Espoo')]);
    const [nested, viewer] = await line(here, {
      'geo.city': files.city,
      'geo.asn': files.asn,
      'geo.attribution': 'Made for a test',
    });
    await viewer.until('the place', MENDED_MS, (v) => city(v) === 'Espoo');
    expect(viewer.rows('places')[0]).toMatchObject({ country: 'FI', latitude: expect.closeTo(60.2, 2) as number });
    expect(viewer.rows('networks')[0]).toMatchObject({ asn: 64500, name: 'Example Networks' });
    expect(viewer.rows('sources').map((row) => row.attribution)).toContain('Made for a test');
    const { start } = viewer.reader().epoch as Epoch;
    await nested.collector.end();
    nested.startCollector({ 'geo.city': files.flat });
    await viewer.until(
      'the place of the flat layout',
      2 * MENDED_MS,
      (v) => city(v) === 'Espoo' && v.reader().epoch?.start !== start,
    );
  });

  test('that are missing: it says so, runs on, and takes the file when it comes', async () => {
    const here = stage();
    const files = await makeDatabases(here, 'geo', [place('Espoo')]);
    const path = here.path('late.mmdb');
    const [made, viewer] = await line(here, { 'geo.city': path, 'geo.asn': files.asn });
    expect(source(viewer, 'city')).toBe('missing');
    expect(source(viewer, 'asn')).toBe('ok');
    await made.collector.said(/late\.mmdb/);
    renameSync(files.city, path);
    await viewer.until('the place', MENDED_MS, (v) => source(v, 'city') === 'ok' && city(v) === 'Espoo');
  });

  test.each([
    ['cut off', (path: string) => truncateSync(path, readFileSync(path).length >> 1)],
    ['nothing at all', (path: string) => truncateSync(path, 0)],
  ] as const)('that are %s: the same', async (_, spoil) => {
    const here = stage();
    const good = await makeDatabases(here, 'good', [place('Espoo')]);
    const spoilt = await makeDatabases(here, 'spoilt', [place('Vantaa')]);
    spoil(spoilt.city);
    const [, viewer] = await line(here, { 'geo.city': spoilt.city });
    expect(source(viewer, 'city')).toBe('broken');
    renameSync(good.city, spoilt.city);
    await viewer.until('the place', MENDED_MS, (v) => source(v, 'city') === 'ok' && city(v) === 'Espoo');
  });

  test('of another kind: it says which kind it wants', async () => {
    const here = stage();
    const files = await makeDatabases(here, 'geo', [place('Espoo')]);
    const [made, viewer] = await line(here, { 'geo.city': files.asn });
    expect(source(viewer, 'city')).toBe('broken');
    expect(viewer.rows('sources').find((row) => row.kind === 'city')?.detail).toContain('holds no city data');
    await made.collector.said(/asn\.mmdb.*holds no city data/);
  });

  test('that are replaced, spoilt in place or taken away while it runs', { timeout: 90_000 }, async () => {
    const here = stage();
    const first = await makeDatabases(here, 'first', [place('Espoo')]);
    const second = await makeDatabases(here, 'second', [place('Vantaa')]);
    const third = await makeDatabases(here, 'third', [place('Tampere')]);
    const [made, viewer] = await line(here, { 'geo.city': first.city });
    await viewer.until('the first place', MENDED_MS, (v) => city(v) === 'Espoo');
    renameSync(second.city, first.city);
    await viewer.until('the second place', 2 * MENDED_MS, (v) => city(v) === 'Vantaa');
    // whoever writes into a mapped file, or cuts it, must not bring the collector down
    truncateSync(first.city, 1000);
    await sleep(1000);
    await made.inject('--count', '3', '--first', '500', '--family', '4', '--remotes', '198.51.100.9/32', '--quiet');
    await viewer.live(MENDED_MS);
    renameSync(third.city, first.city);
    await viewer.until('the third place', 2 * MENDED_MS, (v) => city(v) === 'Tampere');
    // what was opened stays in use
    rmSync(first.city);
    await sleep(1500);
    await viewer.live(MENDED_MS);
    expect([source(viewer, 'city'), city(viewer)]).toEqual(['ok', 'Tampere']);
  });
});

describe('what both daemons share', () => {
  /** The lines of these sections, each option with its default. */
  async function printed(here: Stage, program: string): Promise<Map<string, string[]>> {
    const daemon = here.start(program, ['--print-config']);
    await daemon.ended();
    const found = new Map<string, string[]>();
    let section: string[] = [];
    for (const row of daemon.output.split('\n')) {
      if (row.startsWith('[')) found.set(row, (section = []));
      else if (/^#[a-z]/.test(row)) section.push(row.slice(1));
    }
    return found;
  }

  test('stands in one file, with every option that either of them has there', async () => {
    const here = stage();
    const [one, other] = [await printed(here, programs.collector), await printed(here, programs.broadcaster)];
    const rows = ['[site]', '[log]', '[redis]'].flatMap((name) => [
      name,
      ...new Set([...(one.get(name) ?? []), ...(other.get(name) ?? [])]),
    ]);
    expect(rows).toContain('name = home');
    const file = here.file('connvis.conf', `${rows.join('\n')}\n`);
    for (const program of [programs.collector, programs.broadcaster]) {
      const check = here.start(program, ['--shared', file, '--check-config']);
      expect((await check.ended()).code, check.output).toBe(0);
    }
    const wrong = here.file('wrong.conf', '[listen]\nport = 80\n');
    for (const program of [programs.collector, programs.broadcaster])
      expect(await refusedBoth(here, program, ['--shared', wrong])).toContain('line 2: listen.port is not shared');
  });

  test('is enough for both to meet', async () => {
    const here = stage();
    const line = await Line.prepare(here);
    await line.redis.start();
    const file = here.file('connvis.conf', `[site]\nname = cabin\n[redis]\nserver = ${line.redis.path}\n`);
    const own = asArguments({ 'geo.copy_folder': here.folder });
    line.collector = here.start(programs.collector, ['--shared', file, ...own], { namespace: line.router.path });
    const port = asArguments({ 'listen.port': line.port });
    line.broadcaster = here.start(programs.broadcaster, ['--shared', file, ...port]);
    const viewer = await until('a viewer', 10_000, () => line.viewer({ site: 'cabin' }).catch(() => undefined));
    await viewer.until('the state', 10_000, (v) => v.site().name === 'cabin');
    expect(viewer.hello?.sites).toEqual(['cabin']);
  });
});

describe('the broadcaster', () => {
  test.each([
    ['feed.topics=', 'feed.topics is empty, but needs at least one value'],
    ['feed.sites=Home', '1 to 32 small letters'],
    ['listen.address=999.1.1.1', 'an IP address'],
    ['listen.address=fe80::1', 'an address that is not link-local'],
    ['access.hosts=connvis.example:8080', 'a host name without a port'],
  ])('refuses %s at once', async (setting, why) => {
    expect(await refusedBoth(stage(), programs.broadcaster, ['--set', setting])).toContain(why);
  });

  test('at a port that is taken says so, and how to choose another', async () => {
    const here = stage();
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done));
    here.onClose(() => void other.close());
    const said = await refusal(
      here,
      programs.broadcaster,
      asArguments({ 'listen.port': port, 'redis.server': here.path('x') }),
      FAILED,
    );
    expect(said).toMatch(new RegExp(`Port ${port}.*taken.*listen\\.port`));
  });

  test('at an address that this host has not', async () => {
    const here = stage();
    const settings: Settings = {
      'listen.address': '203.0.113.77',
      'listen.port': await freePort(),
      'redis.server': here.path('x'),
    };
    expect(await refusal(here, programs.broadcaster, asArguments(settings), FAILED)).toMatch(
      /no address 203\.0\.113\.77/,
    );
  });
});

describe('log.level', () => {
  test('debug says each decision', async () => {
    const here = stage();
    const debug: Settings = { 'log.level': 'debug' };
    const line = await Line.start(here, { collector: { ...SHOW_ALL, ...debug }, broadcaster: debug });
    const viewer = await line.viewer();
    await line.inject('--count', '5', '--quiet');
    await viewer.until('the entries', MENDED_MS, (v) => v.site().connections === 5);
    await line.get('/', { host: 'other.example' });
    viewer.close();
    for (const decision of [
      /debug: A dump begins\./,
      /debug: A dump ended after \d+ ms: 5 connections, \d+ us of CPU/,
      /debug: overview: needs a keyframe\./,
      /debug: overview: sent a keyframe of \d+ bytes/,
      /debug: overview: the keyframe was acknowledged after \d+ ms/,
      /debug: The device \d+ \(by its \w+\) is called \w+/,
    ])
      await line.collector.said(decision);
    for (const decision of [
      /debug: overview of home: subscribing\./,
      /debug: overview of home: asking for a keyframe\./,
      /debug: overview of home: received a keyframe of \d+ bytes/,
      /debug: A viewer connected: 127\.0\.0\.1\./,
      /debug: A viewer disconnected: 127\.0\.0\.1\./,
      /debug: Refused a request from 127\.0\.0\.1 with 421: This server does not go by that name/,
    ])
      await line.broadcaster.said(decision);
  });

  test('info says none of them, error hides warnings', async () => {
    const here = stage();
    const line = await Line.prepare(here, { collector: { 'log.level': 'error' } });
    const collector = line.startCollector();
    const broadcaster = await line.startBroadcaster();
    await broadcaster.said(/Redis at \S+ is not there/);
    expect(broadcaster.output).not.toContain('debug:');
    await sleep(1000);
    expect(collector.output).toBe('');
  });
});

describe('Redis', () => {
  test('absent: both wait and say so; when it comes the page fills', async () => {
    const here = stage();
    const line = await Line.prepare(here, { collector: SHOW_ALL });
    const path = line.redis.path;
    const says = async (daemon: Daemon): Promise<void> => {
      const { index } = await daemon.said(/Redis at \S+ is not there/);
      expect(daemon.output.slice(index)).toContain(path);
    };
    const collector = line.startCollector();
    const broadcaster = await line.startBroadcaster();
    await Promise.all([says(collector), says(broadcaster)]);
    const viewer = await line.viewer();
    expect((await line.get('/healthz')).status).toBe(503);
    await line.inject('--count', '50', '--quiet');
    await sleep(2000);
    expect(viewer.reader().whole).toBe(false);
    expect(viewer.waiting).toContain('overview');

    await line.redis.start();
    await viewer.until('the entries', MENDED_MS, (v) => v.site().connections === 50);
    await line.healthy(MENDED_MS);
  });

  test('a socket that nobody answers at is no Redis', async () => {
    const here = stage();
    const redis = new Redis(here);
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(redis.path, done));
    here.onClose(() => void silent.close());
    const port = await freePort();
    const broadcaster = here.start(
      programs.broadcaster,
      asArguments({ 'listen.port': port, 'redis.server': redis.path }),
    );
    await broadcaster.said(/did not answer/, 15_000);
  });
});
