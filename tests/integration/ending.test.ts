// SPDX-License-Identifier: MIT
// Connections are ended, on a router that masquerades and has a strict firewall: both ends hear so with their next
// packet, and nothing else is touched.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv6, type AddressInfo, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasTable, refused } from '../harness/ended-table';
import { DEVICE, ECHO_PORT, FORWARDED_PORT, Home, OUTSIDE, WORLD } from '../harness/home';
import { command, type Namespace } from '../harness/namespace';
import { sharedStage, stage } from '../harness/stage';
import { Ender, Talk, TALK_PORT, Talker } from '../harness/talk';
import { sleep, until, within } from '../harness/wait';

const TCP = 6;
const UDP = 17;
const PATIENCE_MS = 15_000;
const REFUSED_MS = 10_000;

/** Who arrives from outside without an entry is dropped, and the router itself answers to nobody. */
const FIREWALL = `table inet strict {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iifname { "lo", "lan" } accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ct state invalid drop
    iifname "lan" accept
    ct status dnat accept
  }
  chain output {
    type filter hook output priority filter; policy drop;
    ct state established,related accept
    ct state new tcp flags syn accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
  }
}`;

const ruleset = (router: Namespace): Promise<string> => router.run('nft', 'list', 'ruleset');

/** Counts what arrives from now on for this port and from it. */
async function watch(router: Namespace, port: number): Promise<() => Promise<number[]>> {
  const name = `watch_${port}`;
  router.nft(`table inet ${name} {
    chain arriving {
      type filter hook prerouting priority -195
      tcp sport ${port} counter
      tcp dport ${port} counter
    }
  }`);
  return async () => {
    const text = await router.run('nft', 'list', 'table', 'inet', name);
    return [...text.matchAll(/counter packets (\d+)/g)].map(([, packets]) => Number(packets));
  };
}

/** A reset within a second of the first of these packets: TCP sends it again after 0.2 s, and then after 0.6 s. */
function expectAnsweredSoon(packets: number | undefined): void {
  expect(packets).toBeGreaterThanOrEqual(1);
  expect(packets).toBeLessThanOrEqual(3);
}

describe('ending', () => {
  const here = sharedStage();
  let home: Home;
  let router: Namespace;
  let world: Talker;
  let ender: Ender;
  let before: string;

  beforeAll(async () => {
    home = await Home.make(here);
    ({ router } = home);
    router.nft(FIREWALL);
    world = await Talker.start(here, home.world, WORLD.ipv4, WORLD.ipv6);
    before = await ruleset(router);
    ender = await Ender.start(here, router);
  });

  test('it takes more than to delete the entry: the next packet makes a new one', async () => {
    const talk = await Talk.open(stage(), WORLD.ipv4);
    await router.run('conntrack', '-D', '-p', 'tcp', '--sport', String(talk.port));
    await talk.echo();
    expect(await hasTable(router)).toBe(false);
  });

  for (const [name, own, host] of [
    ['IPv4, masqueraded', DEVICE.ipv4, WORLD.ipv4],
    ['IPv6', DEVICE.ipv6, WORLD.ipv6],
  ] as const) {
    for (const first of ['the device', 'the remote']) {
      test(`TCP over ${name}: both ends get a reset, ${first} first; all else goes on`, async () => {
        const test = stage();
        const talk = await Talk.open(test, host);
        const other = await Talk.open(test, host);
        expect(await ender.end(TCP, own, talk.port)).toBe(1);
        const packets = await watch(router, talk.port);
        const ends = [
          async () => {
            talk.socket.write('x');
            expect(await talk.over()).toBe('ECONNRESET');
          },
          async () => {
            await world.speak(talk.port);
            expect(await world.over(talk.port)).toBe('ECONNRESET');
          },
        ];
        if (first === 'the remote') ends.reverse();
        for (const end of ends) await end();
        const [up, down] = await packets();
        expectAnsweredSoon(up);
        expectAnsweredSoon(down);
        await other.echo();
        await (await Talk.open(test, host)).echo();
      });
    }
  }

  test('TCP through a forwarded port, where the remote has begun', async () => {
    const test = stage();
    const server = createServer();
    test.onClose(() => void server.close());
    server.listen({ host: DEVICE.ipv4, port: FORWARDED_PORT });
    await once(server, 'listening');
    const accepted = once(server, 'connection');
    const port = await world.dial(OUTSIDE, FORWARDED_PORT);
    const [socket] = (await within('a connection', PATIENCE_MS, accepted)) as [Socket];
    let state = 'open';
    socket.on('error', (error: NodeJS.ErrnoException) => (state = error.code ?? 'error'));
    test.onClose(() => void socket.destroy());

    expect(await ender.end(TCP, DEVICE.ipv4, FORWARDED_PORT)).toBe(1);
    await world.speak(port);
    expect(await world.over(port)).toBe('ECONNRESET');
    socket.write('x');
    await until('the device to hear', PATIENCE_MS, () => state !== 'open');
    expect(state).toBe('ECONNRESET');
  });

  test("the router's own TCP", async () => {
    const own = await Talker.start(stage(), router, '192.168.77.1');
    for (const [first, second, address, host] of [
      [own, world, OUTSIDE, WORLD.ipv4],
      [world, own, '2001:db8:ffff::1', WORLD.ipv6],
    ] as const) {
      const port = await own.dial(host, TALK_PORT);
      await own.speak(port);
      await until('the remote to have it', PATIENCE_MS, async () => (await world.state(port)) === 'open');
      expect(await ender.end(TCP, address, port)).toBe(1);
      for (const end of [first, second]) {
        await end.speak(port);
        expect(await end.over(port)).toBe('ECONNRESET');
      }
    }
  });

  for (const [name, own, host] of [
    ['IPv4, masqueraded', DEVICE.ipv4, WORLD.ipv4],
    ['IPv6', DEVICE.ipv6, WORLD.ipv6],
  ] as const) {
    test(`UDP over ${name} stays dead for ten seconds, and the device is told; all else goes on`, async () => {
      const test = stage();
      const sockets = await Promise.all(
        [0, 1].map(async () => {
          const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
          test.onClose(() => void socket.close());
          socket.connect(ECHO_PORT, host);
          await once(socket, 'connect');
          return socket;
        }),
      );
      const [flow, other] = sockets as [(typeof sockets)[0], (typeof sockets)[0]];
      const echo = async (socket: typeof flow): Promise<void> => {
        const back = once(socket, 'message');
        socket.send('x');
        await within('an answer', PATIENCE_MS, back);
      };
      await echo(flow);
      await echo(other);

      const errors = new Set<string>();
      let answered = 0;
      flow.on('error', (error: NodeJS.ErrnoException) => errors.add(error.code ?? 'error'));
      const since = performance.now();
      expect(await ender.end(UDP, own, (flow.address() as AddressInfo).port)).toBe(1);
      flow.on('message', () => (answered ||= performance.now()));
      await echo(other);
      await until('the flow to live again', REFUSED_MS + PATIENCE_MS, async () => {
        flow.send('x');
        await sleep(200);
        return answered || undefined;
      });
      expect(answered - since).toBeGreaterThan(REFUSED_MS - 50);
      expect([...errors]).toEqual(['ECONNREFUSED']);
      await echo(other);
    });
  }

  test('after ten seconds nothing is refused, what is listed can be read again, and the rest of the rules is as it was', async () => {
    const talk = await Talk.open(stage(), WORLD.ipv4);
    expect(await ender.end(TCP, DEVICE.ipv4, talk.port)).toBe(1);
    expect(await refused(router)).toBeGreaterThanOrEqual(2);
    const saved = here.file('saved.nft', await ruleset(router));
    await command('unshare', '--net', 'nft', '-c', '-f', saved);
    await until('nothing to be refused', REFUSED_MS + PATIENCE_MS, async () => (await refused(router)) === 0);
    for (const [, name] of before.matchAll(/^table (.*) \{/gm)) {
      const own = await router.run('nft', 'list', 'table', ...(name as string).split(' '));
      expect(before).toContain(own.trim());
    }
  });

  test('somebody flushes the ruleset: what was ended stays so, and the next one ends, too', async () => {
    const test = stage();
    const talks = [await Talk.open(test, WORLD.ipv6), await Talk.open(test, WORLD.ipv6)] as const;
    for (const talk of talks) {
      expect(await ender.end(TCP, DEVICE.ipv6, talk.port)).toBe(1);
      if (talk === talks[0]) await router.run('nft', 'flush', 'ruleset');
      talk.socket.write('x');
      expect(await talk.over()).toBe('ECONNRESET');
    }
    router.nft(before);
  });

  test('to flush deletes all entries, and ends nothing', async () => {
    const talk = await Talk.open(stage(), WORLD.ipv4);
    const list = (): Promise<string> => router.run('conntrack', '-L', '-p', 'tcp', '--sport', String(talk.port));
    expect(await list()).toContain('ESTABLISHED');
    await ender.order('flush', /flushed/);
    expect(await list()).toBe('');
    await talk.echo();
    expect(await list()).toContain('ESTABLISHED');
  });

  test('the table goes with who made it, even by a kill, and nothing else does', async () => {
    const test = stage();
    const rules = async (): Promise<string> => (await ruleset(router)).replace(/^table inet watch_[^]*?^}\n/gm, '');
    const talk = await Talk.open(test, WORLD.ipv4);
    await ender.end(TCP, DEVICE.ipv4, talk.port);
    expect(await hasTable(router)).toBe(true);
    await ender.program.end();
    expect(await rules()).toBe(before);
    const second = await Ender.start(test, router, 'second');
    await second.end(TCP, DEVICE.ipv4, (await Talk.open(test, WORLD.ipv4)).port);
    expect(await hasTable(router)).toBe(true);
    await second.program.kill();
    await until('the table to go', PATIENCE_MS, async () => !(await hasTable(router)));
    expect(await rules()).toBe(before);
  });
});
