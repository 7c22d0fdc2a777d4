// SPDX-License-Identifier: MIT
// What becomes of each kind of lookup: asked by real clients at a real dnsmasq, by names that were chosen to do harm, and
// through logs that are moved, cut off, or do not exist yet.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { logPrefix } from '../harness/dnsmasq';
import { deviceAt, lookups, remoteAt, sources, talks } from '../harness/feed';
import { Line, type Settings } from '../harness/line';
import { NEIGHBOURHOOD_NETWORKS, Neighbourhood } from '../harness/neighbourhood';
import { command } from '../harness/namespace';
import { stage, type Stage } from '../harness/stage';
import { within } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const NAMES = [
  'host-record=www.plain.example,198.51.100.1,2001:db8:1000::1',
  'host-record=only4.example,198.51.100.2',
  'host-record=edge.cdn.example,198.51.100.3,2001:db8:1000::3',
  'cname=shop.example,shop.map.example',
  'cname=shop.map.example,edge.cdn.example',
  'dns-rr=www.plain.example,65,00010000010003026832',
  'txt-record=mute.example,nothing',
];

async function room(here: Stage, more: Settings = {}): Promise<{ homes: Neighbourhood; line: Line; viewer: Viewer }> {
  const homes = await Neighbourhood.make(here, {
    clients: 3,
    log: 'extra',
    names: NAMES,
    lines: ['address=/blocked.example/0.0.0.0', 'address=/blocked.example/::'],
  });
  const line = await Line.start(here, {
    router: homes.router,
    collector: { 'networks.home': NEIGHBOURHOOD_NETWORKS, 'dns.journal': 'no', 'dns.logs': homes.log, ...more },
  });
  return { homes, line, viewer: await line.viewer() };
}

const resultOf = (viewer: Viewer, name: string): string | null | undefined =>
  lookups(viewer).find((lookup) => lookup.name === name)?.result;

describe('lookups by dig and curl at a real dnsmasq', () => {
  test('each has its result, over both families, and aliases are credited to the name that was asked', async () => {
    const { homes, viewer } = await room(stage());
    const [first, second] = homes.clients;
    if (!first || !second) throw new Error('there are no clients');
    const dig = (from: string, server: string, ...question: string[]): Promise<string> =>
      command('dig', '+noall', '+answer', '+tries=2', '+timeout=3', '-b', from, `@${server}`, ...question);
    await dig(first.ipv4, '192.168.77.1', 'www.plain.example', 'A');
    await dig(first.ipv6, '2001:db8:77::1', 'WWW.Plain.EXAMPLE', 'AAAA');
    await dig(first.ipv4, '192.168.77.1', 'www.plain.example', 'HTTPS');
    await dig(second.ipv4, '192.168.77.1', 'shop.example', 'A');
    await dig(first.ipv4, '192.168.77.1', 'only4.example', 'AAAA');
    await dig(first.ipv4, '192.168.77.1', 'mute.example', 'A');
    await dig(first.ipv4, '192.168.77.1', 'nowhere.example', 'A');
    await dig(first.ipv4, '192.168.77.1', 'www.blocked.example', 'A');
    await dig(first.ipv4, '192.168.77.1', '-x', '198.51.100.1');
    // curl asks by way of the C library, from this machine's first address, and connects: nobody answers there
    const resolv = stage().file('resolv.conf', 'nameserver 192.168.77.1\n');
    await command(
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mount --bind ${resolv} /etc/resolv.conf && curl --silent --max-time 1 http://edge.cdn.example/ || true`,
    );

    await viewer.until('all lookups', 10_000, (v) =>
      ['www.plain.example', 'shop.example', 'nowhere.example', 'www.blocked.example', 'edge.cdn.example'].every(
        (name) => resultOf(v, name),
      ),
    );
    const found = Object.fromEntries(lookups(viewer).map(({ name, result }) => [name, result]));
    expect(found).toMatchObject({
      'www.plain.example': 'answered',
      'shop.example': 'answered',
      'only4.example': 'nodata',
      'mute.example': 'nodata',
      'nowhere.example': 'nxdomain',
      'www.blocked.example': 'blocked',
      'edge.cdn.example': 'answered',
    });
    // one lookup, whatever the letters, the family and the type: A, AAAA and HTTPS at once are one question
    expect(lookups(viewer).filter(({ name }) => name === 'www.plain.example')).toMatchObject([{ count: 1 }]);
    // an alias's target was asked for by nobody here
    expect(lookups(viewer).map(({ name }) => name)).not.toContain('shop.map.example');

    await homes.converse([
      { from: first.ipv4, to: '198.51.100.1' },
      { from: first.ipv6, to: '2001:db8:1000::1' },
      { from: first.ipv4, to: '198.51.100.3', port: 444 },
      { from: second.ipv4, to: '198.51.100.3', port: 445 },
      { from: first.ipv4, to: '45.0.0.77', port: 446 },
    ]);
    const name = (port: number): (string | null)[] =>
      talks(viewer)
        .filter((talk) => talk.port === port)
        .map((talk) => talk.name);
    await viewer.until('the conversations', 10_000, (v) => talks(v).filter(({ port }) => port >= 443).length === 5);
    expect(name(443)).toEqual(['www.plain.example', 'www.plain.example']);
    expect(name(444)).toEqual(['edge.cdn.example']);
    expect(name(445)).toEqual(['shop.example']);
    expect(name(446)).toEqual([null]);
    expect(deviceAt(viewer, first.ipv4)).toMatchObject({ unseen: 1 });
    expect(remoteAt(viewer, '198.51.100.3')?.names).toHaveLength(2);
  });
});

/** The bytes of a question for a name of these labels, which may hold anything (RFC 1035). */
function question(id: number, labels: readonly Buffer[]): Buffer {
  const name = Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0])]);
  return Buffer.concat([
    Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    name,
    Buffer.from([0, 1, 0, 1]),
  ]);
}

const HOSTILE: readonly (readonly (string | Buffer)[])[] = [
  ['x from 192.168.77.12', 'example'],
  ['www.plain.example is 198.51.100.66', 'example'],
  ['query[A] www.bank.example from 192.168.77.12', 'example'],
  ['reply www.bank', 'example is 198.51.100.66'],
  ['9 192.168.77.12/53 query[A] a', 'example from 192.168.77.12'],
  ['<img src=x onerror=alert(1)>', '"\'&', 'example'],
  [Buffer.from(`a\r\n${logPrefix()}1 192.168.77.12/1 x`), 'example'],
  [Buffer.from([0, 1, 2, 27, 91, 51, 49, 109]), Buffer.from([0xe2, 0x80, 0xae, 0xff, 0xfe]), 'example'],
  ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(61)],
];

/** Text that a page may show: printable ASCII, as long as a name may be. */
const HARMLESS = /^[ -~]{1,253}$/;

describe('names that were chosen to do harm', () => {
  test('come out harmless from a real dnsmasq, and name nothing of somebody else', async () => {
    const { homes, line, viewer } = await room(stage());
    const [attacker, victim] = homes.clients;
    if (!attacker || !victim) throw new Error('there are no clients');
    await victim.over4.resolve4('www.plain.example');
    const socket = createSocket('udp4');
    socket.bind(0, attacker.ipv4);
    await once(socket, 'listening');
    for (const [i, labels] of HOSTILE.entries()) {
      const answered = once(socket, 'message').catch(() => undefined);
      socket.send(
        question(
          i + 1,
          labels.map((label) => Buffer.from(label as string)),
        ),
        53,
        '192.168.77.1',
      );
      await within('an answer', 5000, answered);
    }
    socket.close();
    // the lines after them are read
    await attacker.over4.resolve4('only4.example');
    await homes.converse([
      { from: victim.ipv4, to: '198.51.100.1' },
      { from: victim.ipv4, to: '198.51.100.66', port: 444 },
      { from: attacker.ipv4, to: '198.51.100.2', port: 445 },
    ]);
    await viewer.until(
      'the lookup after them',
      10_000,
      (v) => resultOf(v, 'only4.example') === 'answered' && talks(v).length === 3,
    );
    for (const { name } of viewer.rows('names')) expect(name).toMatch(HARMLESS);
    const byPort = Object.fromEntries(talks(viewer).map(({ port, name }) => [port, name]));
    expect(byPort).toEqual({ 443: 'www.plain.example', 444: null, 445: 'only4.example' });
    const asked = lookups(viewer).filter(({ device }) => device?.id === deviceAt(viewer, victim.ipv4)?.id);
    expect(asked.map(({ name }) => name)).toEqual(['www.plain.example']);
    expect(line.collector.ending).toBeUndefined();
  });

  test('come out harmless from a log file, whoever has written it', async () => {
    const here = stage();
    const log = here.file('dnsmasq.log', '');
    const line = await Line.start(here, {
      collector: { 'networks.home': '192.168.77.0/24', 'dns.journal': 'no', 'dns.logs': log },
    });
    const viewer = await line.viewer();
    const say = (text: string | Buffer): void =>
      appendFileSync(log, Buffer.concat([Buffer.from(logPrefix()), Buffer.from(text as string), Buffer.from('\n')]));
    await line.router.run('ip', 'link', 'set', 'lo', 'up');
    say('1 192.168.77.10/1 query[A] first.example from 192.168.77.10');
    for (const labels of HOSTILE) {
      const name = Buffer.concat(
        labels.map((label) => Buffer.concat([Buffer.from(label as string), Buffer.from('.')])),
      );
      for (const form of [
        '2 192.168.77.10/1 query[A] % from 192.168.77.10',
        '2 192.168.77.10/1 reply % is 198.51.100.1',
        'query[A] % from 192.168.77.10',
        'cached % is 198.51.100.1',
      ]) {
        const [before = '', after = ''] = form.split('%');
        say(Buffer.concat([Buffer.from(before), name, Buffer.from(after)]));
      }
    }
    say(`3 192.168.77.10/1 query[A] ${'x'.repeat(100_000)} from 192.168.77.10`);
    appendFileSync(log, Buffer.alloc(50_000, 0xff));
    appendFileSync(log, '\n');
    say('query[');
    say('4 192.168.77.10/1 query[A] last.example from 192.168.77.10');
    say('4 192.168.77.10/1 config last.example is NXDOMAIN');
    await viewer.until('the last lookup', 10_000, (v) => v.rows('names').some(({ name }) => name === 'last.example'));
    for (const { name } of viewer.rows('names')) expect(name).toMatch(HARMLESS);
    await viewer.until('the broken lines to be counted', 15_000, (v) => Number(sources(v, 'dns')[0]?.broken) > 0);
    expect(viewer.site().connections).toBe(0);
  });
});

describe('a log of dnsmasq', () => {
  test('is followed when it is moved away, cut off, and when it comes later', async () => {
    const here = stage();
    const { homes, viewer } = await room(here, { 'dns.logs': `${here.path('dnsmasq.log')},${here.path('later.log')}` });
    const [client] = homes.clients;
    if (!client) throw new Error('there is no client');
    await viewer.until(
      'one log, and one that is missing',
      5000,
      (v) =>
        sources(v, 'dns')
          .map(({ state }) => state)
          .sort()
          .join() === 'missing,ok',
    );
    const missing = sources(viewer, 'dns').find(({ state }) => state === 'missing');
    expect(String(missing?.detail)).toContain('later.log');

    await client.over4.resolve4('www.plain.example');
    await viewer.until('the first', 15_000, (v) => resultOf(v, 'www.plain.example') === 'answered');
    // as logrotate does: moved away, and dnsmasq opens a new one
    renameSync(homes.log, `${homes.log}.1`);
    await client.over4.resolve4('only4.example');
    homes.server.signal('SIGUSR2');
    await viewer.until('what came after the move', 15_000, (v) => resultOf(v, 'only4.example') === 'answered');
    await client.over4.resolve4('shop.example');
    await viewer.until('what stands in the new one', 15_000, (v) => resultOf(v, 'shop.example') === 'answered');
    expect(readFileSync(homes.log, 'utf8')).toContain('shop.example');
    // cut off in place
    truncateSync(homes.log);
    await client.over4.resolve4('edge.cdn.example');
    await viewer.until('what came after the cut', 15_000, (v) => resultOf(v, 'edge.cdn.example') === 'answered');
    // a second log comes
    const later = [`query[A] later.example from ${client.ipv4}`, 'config later.example is NXDOMAIN'];
    writeFileSync(here.path('later.log'), later.map((text) => `${logPrefix()}1 ${client.ipv4}/1 ${text}\n`).join(''));
    await viewer.until('the later log', 15_000, (v) => resultOf(v, 'later.example') === 'nxdomain');
    await viewer.until('both logs', 15_000, (v) => sources(v, 'dns').every(({ state }) => state === 'ok'));
    // each question was counted once
    expect(lookups(viewer).filter(({ count }) => count !== 1)).toEqual([]);
  });

  test('dnsmasq restarted and gone: names stay, and come again', async () => {
    const { homes, viewer } = await room(stage());
    const [client] = homes.clients;
    if (!client) throw new Error('there is no client');
    await client.over4.resolve4('www.plain.example');
    await homes.converse([{ from: client.ipv4, to: '198.51.100.1' }]);
    await viewer.until('the name', 15_000, (v) => talks(v)[0]?.name === 'www.plain.example');
    await homes.server.end();
    await homes.startServer();
    await client.over4.resolve4('only4.example');
    await viewer.until('the lookup of the new one', 15_000, (v) => resultOf(v, 'only4.example') === 'answered');
    expect(talks(viewer).map(({ name }) => name)).toEqual(['www.plain.example']);
  });
});
