// SPDX-License-Identifier: MIT
// Connections that their device's holder ends, by the real daemons on a router: in the kernel, and in what the viewer is told.

import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasTable, refused } from '../harness/ended-table';
import { deviceAt, remoteAt } from '../harness/feed';
import { DEVICE, ECHO_PORT, Home, HOME_NETWORKS, WORLD } from '../harness/home';
import { asArguments, Line } from '../harness/line';
import type { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import type { RedisClient } from '../harness/redis';
import { sharedStage, stage, type Stage } from '../harness/stage';
import { Ender, Talk, TALK_PORT, Talker } from '../harness/talk';
import { sleep, until, within } from '../harness/wait';
import { Viewer } from '../harness/viewer';

const SOON_MS = 15_000;
const REFUSED_MS = 10_000;
const PORT = 8088;

const here = sharedStage();
let router: Namespace;
let line: Line;
let world: Talker;
let viewer: Viewer;
let client: RedisClient;
let rules: string;
const replies: string[] = [];

beforeAll(async () => {
  const home = await Home.make(here);
  ({ router } = home);
  rules = await router.run('nft', 'list', 'ruleset');
  world = await Talker.start(here, home.world, WORLD.ipv4, WORLD.ipv6);
  const collector = { 'networks.home': HOME_NETWORKS, 'dns.journal': 'no' };
  line = await Line.start(here, { router, collector });
  const settings = { 'redis.server': line.redis.path, 'listen.address': '192.168.77.1', 'listen.port': PORT };
  const daemon = here.start(programs.broadcaster, asArguments(settings), { namespace: router.path });
  await daemon.said(/Serving at/, SOON_MS);
  viewer = await Viewer.open(here, PORT, { address: '192.168.77.1' });
  client = line.redis.client();
  await line.redis.client().subscribe('connvis:reply:home', (message) => replies.push(message.toString()));
}, 120_000);
// a viewer may ask for so much in a second
beforeEach(() => sleep(1100));

const own = (): number => Number(deviceAt(viewer, DEVICE.ipv4)?.id);

/** The conversation with this address and service, once so many of its connections are open. */
async function conversation(address: string, port: number, open: number): Promise<number> {
  return until(`a conversation with ${address} on port ${port}`, SOON_MS, () => {
    const remote = remoteAt(viewer, address)?.id;
    return viewer
      .rows('conversations')
      .find((row) => remote !== undefined && row.remote === remote && row.port === port && Number(row.open) === open)
      ?.id;
  });
}

/** A UDP flow that was answered. */
async function flow(of: Stage): Promise<Datagrams> {
  const socket = createSocket('udp4');
  of.onClose(() => void socket.close());
  socket.on('error', () => undefined);
  socket.connect(ECHO_PORT, WORLD.ipv4);
  await once(socket, 'connect');
  const back = once(socket, 'message');
  socket.send('x');
  await within('an answer', SOON_MS, back);
  return socket;
}

/** Both ends of a TCP connection hear with their next packet that it is over. */
async function bothHear(talk: Talk): Promise<void> {
  talk.socket.write('x');
  expect(await talk.over()).toBe('ECONNRESET');
  await world.speak(talk.port);
  expect(await world.over(talk.port)).toBe('ECONNRESET');
}

/** As a broadcaster would send it for somebody else; the answer. */
async function ask(words: string): Promise<string> {
  const name = `test-${replies.length}`;
  await client.publish('connvis:command:home', `${name} ${words}`);
  const answer = await until('an answer', SOON_MS, () => replies.find((one) => one.startsWith(`${name} `)));
  return answer.slice(name.length + 1);
}

describe('the holder of a device', () => {
  test('ends one conversation: both ends hear so, and all else goes on', async () => {
    const test = stage();
    const talks = [await Talk.open(test, WORLD.ipv4), await Talk.open(test, WORLD.ipv4)];
    const others = [await Talk.open(test, WORLD.ipv6), await Talk.open(test, WORLD.ipv4, ECHO_PORT)];
    const id = await conversation(WORLD.ipv4, TALK_PORT, talks.length);
    const answer = await viewer.command(`end ${id}`);
    expect(answer).toMatchObject({ done: true, result: { device: own(), ended: 2, gone: 0, kept: 0, left: 0 } });
    for (const talk of talks) await bothHear(talk);
    for (const talk of others) await talk.echo();
    await (await Talk.open(test, WORLD.ipv4)).echo();
    await line.collector.said(/The participant at 192\.168\.77\.2 ended 2 connections of \S+ with 198\.51\.100\.7\./);
    await viewer.until('it to be told', SOON_MS, (v) =>
      v.rows('conversations').some((row) => row.id === id && Number(row.open) === 1),
    );
  });

  test('ends all: TCP of both families and UDP, for ten seconds; the page and what comes anew go on', async () => {
    const test = stage();
    const talks = [await Talk.open(test, WORLD.ipv4), await Talk.open(test, WORLD.ipv6)] as const;
    const datagrams = await flow(test);
    await conversation(WORLD.ipv6, TALK_PORT, 1);
    await conversation(WORLD.ipv4, TALK_PORT, 1);
    await conversation(WORLD.ipv4, ECHO_PORT, 1);
    const { connects } = viewer;
    const since = performance.now();
    const answer = await viewer.command(`end-all ${own()}`);
    expect(answer).toMatchObject({ done: true, result: { device: own(), gone: 0, kept: 0, left: 0 } });
    expect(answer.done && Number(answer.result.ended)).toBeGreaterThanOrEqual(3);
    let answered = 0;
    datagrams.on('message', () => (answered ||= performance.now()));
    for (const talk of talks) await bothHear(talk);
    await (await Talk.open(test, WORLD.ipv4)).echo();
    await flow(test);
    expect(await refused(router)).toBeGreaterThanOrEqual(3);
    await until('the flow to live again', REFUSED_MS + SOON_MS, async () => {
      datagrams.send('x');
      await sleep(200);
      return answered || undefined;
    });
    expect(answered - since).toBeGreaterThan(REFUSED_MS - 50);
    await until('nothing to be refused', REFUSED_MS + SOON_MS, async () => (await refused(router)) === 0);
    await viewer.live(SOON_MS);
    expect(viewer.connects).toBe(connects);
  });

  test('ends the next one, too, when somebody has flushed the ruleset', async () => {
    const test = stage();
    for (let i = 0; i < 2; i += 1) {
      const talk = await Talk.open(test, WORLD.ipv6);
      const id = await conversation(WORLD.ipv6, TALK_PORT, 1);
      expect(await viewer.command(`end ${id}`)).toMatchObject({ done: true, result: { ended: 1 } });
      if (i === 0) {
        await router.run('nft', 'flush', 'ruleset');
        // without any of its rules the router tracks nothing that comes anew
        router.nft(rules);
      }
      await bothHear(talk);
    }
  });

  test('may neither end what is another’s nor flush, and ends nothing twice', async () => {
    const talk = await Talk.open(stage(), WORLD.ipv6);
    const id = await conversation(WORLD.ipv6, TALK_PORT, 1);
    expect(await viewer.refusal('flush')).toBe('only-watching');
    expect(await viewer.refusal('end 4000000000')).toBe('conversation-gone');
    expect(await viewer.refusal('end-all 4000000000')).toBe('other-device');
    expect(await ask(`participant 192.168.77.99 end ${id}`)).toMatch(/^error no-device /);
    expect(await ask(`display 192.168.77.2 end ${id}`)).toMatch(/^error only-watching /);
    await talk.echo();
    expect(await viewer.refusal(`end ${id}`)).toBe('done');
    await bothHear(talk);
    await viewer.until('it to have ended', SOON_MS, (v) =>
      v.rows('conversations').every((row) => row.id !== id || Number(row.open) === 0),
    );
    const again = await viewer.command(`end ${id}`);
    expect(again).toMatchObject({ done: true, result: { ended: 0, left: 0 } });
  });
});

test('who leads empties the table, which ends nothing', async () => {
  const talk = await Talk.open(stage(), WORLD.ipv4);
  await conversation(WORLD.ipv4, TALK_PORT, 1);
  const list = (): Promise<string> => router.run('conntrack', '-L', '-p', 'tcp', '--sport', String(talk.port));
  expect(await list()).toContain('ESTABLISHED');
  expect(await ask('facilitator 192.168.77.99 flush')).toMatch(/^ok \{"entries":\d+\}$/);
  expect(await list()).toBe('');
  await line.collector.said(
    /The facilitator at 192\.168\.77\.99 deleted all entries of the connection table, some \d+\./,
  );
  await talk.echo();
  expect(await list()).toContain('ESTABLISHED');
  await conversation(WORLD.ipv4, TALK_PORT, 1);
});

test(
  'where the table cannot be had, the viewer is told why; with the collector it goes',
  { timeout: 90_000 },
  async () => {
    const test = stage();
    const talk = await Talk.open(test, WORLD.ipv6);
    const id = await conversation(WORLD.ipv6, TALK_PORT, 1);
    expect(await hasTable(router)).toBe(true);
    await line.collector.end();
    expect(await hasTable(router)).toBe(false);
    await talk.echo();

    const ender = await Ender.start(test, router);
    const other = await Talk.open(test, WORLD.ipv4);
    expect(await ender.end(6, DEVICE.ipv4, other.port)).toBe(1);
    const before = viewer.reader().epoch?.random;
    line.startCollector();
    await until('the new collector', SOON_MS, () => viewer.reader().epoch?.random !== before);
    const anew = await conversation(WORLD.ipv6, TALK_PORT, 1);
    expect(anew).toBeGreaterThan(0);
    expect(id).toBeGreaterThan(0);
    expect(await ask(`facilitator 192.168.77.99 end ${anew}`)).toMatch(
      /^error end-foreign Connections cannot be ended: another program has a table inet connvis_ended/,
    );
    await line.collector.said(
      /The facilitator at 192\.168\.77\.99 was refused the command end: Connections cannot be ended/,
    );
    await talk.echo();
  },
);
