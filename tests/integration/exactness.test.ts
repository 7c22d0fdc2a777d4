// SPDX-License-Identifier: MIT
// After churn a viewer has, entry by entry, what the kernel has; and after a flush nothing is left of it.

import { createConnection, type Socket } from 'node:net';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { exact } from '../harness/exact';
import { DEVICE, ECHO_PORT, HOME_NETWORKS, Home, WORLD } from '../harness/home';
import { INJECT_HOME, Line, SHOW_ALL } from '../harness/line';
import { stage, type Stage } from '../harness/stage';
import { sleep, within } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const SETTLE_MS = 15_000;
const ROUNDS = 9;
const MOST_ROUNDS = 18;
/** Bytes that the allocator may keep of three rounds. */
const MUCH = 0.6 * 1024 * 1024;
/** Conversations that have ended and are kept one by one: the default of limits.ended. */
const ENDED = 2000;
const PROTOCOLS = 'tcp,udp,icmp,sctp,gre';

/** A connection through the router that has sent and got back some bytes. */
function talk(port: number, host: string, bytes: number): Promise<Socket> {
  const answered = new Promise<Socket>((done, fail) => {
    const socket = createConnection({ port, host });
    let got = 0;
    socket.on('error', fail);
    socket.on('connect', () => socket.write(Buffer.alloc(bytes)));
    socket.on('data', (piece) => {
      got += piece.length;
      if (got >= bytes) done(socket);
    });
  });
  return within(`an answer from ${host}`, 5000, answered);
}

async function datagrams(stage: Stage, host: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    stage.onClose(() => void socket.close());
    socket.send(Buffer.alloc(100 + i), ECHO_PORT, host);
    await within(`a datagram from ${host}`, 5000, once(socket, 'message'));
  }
}

describe('the topic connections', () => {
  test(
    'equals conntrack -L after churn: every protocol, both families, address translation both ways',
    { timeout: 90_000 },
    async () => {
      const here = stage();
      const home = await Home.make(here);
      const line = await Line.start(here, {
        router: home.router,
        collector: { ...SHOW_ALL, 'networks.home': `${HOME_NETWORKS}, ${INJECT_HOME}` },
      });
      const viewer = await line.viewer({ topics: ['overview', 'identities', 'lookups', 'connections'] });

      // real ones, whose counters move, of which some end and some stay
      const sockets: Socket[] = [];
      for (let i = 0; i < 40; i++) sockets.push(await talk(ECHO_PORT, i % 2 ? WORLD.ipv6 : WORLD.ipv4, 1000 + 37 * i));
      here.onClose(() => {
        for (const socket of sockets) socket.destroy();
      });
      await datagrams(here, WORLD.ipv4, 20);
      await datagrams(here, WORLD.ipv6, 20);
      // made ones: 24,000 come and 18,000 of them go, in all states; others come in bulk and stay
      const churned = await line.inject(
        ...['--count', '6000', '--rate', '6000', '--churn', '4', '--protocols', PROTOCOLS],
        ...['--nat', 'mixed', '--states', 'mixed'],
      );
      expect(Number(/created (\d+)/.exec(churned)?.[1])).toBeGreaterThanOrEqual(20_000);
      await line.inject(
        '--count',
        '3000',
        '--seed',
        '2',
        '--first',
        '100000',
        '--nat',
        'snat',
        '--mark',
        '77',
        '--zone',
        '5',
      );
      await line.inject(
        '--count',
        '1000',
        '--seed',
        '2',
        '--first',
        '101000',
        '--nat',
        'snat',
        '--mark',
        '77',
        '--zone',
        '5',
        '--delete',
      );
      sockets.splice(0, 20).forEach((socket) => socket.end());
      sockets.forEach((socket) => socket.write(Buffer.alloc(5000)));

      const entries = await exact(line, viewer, 30_000);
      expect(entries.length).toBeGreaterThan(7500);
      const some = (name: string, value: string): number => entries.filter((entry) => entry[name] === value).length;
      for (const protocol of ['1', '6', '17', '47', '58', '132'])
        expect(some('protocol', protocol), protocol).toBeGreaterThan(0);
      expect(some('zone', '5')).toBeGreaterThan(1500);
      expect(some('mark', '77')).toBeGreaterThan(1500);
      expect(some('source_nat', 'true')).toBeGreaterThan(1000);
      expect(some('destination_nat', 'true')).toBeGreaterThan(1000);
      expect(entries.filter((entry) => Number(entry.orig_bytes) > 5000).length).toBeGreaterThanOrEqual(20);
      expect(viewer.outcomes).toMatchObject({ lost: 0, newer: 0 });

      // the overview counts the same
      expect(viewer.site().connections).toBe(entries.length);
      const own = viewer
        .rows('devices')
        .find((device) =>
          viewer
            .rows('addresses')
            .some((a) => a.device === device.id && Buffer.from(a.address as Uint8Array).join('.') === DEVICE.ipv4),
        );
      expect(own).toBeDefined();
      expect(viewer.outcomes.dropped).toBe(0);
    },
  );

  test('without events, dumps alone lead to the same', async () => {
    const here = stage();
    const line = await Line.start(here, { collector: { ...SHOW_ALL, 'conntrack.events': 'no' } });
    const viewer = await line.viewer({ topics: ['overview', 'identities', 'lookups', 'connections'] });
    await line.inject('--count', '2000', '--protocols', PROTOCOLS, '--nat', 'mixed', '--states', 'mixed');
    await exact(line, viewer, SETTLE_MS);
    await line.inject('--count', '1500', '--protocols', PROTOCOLS, '--nat', 'mixed', '--states', 'mixed', '--delete');
    expect((await exact(line, viewer, SETTLE_MS)).length).toBeGreaterThan(400);
    expect(viewer.site().events).toBe(false);
  });
});

const sorted = (sizes: readonly number[]): number[] => [...sizes].sort((a, b) => a - b);

/**
 * By how much the last three rounds have more than the three before. What the allocator keeps goes up and down, and up once by
 * what a busier round wanted; what is never given back lifts the least, the middle and the most alike, each time anew: by
 * 0.9 MiB for 16 bytes an entry.
 */
function grown(sizes: readonly number[]): number {
  const [before, after] = [sorted(sizes.slice(-6, -3)), sorted(sizes.slice(-3))];
  return Math.min(...after.map((size, i) => size - (before[i] ?? 0)));
}

function bytesOf(viewer: Viewer, table: string): number {
  return viewer.rows(table).reduce((sum, row) => sum + Number(row.up_bytes) + Number(row.down_bytes), 0);
}

describe('after a flush', () => {
  test(
    'no connection is left, conversations stay within their bound, their sums are kept, and memory is given back',
    { timeout: 120_000 },
    async () => {
      const here = stage();
      // a sanitizer's quarantine makes the memory wander, and what is freed would count for a while
      const env = {
        ASAN_OPTIONS: 'quarantine_size_mb=0:thread_local_quarantine_size_kb=0:allocator_release_to_os_interval_ms=100',
      };
      const line = await Line.start(here, { collector: SHOW_ALL, env });
      const viewer = await line.viewer({ topics: ['overview', 'identities', 'lookups', 'connections'] });
      const sizes: number[] = [];

      // entries of a session that is over leave nothing: what one round leaves, all rounds would leave as many times
      while (sizes.length < ROUNDS || (grown(sizes) > MUCH && sizes.length < MOST_ROUNDS)) {
        await line.inject('--count', '20000', '--seed', '3', '--protocols', PROTOCOLS, '--nat', 'mixed');
        await viewer.until('the entries', SETTLE_MS, (v) => v.rows('connections', 'connections').length > 19_000);
        await viewer.until('their conversations', SETTLE_MS, (v) => v.rows('conversations').length > 10_000);
        await line.router.run('conntrack', '-F');
        await viewer.until(
          'the connections to be gone',
          SETTLE_MS,
          (v) => v.rows('connections', 'connections').length === 0,
        );
        await viewer.until(
          'the older conversations to be gone',
          SETTLE_MS,
          (v) => v.rows('conversations').length <= ENDED && v.rows('remotes').length <= ENDED,
        );
        expect(viewer.rows('conversations').every(({ open, connecting }) => open === 0 && connecting === 0)).toBe(true);
        expect(bytesOf(viewer, 'conversations') + bytesOf(viewer, 'sums')).toBe(bytesOf(viewer, 'devices'));
        expect(viewer.site()).toMatchObject({ connections: 0, shown: 0 });
        await sleep(1500);
        sizes.push(line.collector.memory());
      }
      console.log(
        `resident memory of the collector after each round, MiB: ${sizes.map((n) => (n / 2 ** 20).toFixed(2)).join(', ')}`,
      );
      expect(grown(sizes)).toBeLessThan(MUCH);
    },
  );
});
