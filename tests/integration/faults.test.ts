// SPDX-License-Identifier: MIT
// What goes wrong while all runs. Each fault ends with the right picture within 5 s, without a hand touching it.

import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeHeader, type Header } from '../../frontend/src/feed/header';
import { encodeFrame } from '../../frontend/src/feed/encode';
import { VERSION } from '../../frontend/src/feed/limits';
import { exact } from '../harness/exact';
import { sendBytes } from '../harness/http';
import { Line, SHOW_ALL, type Settings } from '../harness/line';
import { stage, type Stage } from '../harness/stage';
import { sleep, until } from '../harness/wait';
import { sameMoment, type Viewer, type ViewerOptions } from '../harness/viewer';

const MENDED_MS = 5000;
const BOTH: ViewerOptions = { topics: ['overview', 'connections'], faithful: true };
const CHANNELS = [
  'connvis:feed:home:overview',
  'connvis:feed:home:connections',
  'connvis:ask:home',
  'connvis:command:home',
  'connvis:reply:home',
];
const OVERVIEW = CHANNELS[0] as string;

/** A line with a few hundred entries and a viewer who has them. */
async function running(here: Stage, settings: Settings = {}): Promise<[Line, Viewer]> {
  const line = await Line.start(here, { collector: { ...SHOW_ALL, ...settings } });
  const viewer = await line.viewer(BOTH);
  await line.inject('--count', '300', '--nat', 'mixed', '--quiet');
  await exact(line, viewer, MENDED_MS);
  return [line, viewer];
}

/** Entries come and go. */
async function change(line: Line): Promise<void> {
  await line.inject('--count', '100', '--nat', 'mixed', '--quiet', '--delete');
  await line.inject('--count', '150', '--first', '9000', '--quiet');
}

/** The picture is right, for one who was there and for one who comes now. */
async function mended(line: Line, viewer: Viewer): Promise<void> {
  const began = performance.now();
  const entries = await exact(line, viewer, MENDED_MS);
  // the two topics reach a viewer one after the other
  await viewer.until('the site to count the same', MENDED_MS, (v) => v.site().connections === entries.length);
  await viewer.live(MENDED_MS);
  const other = await line.viewer(BOTH);
  await exact(line, other, MENDED_MS);
  expect(performance.now() - began).toBeLessThan(MENDED_MS);
  other.close();
}

describe('lost events', () => {
  test('of a burst that the buffer does not hold are made good by a dump, and told', async () => {
    const here = stage();
    const [line, viewer] = await running(here, { 'conntrack.receive_buffer': 4096 });
    await line.inject('--count', '20000', '--first', '20000', '--protocols', 'tcp,udp,sctp', '--quiet');
    await line.inject('--count', '15000', '--first', '20000', '--protocols', 'tcp,udp,sctp', '--quiet', '--delete');
    expect((await exact(line, viewer, MENDED_MS)).length).toBe(5300);
    expect(viewer.site().event_losses).toBeGreaterThan(0);
  });
});

describe('Redis', () => {
  test('is away for a while', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    await line.redis.stop();
    await change(line);
    await until('both to say so', MENDED_MS, () =>
      [line.collector, line.broadcaster].every(({ output }) =>
        /Redis at \S+ (is not there|went away|is gone)/.test(output),
      ),
    );
    await sleep(1500);
    expect((await line.get('/healthz')).status).toBe(503);
    await line.redis.start();
    await mended(line, viewer);
    expect((await line.get('/healthz')).status).toBe(200);
    expect(viewer.connects).toBe(1);
  });

  test('cuts both off, again and again', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const client = line.redis.client();
    for (let i = 0; i < 5; i++) {
      await client.command('CLIENT', 'KILL', 'SKIPME', 'yes');
      await client.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await sleep(150);
    }
    await change(line);
    await mended(line, viewer);
  });
});

describe('the collector', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)('is restarted after %s: a new epoch, the same picture', async (signal) => {
    const here = stage();
    const [line, viewer] = await running(here);
    const old = viewer.reader().epoch;
    if (signal === 'SIGKILL') await line.collector.kill();
    else await line.collector.end();
    await change(line);
    line.startCollector();
    await viewer.until('the new epoch', MENDED_MS, (v) =>
      [...v.readers.values()].every(({ epoch }) => epoch !== null && epoch.start !== old?.start),
    );
    await mended(line, viewer);
    expect(viewer.connects).toBe(1);
  });

  test('has a rival on the same site: both say so, the newer is shown, and the other comes back', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const first = line.collector;
    const old = viewer.reader().epoch;
    await sleep(20);
    const second = line.startCollector();
    await Promise.all(
      [first, second].map((daemon) => daemon.said(/another collector|Another collector|second collector/, 8000)),
    );
    await viewer.until('the rival to be shown', 15_000, (v) => v.site().rivals === true);
    await second.end();
    // the older one's frames are older: they count again as soon as the newer one is silent
    await viewer.until('the older one again', 15_000, (v) => v.reader().epoch?.start === old?.start);
    await mended(line, viewer);
  });
});

describe('the broadcaster', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)('is restarted after %s: viewers connect again', async (signal) => {
    const here = stage();
    const [line, viewer] = await running(here);
    if (signal === 'SIGKILL') await line.broadcaster.kill();
    else await line.broadcaster.end();
    await until('the viewer to be told', MENDED_MS, () => viewer.closed);
    expect(viewer.closed?.code).toBe(signal === 'SIGTERM' ? 1001 : 1006);
    await change(line);
    await line.startBroadcaster();
    await until('the viewer to be back', MENDED_MS, () => viewer.connects === 2);
    await mended(line, viewer);
  });
});

describe('a viewer', () => {
  test('stops reading, and goes on', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    viewer.socket.pause();
    for (let i = 0; i < 4; i++) {
      await line.inject('--count', '3000', '--first', String(20_000 + 3000 * i), '--quiet');
      await sleep(400);
      await line.inject('--count', '3000', '--first', String(20_000 + 3000 * i), '--quiet', '--delete');
    }
    await change(line);
    await sleep(1000);
    viewer.socket.resume();
    await mended(line, viewer);
    expect(viewer.connects).toBe(1);
    expect(viewer.outcomes.lost).toBe(0);
  });

  test('joins in mid-stream, and has the same as those who were there', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const churn = line.inject('--count', '500', '--first', '30000', '--rate', '300', '--churn', '4', '--quiet');
    const joined: Viewer[] = [];
    for (let i = 0; i < 8; i++) {
      joined.push(await line.viewer(BOTH));
      await sleep(57);
    }
    for (const topic of ['overview', 'connections']) {
      expect(new Set(await sameMoment([viewer, ...joined], topic)).size, topic).toBe(1);
    }
    await churn;
    await mended(line, viewer);
  });
});

describe('on the way from the collector', () => {
  const dropped = (line: Line, reason: string): Promise<number> =>
    line.metric(new RegExp(`frames_dropped_total.*overview.*reason="${reason}"`));

  /** The header of the newest frame of the overview. */
  async function newest(line: Line): Promise<Header> {
    let header: Header | undefined;
    await line.redis.client().subscribe(OVERVIEW, (message) => {
      const read = decodeHeader(message);
      if (typeof read !== 'string') header = read;
    });
    return until('a frame', MENDED_MS, () => header);
  }

  const forge = (like: Header, ahead: number, version = VERSION): Uint8Array =>
    encodeFrame({
      kind: 'delta',
      sequence: like.sequence + ahead,
      payload: [],
      time: like.time,
      epochStart: like.epoch.start,
      epochRandom: like.epoch.random,
      version,
    });

  test('frames are lost: the gap is seen, and a keyframe closes it', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const header = await newest(line);
    const keyframes = await line.metric(/frames_received_total.*overview.*keyframe/);
    await line.redis.client().publish(OVERVIEW, forge(header, 40));
    await until('the gap to be counted', MENDED_MS, async () => (await dropped(line, 'gap')) > 0);
    await until(
      'a keyframe',
      MENDED_MS,
      async () => (await line.metric(/frames_received_total.*overview.*keyframe/)) > keyframes,
    );
    await change(line);
    await mended(line, viewer);
    expect(viewer.outcomes.lost).toBe(0);
  });

  test('a frame that nobody can apply: viewers ask, and a keyframe makes it good', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const { epoch, sequence, time } = await newest(line);
    const broken = encodeFrame({
      kind: 'delta',
      sequence: sequence + 1,
      payload: [[0, [4_000_000]]],
      time,
      epochStart: epoch.start,
      epochRandom: epoch.random,
    });
    await line.redis.client().publish(OVERVIEW, broken);
    await until('the viewer to stumble', MENDED_MS, () => viewer.outcomes.lost > 0);
    await change(line);
    await mended(line, viewer);
    expect(viewer.connects).toBe(1);
  });

  test('a frame of another version is counted, dropped and told of', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    for (const version of [VERSION + 1, VERSION - 1])
      await line.redis.client().publish(OVERVIEW, forge(await newest(line), 1, version));
    await until('them to be counted', MENDED_MS, async () => (await dropped(line, 'other-version')) === 2);
    await line.broadcaster.said(/newer or older than this broadcaster/);
    await change(line);
    await mended(line, viewer);
    expect(viewer.outcomes.newer).toBe(0);
  });

  test('frames that are cut off, repeated or for somebody else do no harm', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const client = line.redis.client();
    const header = await newest(line);
    const frame = forge(header, 1);
    for (let length = 0; length < frame.length; length += 3) await client.publish(OVERVIEW, frame.subarray(0, length));
    for (let i = 0; i < 5; i++) await client.publish(OVERVIEW, forge(header, -1));
    await client.publish(OVERVIEW, encodeFrame({ kind: 'keyframe', sequence: 3, payload: [], site: 'elsewhere' }));
    await client.publish(OVERVIEW, encodeFrame({ kind: 'keyframe', sequence: 3, payload: [], epochStart: 1 }));
    await until(
      'all to be counted',
      MENDED_MS,
      async () =>
        (await dropped(line, 'malformed')) > 10 &&
        (await dropped(line, 'wrong-site-or-topic')) === 1 &&
        (await dropped(line, 'older-epoch')) === 1,
    );
    await change(line);
    await mended(line, viewer);
    expect(viewer.outcomes).toMatchObject({ lost: 0, dropped: 0 });
  });
});

describe('random bytes', () => {
  const chunk = (most: number): Buffer => randomBytes(1 + Math.floor(Math.random() * most));

  test('on every channel of Redis', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const client = line.redis.client();
    for (const channel of CHANNELS) {
      for (let i = 0; i < 200; i++) {
        const bytes = chunk(i % 10 === 0 ? 100_000 : 300);
        if (i % 3 === 0) bytes.set(Buffer.from('CV\x01').subarray(0, bytes.length));
        await client.publish(channel, bytes);
      }
    }
    for (const words of [
      'keyframe',
      'keyframe ',
      'keyframe nothing',
      'keyframe overview overview',
      'collector',
      'collector zz',
      `collector ${'f'.repeat(300)}`,
    ]) {
      await client.publish('connvis:ask:home', words);
    }
    await change(line);
    await mended(line, viewer);
  });

  test('on the WebSocket close that viewer alone, with the reason', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    const messages = [chunk(300), 'watch', 'watch home', 'watch home overview x', 'x'.repeat(321), 'x'.repeat(70_000)];
    for (const message of messages) {
      const bad = await line.viewer();
      bad.socket.send(message);
      await until('it to be closed', MENDED_MS, () => bad.closed);
      expect(bad.closed, String(message).slice(0, 40)).toMatchObject({
        code: 1008,
        reason: expect.stringMatching(/\w/) as string,
      });
    }
    // what is not here is none of these: it is said, and the viewer goes on
    const asking = await line.viewer();
    const said: string[] = [];
    asking.socket.on('message', (data, binary) => binary || said.push((data as Buffer).toString()));
    for (const words of ['watch home nothing', 'watch elsewhere overview', 'unwatch home nothing']) {
      asking.socket.send(words);
    }
    await until('both to be said', MENDED_MS, () => said.filter((text) => text.includes('unknown')).length === 2);
    expect(said.filter((text) => text.includes('unknown')).map((text) => JSON.parse(text) as unknown)).toEqual([
      { unknown: 'nothing', site: 'home' },
      { unknown: 'overview', site: 'elsewhere' },
    ]);
    await asking.live(MENDED_MS);
    expect(asking.closed).toBeUndefined();
    const flood = await line.viewer();
    for (let i = 0; i < 400; i++) flood.socket.send('watch home overview');
    await until('the flood to be stopped', MENDED_MS, () => flood.closed);
    expect(flood.closed?.code).toBe(1008);
    // bytes that are no WebSocket frames, after a proper beginning
    const upgrade =
      `GET /feed HTTP/1.1\r\nHost: 127.0.0.1:${line.port}\r\nOrigin: http://127.0.0.1:${line.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: connvis.v1\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
    for (let i = 0; i < 30; i++) {
      expect(await sendBytes(line.port, Buffer.concat([Buffer.from(upgrade), chunk(2000)]))).toMatch(/^HTTP\/1.1 101/);
    }
    await change(line);
    await mended(line, viewer);
  });

  test('on the HTTP port', async () => {
    const here = stage();
    const [line, viewer] = await running(here);
    for (let i = 0; i < 40; i++) await sendBytes(line.port, chunk(5000), 40);
    for (let i = 0; i < 40; i++) {
      const head = Buffer.from(
        [
          'GET / HTTP/1.1\r\n',
          'GET /feed HTTP/1.1\r\nHost: ',
          'POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n',
        ][i % 3] ?? '',
      );
      await sendBytes(line.port, Buffer.concat([head, chunk(3000)]), 40);
    }
    expect(await sendBytes(line.port, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).not.toMatch(
      /^HTTP\/1.1 200/,
    );
    expect(
      await sendBytes(line.port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`),
    ).not.toMatch(/^HTTP\/1.1 200/);
    await change(line);
    await mended(line, viewer);
  });
});
