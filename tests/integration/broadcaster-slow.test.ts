// SPDX-License-Identifier: MIT
// Those who are slow: to read, to answer, to say what they want. The collector is played by the test.

import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../frontend/src/feed/encode';
import { Line } from '../harness/line';
import { stage, type Stage } from '../harness/stage';
import { promised, sleep, until } from '../harness/wait';

const OVERVIEW = 'connvis:feed:home:overview';
const PING = 0x9;
const CLOSE = 0x8;
/** Of the broadcaster, from the last sign of life on (viewer.h). */
const HANG_UP_S = 30;

async function withoutCollector(here: Stage): Promise<Line> {
  const line = await Line.prepare(here);
  await line.redis.start();
  await line.startBroadcaster();
  await until('Redis', 15_000, async () => (await line.metric(/redis_connected /)) === 1);
  return line;
}

const keyframe = (sequence: number, bytes: number): Uint8Array =>
  encodeFrame({ kind: 'keyframe', sequence, payload: [new Uint8Array(bytes)] });

/** A viewer of few bytes: it reads when it is told to, and answers nothing. */
class Reader {
  readonly socket: Socket;
  closed = false;
  /** The WebSocket frames that have come: opcode and whether it is the final one of its message. */
  readonly frames: { readonly opcode: number; readonly final: boolean }[] = [];
  #bytes = Buffer.alloc(0);
  #skip = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('close', () => (this.closed = true));
    socket.on('error', () => (this.closed = true));
  }

  static async open(here: Stage, port: number): Promise<Reader> {
    const socket = connect(port, '127.0.0.1');
    here.onClose(() => void socket.destroy());
    const reader = new Reader(socket);
    socket.write(
      `GET /feed HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
        'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: connvis.v1\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    let answer = Buffer.alloc(0);
    await until('the upgrade', 15_000, () => {
      answer = Buffer.concat([answer, (socket.read() as Buffer | null) ?? Buffer.alloc(0)]);
      return answer.includes('\r\n\r\n');
    });
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1.1 101/);
    reader.#bytes = answer.subarray(answer.indexOf('\r\n\r\n') + 4);
    const words = Buffer.from('watch home overview');
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | words.length, 0, 0, 0, 0]), words]));
    return reader;
  }

  /** Reads up to that many bytes of what has come. */
  read(most: number): number {
    const piece = (this.socket.read(Math.min(most, this.socket.readableLength)) as Buffer | null) ?? Buffer.alloc(0);
    this.#bytes = Buffer.concat([this.#bytes, piece]);
    for (;;) {
      const skipped = Math.min(this.#skip, this.#bytes.length);
      this.#bytes = this.#bytes.subarray(skipped);
      this.#skip -= skipped;
      const [first, second] = this.#bytes;
      if (first === undefined || second === undefined) break;
      const header = second === 126 ? 4 : second === 127 ? 10 : 2;
      if (this.#bytes.length < header) break;
      this.#skip =
        header +
        (header === 2 ? second : header === 4 ? this.#bytes.readUInt16BE(2) : Number(this.#bytes.readBigUInt64BE(2)));
      this.frames.push({ opcode: first & 0x0f, final: (first & 0x80) !== 0 });
    }
    return piece.length;
  }
}

describe('reading', () => {
  test('slowly keeps a viewer, with pings between fragments; not at all does not', { timeout: 120_000 }, async () => {
    const here = stage();
    const line = await withoutCollector(here);
    const client = line.redis.client();
    // far more than what the kernel holds at both ends
    await client.publish(OVERVIEW, keyframe(0, 24_000_000));
    const quiet = await line.viewer({ topics: [] });
    const [slow, dead] = [await Reader.open(here, line.port), await Reader.open(here, line.port)];
    slow.socket.pause();
    dead.socket.pause();
    const steps = (HANG_UP_S + 20) * 5;
    for (let i = 0; i < steps; i++) {
      slow.read(60_000);
      await sleep(200);
    }
    expect(await line.metric(/viewers_hung_up_total/)).toBe(1);
    expect(await line.metric(/^connvis_broadcaster_viewers /)).toBe(2);
    expect(slow.closed).toBe(false);
    expect(quiet.closed).toBeUndefined();
    // the rest at once: a ping stands in the middle of the keyframe
    await until('the whole keyframe', 20_000, () => {
      slow.read(1_000_000);
      return slow.frames.some(({ opcode, final }) => opcode === 0 && final);
    });
    const ping = slow.frames.findIndex(({ opcode }) => opcode === PING);
    const begin = slow.frames.findIndex(({ opcode }) => opcode === 2);
    const end = slow.frames.findIndex(({ opcode, final }) => opcode === 0 && final);
    expect(ping).toBeGreaterThan(begin);
    expect(ping).toBeLessThan(end);
  });
});

describe('asking', () => {
  test('for nothing, without end, is asking too much', async () => {
    const here = stage();
    const line = await withoutCollector(here);
    const floods = { fragments: [0x00], pongs: [0x8a], pings: [0x89] };
    for (const [what, first] of Object.entries(floods)) {
      const reader = await Reader.open(here, line.port);
      const many = Buffer.concat(Array.from({ length: 4000 }, () => Buffer.from([...first, 0x80, 0, 0, 0, 0])));
      // a message that does not end
      if (what === 'fragments') reader.socket.write(Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x77]));
      for (let i = 0; i < 40 && !reader.frames.some(({ opcode }) => opcode === CLOSE); i++) {
        if (!reader.closed) reader.socket.write(many);
        await sleep(100);
        reader.read(1_000_000);
      }
      expect(
        reader.frames.some(({ opcode }) => opcode === CLOSE),
        what,
      ).toBe(true);
      reader.socket.destroy();
    }
    expect(await line.metric(/broke_rules/)).toBe(3);
  });

  test('slowly is cut off, and keeps nobody from being served', { timeout: 60_000 }, async () => {
    const here = stage();
    const line = await withoutCollector(here);
    const slow: Socket[] = [];
    let closed = 0;
    for (let i = 0; i < 200; i++) {
      const socket = connect(line.port, '127.0.0.1');
      here.onClose(() => void socket.destroy());
      socket.on('error', () => undefined);
      socket.on('close', () => closed++);
      if (i % 2 === 0) socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ');
      slow.push(socket);
    }
    for (let second = 0; second < 14; second++) {
      for (const socket of slow) if (!socket.destroyed) socket.write('a');
      expect((await line.get('/metrics')).status).toBe(200);
      await sleep(1000);
    }
    await until(
      'all to be cut off',
      3000,
      () => closed === slow.length,
      () => `${closed} of ${slow.length} are`,
    );
  });
});

describe('going away', () => {
  test('is told to those who read, and does not wait for the others', async () => {
    const here = stage();
    const line = await withoutCollector(here);
    await line.redis.client().publish(OVERVIEW, keyframe(0, 24_000_000));
    const viewer = await line.viewer({ topics: [] });
    const stalled = await Reader.open(here, line.port);
    stalled.socket.pause();
    await sleep(300);
    const began = performance.now();
    line.broadcaster.signal('SIGTERM');
    expect(await line.broadcaster.ended(promised(3000))).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(promised(2500));
    await until('the close frame', promised(1000), () => viewer.closed);
    expect(viewer.closed?.code).toBe(1001);
  });
});

describe('without descriptors', () => {
  test('the broadcaster says so once, waits without turning, and takes the next ones when there are some', async () => {
    const here = stage();
    const line = await withoutCollector(here);
    const limit = (n: number): Promise<string> =>
      line.router.run('prlimit', `--pid=${line.broadcaster.pid}`, `--nofile=${n}:4096`);
    const open = readdirSync(`/proc/${line.broadcaster.pid}/fd`).length;
    await limit(open + 5);
    const waiting = Array.from({ length: 12 }, () => connect(line.port, '127.0.0.1'));
    for (const socket of waiting) {
      socket.on('error', () => {});
      here.onClose(() => void socket.destroy());
    }
    const [said] = await line.broadcaster.said(/New connections have to wait/);
    const before = line.broadcaster.busyMs();
    await sleep(3000);
    expect(line.broadcaster.busyMs() - before).toBeLessThan(1500);
    expect(line.broadcaster.output.split(said).length - 1).toBe(1);
    for (const socket of waiting) socket.destroy();
    await limit(1024);
    await until('an answer', 15_000, async () => (await line.get('/healthz')).status === 503);
  });
});
