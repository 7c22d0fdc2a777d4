// SPDX-License-Identifier: MIT
// Which networks are home, while interfaces, routes and forwarding come and go beneath the running collector.

import { describe, expect, test } from 'vitest';
import { deviceAt } from '../harness/feed';
import { Line } from '../harness/line';
import { Namespace } from '../harness/namespace';
import { stage, type Stage } from '../harness/stage';
import { sleep } from '../harness/wait';
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
  (viewer.rows('site')[0]?.networks as string[]).filter((text) => !text.startsWith('fe80:')).join(' ');

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
    expect(mode(viewer)).toBe('router');
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
