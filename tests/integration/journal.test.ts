// SPDX-License-Identifier: MIT
// Lookups from the systemd journal: a file that systemd-journal-remote writes, and a live journald with a dnsmasq beside
// it, in a booted container.

import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Clock, hasClock } from '../harness/clock';
import { established } from '../harness/conntrack';
import { Container, whyNoContainer } from '../harness/container';
import { lookups, sources, talks } from '../harness/feed';
import { JournalWriter, hasJournalRemote, type JournalOptions } from '../harness/journal';
import { Line, asArguments, collectorSettings } from '../harness/line';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import type { Viewer } from '../harness/viewer';
import { sleep } from '../harness/wait';

const HOME = '192.168.77.0/24';

/** A router with a device behind it. */
async function home(here: Stage, router: Namespace): Promise<Namespace> {
  const device = await Namespace.make(here);
  await router.track();
  await router.run('ip', 'link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(device.pid));
  await router.run('ip', 'address', 'add', '192.168.77.1/24', 'dev', 'lan');
  await router.run('ip', 'link', 'set', 'lan', 'up');
  await device.run('ip', 'address', 'add', '192.168.77.10/24', 'dev', 'eth0');
  await device.run('ip', 'link', 'set', 'eth0', 'up');
  return device;
}

describe.skipIf(!hasJournalRemote())('a journal file by systemd-journal-remote', () => {
  function answer(
    journal: JournalWriter,
    serial: number,
    client: string,
    name: string,
    address: string,
    options: JournalOptions = {},
  ): void {
    journal.write(`${serial} ${client}/4711 query[A] ${name} from ${client}`, options);
    journal.write(`${serial} ${client}/4711 forwarded ${name} to 203.0.113.1`, options);
    journal.write(`${serial} ${client}/4711 reply ${name} is ${address}`, options);
  }

  test('seeds the names from what was written before, follows what comes, and misses nothing over a restart', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await home(here, router);
    const journal = new JournalWriter(here, 'journal');
    answer(journal, 1, '192.168.77.10', 'yesterday.example', '198.51.100.1', { ago: 3_600_000 });
    answer(journal, 2, '192.168.77.10', 'other.example', '198.51.100.9', { ago: 3_000_000, identifier: 'something' });
    const state = here.path('state');
    const settings = { 'networks.home': HOME, 'dns.journal_folder': journal.folder, 'state.folder': state };
    mkdirSync(state);
    const line = await Line.start(here, { router, collector: settings });
    const viewer = await line.viewer({ faithful: true });
    await router.run('conntrack', ...established('192.168.77.10', '198.51.100.1', 1000));
    await router.run('conntrack', ...established('192.168.77.10', '198.51.100.9', 1001));
    await viewer.until(
      'the past name',
      10_000,
      (v) => talks(v).length === 2 && talks(v).some(({ name }) => name === 'yesterday.example'),
    );
    const asked = lookups(viewer).find(({ name }) => name === 'yesterday.example');
    expect(asked).toMatchObject({ count: 1, result: 'answered' });
    // it was asked before the collector began
    expect(viewer.rows('lookups')[0]?.asked).toBeLessThan(-3_000_000);
    expect(talks(viewer).map(({ name }) => name)).toContain(null);
    await viewer.until('the source to be there', 15_000, (v) => sources(v, 'dns').every(({ state }) => state === 'ok'));

    answer(journal, 3, '192.168.77.10', 'now.example', '198.51.100.2');
    await router.run('conntrack', ...established('192.168.77.10', '198.51.100.2', 1002));
    await viewer.until('the new name', 10_000, (v) => talks(v).some(({ name }) => name === 'now.example'));

    // what is written while no collector runs is read by the next one
    await line.collector.end();
    answer(journal, 4, '192.168.77.10', 'meanwhile.example', '198.51.100.3');
    await router.run('conntrack', ...established('192.168.77.10', '198.51.100.3', 1003));
    line.startCollector();
    await viewer.until('the name of the time between', 15_000, (v) =>
      talks(v).some(({ name }) => name === 'meanwhile.example'),
    );
    await viewer.until('the names of before', 10_000, (v) =>
      ['now.example', 'yesterday.example'].every((name) => talks(v).some((talk) => talk.name === name)),
    );
  });

  test.runIf(hasClock)('knows the names of before and after the clock was set, which began in 1970', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await home(here, router);
    const clock = new Clock(here);
    const shift = 100 - Math.floor(Date.now() / 1000);
    clock.set(shift);
    const journal = new JournalWriter(here, 'journal');
    const state = here.path('state');
    mkdirSync(state);
    const NAMES = ['boot.example', 'early.example', 'between.example', 'late.example'] as const;
    const ask = (i: number, options: JournalOptions): void =>
      answer(journal, i, '192.168.77.10', NAMES[i] as string, `198.51.100.${i + 1}`, options);
    const talk = (i: number): Promise<string> =>
      router.run('conntrack', ...established('192.168.77.10', `198.51.100.${i + 1}`, 1000 + i));
    const named = (v: Viewer, names: readonly string[]): boolean =>
      names.every((name) => talks(v).some((one) => one.name === name));
    /** How long ago it says that they were asked for, in seconds. */
    const ages = (v: Viewer): number[] =>
      v.rows('lookups').map(({ asked }) => Math.round((v.reader().time - Number(asked)) / 1000));

    ask(0, { ago: 20_000, shift });
    const settings = { 'networks.home': HOME, 'dns.journal_folder': journal.folder, 'state.folder': state };
    const line = await Line.start(here, { router, collector: settings, env: clock.env });
    const viewer = await line.viewer({ faithful: true });
    ask(1, { shift });
    await talk(0);
    await talk(1);
    await viewer.until('the names of 1970', 10_000, (v) => named(v, NAMES.slice(0, 2)));

    journal.write(`2 192.168.77.10/4711 query[A] ${NAMES[2]} from 192.168.77.10`, { shift });
    await sleep(3000);
    await viewer.until('the question', 15_000, (v) => lookups(v).some(({ name }) => name === NAMES[2]));
    clock.set(0);
    journal.write(`2 192.168.77.10/4711 reply ${NAMES[2]} is 198.51.100.3`, { shift: 0 });
    ask(3, { shift: 0 });
    await talk(2);
    await talk(3);
    await viewer.until('all names', 10_000, (v) => named(v, NAMES));
    expect(lookups(viewer).map(({ result }) => result)).toEqual(Array(4).fill('answered'));
    expect(Math.max(...ages(viewer))).toBeLessThan(60);

    await line.collector.end();
    const before = viewer.reader().epoch?.random;
    line.startCollector();
    await viewer.until(
      'the names after a restart',
      15_000,
      (v) => v.reader().epoch?.random !== before && named(v, NAMES) && v.rows('lookups').length === 4,
    );
    expect(Math.max(...ages(viewer))).toBeLessThan(90);
  });

  test('reads one unit alone, where one is named', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await home(here, router);
    const journal = new JournalWriter(here, 'journal');
    const line = await Line.start(here, {
      router,
      collector: { 'networks.home': HOME, 'dns.journal_folder': journal.folder, 'dns.unit': 'names.service' },
    });
    const viewer = await line.viewer();
    answer(journal, 1, '192.168.77.10', 'right.example', '198.51.100.1', { unit: 'names.service' });
    answer(journal, 1, '192.168.77.10', 'wrong.example', '198.51.100.2', { unit: 'virtual.service' });
    answer(journal, 2, '192.168.77.10', 'last.example', '198.51.100.3', { unit: 'names.service' });
    for (const i of [1, 2, 3])
      await router.run('conntrack', ...established('192.168.77.10', `198.51.100.${i}`, 1000 + i));
    await viewer.until(
      'the names',
      10_000,
      (v) => talks(v).length === 3 && talks(v).filter(({ name }) => name).length === 2,
    );
    expect(
      talks(viewer)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['last.example', null, 'right.example']);
  });
});

describe.skipIf(whyNoContainer() !== undefined)('a live journald in a booted container', () => {
  test('names what a dnsmasq there was asked for', { timeout: 90_000 }, async () => {
    const here = stage();
    const container = await Container.boot(here);
    await container.run(
      'systemd-run',
      '--unit=names',
      '--quiet',
      'dnsmasq',
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--no-resolv',
      '--no-hosts',
      '--log-queries=extra',
      '--user=root',
      '--pid-file=',
      '--address=/live.example/198.51.100.5',
      '--address=/blocked.example/0.0.0.0',
    );
    const device = await home(here, container.network);
    const ask = (name: string): Promise<string> =>
      device.run('dig', '+short', '+tries=5', '+timeout=1', '@192.168.77.1', name);
    expect((await ask('before.live.example')).trim()).toBe('198.51.100.5');

    const line = await Line.prepare(here, { router: container.network });
    await line.redis.start();
    copyFileSync(programs.collector, here.path('collector'));
    chmodSync(here.path('collector'), 0o755);
    const settings = {
      ...collectorSettings(join('/mnt', basename(line.redis.path)), '/mnt'),
      'networks.home': HOME,
    };
    line.collector = container.start(here, '/mnt/collector', asArguments(settings));
    await line.startBroadcaster();
    await line.healthy();
    const viewer = await line.viewer();
    /** A connection is for what was looked up before it. */
    const talk = (port: number): Promise<string> =>
      container.network.run('conntrack', ...established('192.168.77.10', '198.51.100.5', port));
    await talk(1000);
    await viewer.until('the name of before the start', 10_000, (v) =>
      talks(v).some(({ name }) => name === 'before.live.example'),
    );
    await viewer.until('the source to be there', 15_000, (v) => sources(v, 'dns').every(({ state }) => state === 'ok'));

    const begin = performance.now();
    await ask('now.live.example');
    await talk(1001);
    await viewer.until('the new name', 15_000, (v) => talks(v).some(({ name }) => name === 'now.live.example'));
    console.log(`a name came from journald to the viewer in ${(performance.now() - begin).toFixed(0)} ms`);
    await ask('www.blocked.example');
    await viewer.until('the blocked lookup', 15_000, (v) =>
      lookups(v).some(({ name, result }) => name === 'www.blocked.example' && result === 'blocked'),
    );

    // journald begins a new file
    await container.run('journalctl', '--rotate');
    await ask('after.live.example');
    await talk(1002);
    await viewer.until('the name after the rotation', 15_000, (v) =>
      talks(v).some(({ name }) => name === 'after.live.example'),
    );
    expect(viewer.site().lookup_losses).toBe(0);
  });
});
