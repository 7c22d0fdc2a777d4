// SPDX-License-Identifier: MIT
// What viewers may ask for: from the device that they hold, and for that alone. Real devices with addresses and MACs of
// their own, a broadcaster on their router, and another one beside it.

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Block, MACS, REMOTE, SOON_MS } from '../harness/block';
import { deviceAt, deviceOf } from '../harness/feed';
import { Line } from '../harness/line';
import type { RedisClient } from '../harness/redis';
import { sharedStage, stage, type Stage } from '../harness/stage';
import { Street } from '../harness/street';
import { sleep, until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

/** What is seen by the others within a second, on a machine that has better things to do. */
const SEEN_MS = 5000;

const idOf = (viewer: Viewer, i: number): number => deviceOf(viewer, MACS[i] as string)?.id ?? 0;
const aliasOf = (viewer: Viewer, i: number): unknown => deviceOf(viewer, MACS[i] as string)?.alias;

describe('who holds a device', () => {
  const here = sharedStage();
  let block: Block;
  let [one, two] = [] as unknown as [Viewer, Viewer];
  let elsewhere: Viewer;

  beforeAll(async () => {
    block = await Block.make(here);
    one = await block.holder(0);
    two = await block.holder(1);
    elsewhere = await block.line.viewer({ faithful: true });
    await elsewhere.until('all devices', SOON_MS, (v) => MACS.every((mac) => deviceOf(v, mac)));
  }, 90_000);
  // a viewer may ask for so much in a second
  beforeEach(() => sleep(1100));

  test('is told which one it is, and what may be done with it', async () => {
    expect(one.hello).toMatchObject({ role: 'participant', address: '192.168.77.10' });
    const answer = await one.command('me');
    expect(answer).toMatchObject({
      done: true,
      result: {
        device: idOf(one, 0),
        alias: aliasOf(one, 0),
        named: false,
        mac: MACS[0],
        addresses: ['192.168.77.10'],
        may: ['asked', 'end', 'end-all', 'hide', 'leave-out', 'me', 'name', 'show', 'vote'],
      },
    });
    expect(await two.command('me')).toMatchObject({ done: true, result: { device: idOf(two, 1), mac: MACS[1] } });
  });

  test('names it, which all others see, and gets its own name back', async () => {
    const before = aliasOf(one, 0);
    const done = await block.count('commands_done_total');
    const asked = performance.now();
    expect(await one.command(`name ${idOf(one, 0)} Leena's "phone" 📱`)).toEqual({
      done: true,
      result: { device: idOf(one, 0), alias: 'Leena\'s "phone" 📱' },
    });
    for (const viewer of [one, two, elsewhere])
      await viewer.until('the name', SEEN_MS, (v) => aliasOf(v, 0) === 'Leena\'s "phone" 📱');
    console.log(`all three saw the name after ${(performance.now() - asked).toFixed(0)} ms`);
    await block.line.collector.said(
      new RegExp(
        `The participant at 192\\.168\\.77\\.10 gave the device ${String(before)} the name "Leena's "phone" 📱"\\.`,
      ),
    );
    expect(await one.refusal(`name ${idOf(one, 0)}`)).toBe('done');
    await elsewhere.until('its own name', SEEN_MS, (v) => aliasOf(v, 0) === before);
    expect(await block.count('commands_done_total')).toBe(done + 2);
  });

  test('may not touch that of another, nor may anybody from elsewhere', async () => {
    const names = [0, 1, 2].map((i) => aliasOf(elsewhere, i));
    expect(await one.refusal(`name ${idOf(one, 1)} Mine`)).toBe('other-device');
    expect(await one.refusal(`name ${idOf(one, 1)}`)).toBe('other-device');
    expect(await one.refusal('name 4000000000 Mine')).toBe('other-device');
    expect(await elsewhere.refusal('me')).toBe('no-device');
    expect(await elsewhere.refusal(`name ${idOf(elsewhere, 1)} Mine`)).toBe('no-device');
    await elsewhere.live(SOON_MS);
    expect([0, 1, 2].map((i) => aliasOf(elsewhere, i))).toEqual(names);
    expect(await block.count('commands_refused_total{reason="other-device"}')).toBe(3);
    expect(block.line.collector.output).toMatch(
      /The participant at 192\.168\.77\.10 was refused the command name: One may do this to one's own device only\./,
    );
    await until(
      'the collector to tell its counts',
      20_000,
      async () => (await block.line.metric(/^connvis_collector_commands_total\{site="home",result="refused"\}/)) >= 5,
    );
  });

  test('is told what is wrong with a name, a verb, an argument', async () => {
    expect(await two.refusal(`name ${idOf(two, 1)} ${String(aliasOf(two, 0))}`)).toBe('name-taken');
    expect(await two.refusal(`name ${idOf(two, 1)} ${'x'.repeat(41)}`)).toBe('name-long');
    expect(await two.refusal(`name ${idOf(two, 1)} ${'x'.repeat(180)}`)).toBe('too-long');
    expect(await two.refusal(`name ${idOf(two, 1)} `)).toBe('name-empty');
    expect(await two.refusal(`name ${idOf(two, 1)} a\u202eb`)).toBe('name-unseen');
    expect(await two.refusal(`name ${idOf(two, 1)}x`)).toBe('not-understood');
    await until('the next second', SOON_MS, async () => (await two.refusal('dance')) === 'unknown-command');
    await block.router.said(
      /The participant at 192\.168\.77\.11 was refused a command for the site home: There is no such command\./,
      SOON_MS,
    );
    const cabin = await block.line.viewer();
    cabin.socket.send('command cabin 1 me');
    await block.line.broadcaster.said(/the command me for the site cabin: There is no such site here\./, SOON_MS);
  });
});

describe('a hostile viewer', () => {
  const here = sharedStage();
  let block: Block;
  let victim: Viewer;

  beforeAll(async () => {
    block = await Block.make(here);
    victim = await block.holder(1);
  }, 90_000);

  /** The faults that come back for texts as they are, by their numbers. */
  async function say(viewer: Viewer, texts: readonly (string | Buffer)[]): Promise<Map<number, string>> {
    const heard = new Map<number, string>();
    const listen = (data: Buffer, binary: boolean): void => {
      if (binary) return;
      const message = JSON.parse(data.toString()) as { answer?: number; error?: string };
      if (message.answer !== undefined) heard.set(message.answer, message.error ?? 'done');
    };
    viewer.socket.on('message', listen);
    for (const text of texts) viewer.socket.send(text, { binary: false });
    await until('all answers', SOON_MS, () => heard.size === texts.length || viewer.closed);
    viewer.socket.off('message', listen);
    return heard;
  }

  test('asks 64 times in a second: it is refused with a sentence, and nobody else is harmed', async () => {
    const hostile = await block.holder(0);
    const before = await block.count('commands_refused_total{reason="too-fast"}');
    const texts = Array.from({ length: 64 }, (_, i) => `command home ${i + 1} name ${idOf(hostile, 0)} Flood ${i}`);
    const heard = await say(hostile, texts);
    expect(heard.size).toBe(64);
    const refused = [...heard.values()].filter((fault) => fault === 'too-fast').length;
    expect(refused).toBeGreaterThanOrEqual(64 - 2 * 8);
    expect(hostile.closed).toBeUndefined();
    expect(await block.count('commands_refused_total{reason="too-fast"}')).toBe(before + refused);
    expect(await victim.refusal(`name ${idOf(victim, 1)} Unharmed`)).toBe('done');
    await victim.live(SOON_MS);
  });

  test('sends a number twice, bytes that are no text, and what nobody understands', async () => {
    const hostile = await block.holder(2);
    const id = idOf(hostile, 2);
    const heard = await say(hostile, [
      `command home 7 name ${id} Seven`,
      Buffer.from(`command home 9 name ${id} \xff\xfe`, 'latin1'),
    ]);
    expect(heard.get(7)).toBe('done');
    expect(heard.get(9)).toBe('not-text');
    for (const number of [7, 8, 9]) {
      const again = await say(hostile, [`command home ${number} name ${id} Again`]);
      expect(again.get(number)).toBe('repeated');
    }
    expect(await victim.refusal('me')).toBe('done');
    await victim.until('its name', SEEN_MS, (v) => aliasOf(v, 2) === 'Seven');
    // what cannot be answered ends the connection, and no other
    for (const text of ['command', 'command home', 'command home 0 me', `command home 12 name ${'x'.repeat(300)}`]) {
      const other = await block.holder(2);
      other.socket.send(text);
      await until('it to be closed', SOON_MS, () => other.closed);
      expect(other.closed?.code).toBe(1008);
    }
    expect(await victim.refusal('me')).toBe('done');
  });
});

test(
  'a device that has another address by now: the one that was meant is named, or none',
  { timeout: 90_000 },
  async () => {
    const block = await Block.make(stage());
    const watcher = await block.line.viewer();
    const meant = idOf(await block.holder(0), 0);
    // the one goes elsewhere, and another one comes to where it was
    await block.device(0).move('192.168.77.20');
    await block.device(1).move('192.168.77.10');
    await watcher.until(
      'the other one to be there',
      SOON_MS,
      (v) =>
        deviceAt(v, '192.168.77.10')?.id === idOf(v, 1) &&
        deviceAt(v, '192.168.77.20')?.id === idOf(v, 0) &&
        idOf(v, 0) === meant,
    );
    const names = [0, 1].map((i) => aliasOf(watcher, i));
    const other = await block.holder(1);
    expect(other.hello?.address).toBe('192.168.77.10');
    expect(await other.refusal(`name ${meant} Anna`)).toBe('other-device');
    await watcher.live(SOON_MS);
    expect([0, 1].map((i) => aliasOf(watcher, i))).toEqual(names);
    const moved = await block.holder(0);
    expect(moved.hello?.address).toBe('192.168.77.20');
    expect(await moved.refusal(`name ${meant} Anna`)).toBe('done');
    await watcher.until('the name', SEEN_MS, (v) => aliasOf(v, 0) === 'Anna' && aliasOf(v, 1) === names[1]);
  },
);

test('a row id that another run of the collector has told is of nothing', { timeout: 90_000 }, async () => {
  const block = await Block.make(stage());
  const one = await block.holder(0);
  const told = (topic = 'overview'): string => `${one.reader(topic).epoch?.start}-${one.reader(topic).epoch?.random}`;
  const [before, id] = [told(), idOf(one, 0)];
  expect(await one.refusal(`${before} name ${id} Anna`)).toBe('done');
  await block.line.collector.end();
  block.line.startCollector();
  // whose a row is comes by another topic: of the same run
  const next = (): boolean => told() !== before && told('identities') === told();
  await one.until('the next one', SOON_MS, (v) => next() && idOf(v, 0) > 0);
  // whoever clicks on what the page showed before
  const now = idOf(one, 0);
  for (const words of [`name ${now} Mine`, `end-all ${now}`])
    expect(await one.refusal(`${before} ${words}`), words).toBe('device-gone');
  expect(await one.refusal(`${told()} name ${now} Mine`)).toBe('done');
  await one.until('the name', SEEN_MS, (v) => aliasOf(v, 0) === 'Mine');
});

describe('a collector', () => {
  /** A broadcaster with a viewer, and the test in the place of the collector. */
  async function alone(here: Stage): Promise<{ line: Line; viewer: Viewer; heard: string[]; client: RedisClient }> {
    const line = await Line.prepare(here, { broadcaster: { 'feed.sites': 'home, cabin' } });
    await line.redis.start();
    await line.startBroadcaster();
    const heard: string[] = [];
    const [client, listener] = [line.redis.client(), line.redis.client()];
    await listener.subscribe('connvis:command:home', (message) => heard.push(message.toString()));
    await until(
      'Redis to be there',
      SOON_MS,
      async () => (await line.metric(/^connvis_broadcaster_redis_connected /)) > 0,
    );
    return { line, viewer: await line.viewer(), heard, client };
  }

  const request = async (heard: readonly string[], n: number): Promise<string> =>
    until('the command to arrive', SOON_MS, () => heard[n]?.split(' ')[0]);

  test('that answers late, twice, another one, or nothing that can be read, harms nobody', async () => {
    const { line, viewer, heard, client } = await alone(stage());
    const reply = (words: string): Promise<unknown> => client.publish('connvis:reply:home', words);
    const first = viewer.command('me');
    const one = await request(heard, 0);
    expect(heard[0]).toMatch(/^[0-9a-f]{16}-[0-9a-f]+ participant 127\.0\.0\.1 me$/);
    await client.publish('connvis:reply:cabin', `${one} ok {"device":1}`);
    await reply(`${one}0 ok {"device":2}`);
    await reply(`1 ok {"device":3}`);
    await reply(`${one} ok {"device":`);
    await reply(`${one} error name-taken "`);
    await reply(`${one} ok {"device":4}`);
    await reply(`${one} ok {"device":5}`);
    expect(await first).toEqual({ done: true, result: { device: 4 } });

    const asked = performance.now();
    const answer = await viewer.command('me');
    const waited = performance.now() - asked;
    expect(answer).toEqual({ done: false, fault: 'no-answer' });
    expect(waited).toBeGreaterThan(1500);
    console.log(`"no answer" came after ${waited.toFixed(0)} ms`);
    const two = await request(heard, 1);
    expect(two).not.toBe(one);
    await reply(`${two} ok {"device":6}`);
    const third = viewer.command('me');
    await reply(`${await request(heard, 2)} error of-a-later-version Wait for the moon.`);
    expect(await third).toEqual({ done: false, fault: 'of-a-later-version' });
    await until('what was late to be counted', SOON_MS, async () => {
      return (await line.metric(/^connvis_broadcaster_answers_late_total /)) >= 3;
    });
    expect(await line.metric(/^connvis_broadcaster_commands_refused_total\{reason="no-answer"\}/)).toBe(1);
    expect(await line.metric(/^connvis_broadcaster_commands_refused_total\{reason="other"\}/)).toBe(1);
  });

  test('that is not there, or Redis that goes: the viewer is told so at once', { timeout: 60_000 }, async () => {
    const here = stage();
    const { line, viewer, heard } = await alone(here);
    const cabin = await line.viewer({ site: 'cabin' });
    expect(await cabin.refusal('me')).toBe('no-collector');
    const villa = await line.viewer({ site: 'villa' });
    expect(await villa.refusal('me')).toBe('no-site');
    const asked = viewer.refusal('me');
    await request(heard, 0);
    await line.redis.kill();
    expect(await asked).toBe('no-answer');
    await until('the broadcaster to notice', SOON_MS, async () => (await viewer.refusal('me')) === 'no-redis');
    await line.redis.start();
    await until('Redis to be there', SOON_MS, async () => (await viewer.refusal('me')) === 'no-collector');
  });

  test('whose configuration allows it not does nothing', async () => {
    const here = stage();
    const street = await Street.make(here, [MACS[0]]);
    const line = await Line.start(here, {
      router: street.router,
      collector: { ...street.settings, 'commands.allow': 'me' },
    });
    const viewer = await line.viewer();
    await street.devices[0]?.move('192.168.77.10');
    await street.connect('192.168.77.10', REMOTE);
    await viewer.until('the device', SOON_MS, (v) => deviceOf(v, MACS[0]) !== undefined);
    // by hand, for who stands here is nowhere near the device
    const [client, replies] = [line.redis.client(), line.redis.client()];
    const heard: string[] = [];
    await replies.subscribe('connvis:reply:home', (message) => heard.push(message.toString()));
    await client.publish('connvis:command:home', `a participant 192.168.77.10 me`);
    await client.publish('connvis:command:home', `b participant 192.168.77.10 name ${idOf(viewer, 0)} Anna`);
    await client.publish('connvis:command:home', `c name ${idOf(viewer, 0)} Anna`);
    await until('three answers', SOON_MS, () => heard.length === 3);
    expect(heard[0]).toMatch(/^a ok \{.*"may":\["me"\]\}$/);
    expect(heard[1]).toBe('b error not-allowed This is switched off here.');
    expect(heard[2]).toMatch(/^c error not-understood /);
  });
});
