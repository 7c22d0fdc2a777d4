// SPDX-License-Identifier: MIT
// Which networks are home, while interfaces, routes and forwarding come and go beneath the running daemons: whose
// devices are shown, and who may watch.

import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deviceAt } from '../harness/feed';
import { Line, asArguments } from '../harness/line';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import { sleep, until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

/** A second is what it may take; the rest is for a machine that is busy. */
const SOON_MS = 3000;
const LAN = '192.168.77.0/24';

async function add(router: Namespace, name: string, ...addresses: string[]): Promise<void> {
  await router.run('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-far`);
  await router.run('ip', 'link', 'set', `${name}-far`, 'up');
  for (const address of addresses) await router.run('ip', 'address', 'add', address, 'dev', name);
}

const up = (router: Namespace, name: string): Promise<string> => router.run('ip', 'link', 'set', name, 'up');

async function provider(here: Stage): Promise<Namespace> {
  const router = await Namespace.make(here);
  await router.track();
  await router.set('net.ipv4.ip_forward', '1');
  await add(router, 'wan0', '203.0.113.2/24');
  await up(router, 'wan0');
  await router.run('ip', 'route', 'add', 'default', 'via', '203.0.113.1');
  return router;
}

/** The home networks but for link-local ones, which each interface has. */
const networks = (viewer: Viewer): string =>
  (viewer.rows('home')[0]?.networks as string[]).filter((text) => !text.startsWith('fe80:')).join(' ');

const become = (viewer: Viewer, wanted: string): Promise<void> =>
  viewer.until(`the home networks to be "${wanted}"`, SOON_MS, (v) => networks(v) === wanted);

async function open(here: Stage, router: Namespace): Promise<Viewer> {
  const line = await Line.start(here, { router, collector: { 'networks.mode': 'auto', 'networks.home': '' } });
  const viewer = await line.viewer();
  await viewer.until('the first state', 10_000, (v) => v.rows('site').length === 1);
  return viewer;
}

const mode = (viewer: Viewer): unknown => viewer.rows('site')[0]?.mode;

describe('home', () => {
  test('is a network that comes up after the start, and the router is no device any more', async () => {
    const here = stage();
    const router = await provider(here);
    await add(router, 'lan0', '192.168.77.1/24');
    const viewer = await open(here, router);
    expect(mode(viewer)).toBe('machine');
    expect(deviceAt(viewer, '203.0.113.2')).toBeDefined();
    await up(router, 'lan0');
    await become(viewer, LAN);
    // another topic: it may come a moment later
    await viewer.until('the router to be one', SOON_MS, (v) => mode(v) === 'router');
    await viewer.until('the router to be no device', SOON_MS, (v) => v.rows('devices').length === 0);
    await router.set('net.ipv4.ip_forward', '0');
    await viewer.until('the router to be one machine', SOON_MS, (v) => mode(v) === 'machine');
    await router.set('net.ipv4.ip_forward', '1');
    await become(viewer, LAN);
  });

  test('is not the provider’s network while no route leads there', async () => {
    const here = stage();
    const router = await provider(here);
    await add(router, 'lan0', '192.168.77.1/24');
    await up(router, 'lan0');
    const viewer = await open(here, router);
    await become(viewer, LAN);
    await router.run('ip', 'route', 'delete', 'default');
    await sleep(1000);
    expect(networks(viewer)).toBe(LAN);
    // nor for a collector that has never seen one
    await router.run('ip', 'link', 'set', 'wan0', 'down');
    const late = await open(here, router);
    await router.run('ip', 'link', 'set', 'wan0', 'up');
    await sleep(1000);
    expect(networks(late)).toBe(LAN);
    expect(networks(viewer)).toBe(LAN);
  });

  test('is not the network of a tunnel that leads outside, however it does', async () => {
    const here = stage();
    const router = await provider(here);
    await add(router, 'lan0', '192.168.77.1/24');
    await up(router, 'lan0');
    const viewer = await open(here, router);
    await add(router, 'tun0', '10.8.0.2/24');
    await up(router, 'tun0');
    // until a route says otherwise
    await become(viewer, `${LAN} 10.8.0.0/24`);
    const ways: string[][] = [['0.0.0.0/1'], ['128.0.0.0/1'], ['default', 'table', '51820'], ['64.0.0.0/2']];
    for (const way of ways) {
      await router.run('ip', 'route', 'add', ...way, 'dev', 'tun0');
      await become(viewer, LAN);
      await router.run('ip', 'link', 'delete', 'tun0');
      await add(router, 'tun0', '10.8.0.2/24');
      await up(router, 'tun0');
      await become(viewer, `${LAN} 10.8.0.0/24`);
    }
    // the tunnel takes the default route: the way to its far end shows where outside is
    await router.run('ip', 'route', 'add', '198.51.100.1/32', 'via', '203.0.113.1');
    await router.run('ip', 'route', 'replace', 'default', 'dev', 'tun0');
    await become(viewer, LAN);
    await become(await open(here, router), LAN);
  });
});

const PORT = 8080;

/** A namespace on the other end of an interface of the router; its address there. */
async function neighbour(here: Stage, router: Namespace, name: string, ...addresses: string[]): Promise<Namespace> {
  const other = await Namespace.make(here);
  await router.run('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(other.pid));
  await router.run('ip', 'address', 'add', `${addresses[0]}/24`, 'dev', name);
  await other.run('ip', 'address', 'add', `${addresses[1]}/24`, 'dev', 'eth0');
  await up(router, name);
  await up(other, 'eth0');
  return other;
}

async function linkLocal(router: Namespace, name: string): Promise<string> {
  return until('a link-local address', 10_000, async () => {
    const text = await router.run('ip', '-6', 'address', 'show', 'dev', name, 'scope', 'link', '-tentative');
    return / inet6 (fe80:[^/]*)/.exec(text)?.[1];
  });
}

/** What the router's broadcaster answers there. */
async function status(where: Namespace, host: string): Promise<string> {
  return where.run('curl', '-gs', '-m', '5', '-o', '/dev/null', '-w', '%{http_code}', `http://${host}:${PORT}/metrics`);
}

/** What the broadcaster of that namespace says first to a viewer on its own host. */
async function hello(where: Namespace): Promise<string> {
  const headers = ['Connection: Upgrade', 'Upgrade: websocket', `Origin: http://127.0.0.1:${PORT}`].concat(
    ['Version: 13', `Key: ${'A'.repeat(22)}==`, 'Protocol: connvis.v1'].map((text) => `Sec-WebSocket-${text}`),
  );
  const curl = `curl -sN -m 2 ${headers.map((one) => `-H '${one}'`).join(' ')} http://127.0.0.1:${PORT}/feed`;
  // curl waits for the end of it
  return where.run('sh', '-c', `${curl} || true`);
}

describe('you', () => {
  test('are the one device of a machine that is watched by itself', async () => {
    const here = stage();
    const machine = await provider(here);
    await machine.set('net.ipv4.ip_forward', '0');
    const viewer = await open(here, machine);
    const settings = { 'redis.server': here.path('nobody.sock'), 'listen.port': PORT };
    const broadcaster = here.start(programs.broadcaster, asArguments(settings), { namespace: machine.path });
    await broadcaster.said(/Serving at/, 10_000);
    const address = /"address":"([^"]*)"/.exec(await hello(machine))?.[1] ?? '';
    expect(address).toBe('203.0.113.2');
    expect(deviceAt(viewer, address)).toMatchObject({ self: true });
  });
});

describe('who may watch', () => {
  test('is not who is on the wire outside, by a link-local or a private address', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await router.set('net.ipv4.ip_forward', '1');
    const outside = await neighbour(here, router, 'wan0', '10.99.0.2', '10.99.0.3');
    const person = await neighbour(here, router, 'lan0', '192.168.77.1', '192.168.77.5');
    const settings = { 'redis.server': here.path('nobody.sock'), 'listen.address': '::', 'listen.port': PORT };
    const broadcaster = here.start(programs.broadcaster, asArguments(settings), { namespace: router.path });
    await broadcaster.said(/Serving at/, 10_000);
    // a client's own address is not ready at once, either
    for (const client of [outside, person]) await linkLocal(client, 'eth0');
    const wan = `[${await linkLocal(router, 'wan0')}%25eth0]`;
    const lan = `[${await linkLocal(router, 'lan0')}%25eth0]`;
    // two private networks, and no route says which is outside
    expect(await status(outside, '10.99.0.2')).toBe('200');
    await router.run('ip', 'route', 'add', 'default', 'via', '10.99.0.3');
    await until('outside to be refused', SOON_MS, async () => (await status(outside, '10.99.0.2')) === '403');
    expect(await status(outside, wan)).toBe('403');
    expect(await status(person, '192.168.77.1')).toBe('200');
    expect(await status(person, lan)).toBe('200');
    await router.run('ip', 'route', 'delete', 'default');
    await sleep(500);
    expect(await status(outside, wan)).toBe('403');
    // a network that the router has left
    await router.run('ip', 'address', 'add', '192.168.88.1/24', 'dev', 'lan0');
    await person.run('ip', 'address', 'add', '192.168.88.5/24', 'dev', 'eth0');
    await until('the new network to be home', SOON_MS, async () => (await status(person, '192.168.88.1')) === '200');
    await router.run('ip', 'address', 'delete', '192.168.77.1/24', 'dev', 'lan0');
    await router.run('ip', 'route', 'add', '192.168.77.0/24', 'dev', 'lan0');
    await person.run('ip', 'route', 'add', '192.168.88.1', 'dev', 'eth0', 'src', '192.168.77.5');
    await until('who left to be refused', SOON_MS, async () => (await status(person, '192.168.88.1')) === '403');
  });

  test('is who has an address of what the provider lends', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await router.set('net.ipv4.ip_forward', '1');
    const outside = await neighbour(here, router, 'wan0', '10.99.0.2', '10.99.0.3');
    const person = await neighbour(here, router, 'lan0', '192.168.77.1', '192.168.77.5');
    await router.run('ip', 'route', 'add', 'default', 'via', '10.99.0.3');
    const give = (where: Namespace, name: string, address: string): Promise<string> =>
      where.run('ip', 'address', 'add', `${address}/64`, 'dev', name, 'nodad');
    await give(router, 'wan0', '2001:db8:ff::2');
    await give(outside, 'eth0', '2001:db8:ff::3');
    await give(person, 'eth0', '2001:db8:1:1::5');
    // an address of the router's at home that stays
    await router.run('ip', 'address', 'add', '2001:db8:2::1/128', 'dev', 'lan0', 'nodad');
    await person.run('ip', 'route', 'add', '2001:db8:2::1', 'dev', 'eth0', 'src', '2001:db8:1:1::5');
    const settings = { 'redis.server': here.path('nobody.sock'), 'listen.address': '::', 'listen.port': PORT };
    const broadcaster = here.start(programs.broadcaster, asArguments(settings), { namespace: router.path });
    await broadcaster.said(/Serving at/, 10_000);
    expect(await status(outside, '[2001:db8:ff::2]')).toBe('403');
    await give(router, 'lan0', '2001:db8:1:1::1');
    const home = '[2001:db8:1:1::1]';
    await until('the network to be home', SOON_MS, async () => (await status(person, home)) === '200');
    // nobody outside is one of it, whatever the address: answers go to the home's wire
    await give(outside, 'eth0', '2001:db8:1:1::6');
    await outside.run('ip', 'route', 'replace', '2001:db8:1:1::1', 'via', '2001:db8:ff::2', 'src', '2001:db8:1:1::6');
    await expect(status(outside, home)).rejects.toThrow();
    expect(await status(outside, '[2001:db8:ff::2]')).toBe('403');
    // it is taken back
    await router.run('ip', 'address', 'delete', '2001:db8:1:1::1/64', 'dev', 'lan0');
    await router.run('ip', 'route', 'add', '2001:db8:1:1::/64', 'dev', 'lan0');
    await until('its people to be strangers', SOON_MS, async () => (await status(person, '[2001:db8:2::1]')) === '403');
  });

  test('is not who is on the wire beneath a provider’s PPP', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await router.track();
    await router.set('net.ipv4.ip_forward', '1');
    const outside = await neighbour(here, router, 'wan0', '10.99.0.2', '10.99.0.3');
    const person = await neighbour(here, router, 'lan0', '192.168.77.1', '192.168.77.5');
    await router.run('ip', 'address', 'delete', '10.99.0.2/24', 'dev', 'wan0');
    await add(router, 'ppp0');
    await router.run('ip', 'address', 'add', '198.51.100.7', 'peer', '198.51.100.1/32', 'dev', 'ppp0');
    await up(router, 'ppp0');
    await router.run('ip', 'route', 'add', 'default', 'dev', 'ppp0');
    for (const client of [outside, person]) await linkLocal(client, 'eth0');
    const wan = `[${await linkLocal(router, 'wan0')}%25eth0]`;
    const lan = `[${await linkLocal(router, 'lan0')}%25eth0]`;
    const settings = { 'redis.server': here.path('nobody.sock'), 'listen.address': '::', 'listen.port': PORT };
    const broadcaster = here.start(programs.broadcaster, asArguments(settings), { namespace: router.path });
    await broadcaster.said(/Serving at/, 10_000);
    expect(await status(person, lan)).toBe('200');
    expect(await status(person, '192.168.77.1')).toBe('200');
    expect(await status(outside, wan)).toBe('403');
    const viewer = await open(here, router);
    expect(mode(viewer)).toBe('router');
    await become(viewer, LAN);
  });

  test('is not who is in the modem’s network, with as little of /proc as the service has', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    await router.set('net.ipv4.ip_forward', '1');
    const outside = await neighbour(here, router, 'wan0', '10.99.0.2', '10.99.0.3');
    const person = await neighbour(here, router, 'lan0', '192.168.77.1', '192.168.77.5');
    await router.run('ip', 'tuntap', 'add', 'dev', 'ppp0', 'mode', 'tun');
    await router.run('ip', 'address', 'add', '198.51.100.7', 'peer', '198.51.100.1/32', 'dev', 'ppp0');
    await up(router, 'ppp0');
    await router.run('ip', 'route', 'add', 'default', 'dev', 'ppp0');
    const list = 'Id       Address              Device\n0000A10B 00:90:1a:a0:00:01     wan0\n';
    mkdirSync(here.path('net'));
    here.file('net/pppoe', list);
    const script = 'mount -t proc -o subset=pid proc /proc && mount --bind "$0" /proc/$$/net && exec "$@"';
    const settings = { 'redis.server': here.path('nobody.sock'), 'listen.address': '::', 'listen.port': PORT };
    const command = [script, here.path('net'), programs.broadcaster, ...asArguments(settings)];
    const broadcaster = here.start('unshare', ['--mount', 'sh', '-c', ...command], {
      namespace: router.path,
      title: 'connvis-broadcaster',
    });
    await broadcaster.said(/Serving at/, 10_000);
    expect(await status(person, '192.168.77.1')).toBe('200');
    expect(await status(outside, '10.99.0.2')).toBe('403');
  });
});
