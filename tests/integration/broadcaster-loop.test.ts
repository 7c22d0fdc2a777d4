// SPDX-License-Identifier: MIT
// The broadcaster's loop never stands still: not for a whole state as JSON, not for a resolver that does not answer.

import { describe, expect, test } from 'vitest';
import { fetchText } from '../harness/http';
import { asArguments, freePort, Line } from '../harness/line';
import { MadeRoom } from '../harness/made-room';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage } from '../harness/stage';
import { promised, sleep, until } from '../harness/wait';

const OVERVIEW = 'connvis:feed:home:overview';
const ENTRIES = 15_000;
const REQUESTS = 50;
const REQUEST_EVERY_MS = 100;
const FRAME_EVERY_MS = 100;
/** With sanitizers, and beside other work on the machine. Made on the loop, such a state takes seconds. */
const LONGEST_TURN_S = 0.4;
const FRAME_LATE_MS = 1000;

describe('the state as JSON', () => {
  test('asked for ten times a second holds up no frame', { timeout: 120_000 }, async () => {
    const line = await Line.prepare(stage());
    await line.redis.start();
    await line.startBroadcaster();
    await until('Redis', 15_000, async () => (await line.metric(/redis_connected /)) === 1);
    const redis = line.redis.client();
    const room = new MadeRoom({ devices: 50, remotes: ENTRIES, conversations: ENTRIES });
    await redis.publish(OVERVIEW, room.keyframe());
    const viewer = await line.viewer({ topics: ['overview'] });
    await viewer.until('the room', 30_000, (v) => v.rows('conversations').length >= ENTRIES);

    const late: number[] = [];
    let running = true;
    const frames = (async () => {
      while (running) {
        const begun = performance.now();
        const before = viewer.reader().sequence ?? 0;
        await redis.publish(OVERVIEW, room.delta(FRAME_EVERY_MS, { moving: 20 })[0] as Uint8Array);
        await until('a frame', 20_000, () => (viewer.reader().sequence ?? 0) > before);
        late.push(performance.now() - begun);
        await sleep(FRAME_EVERY_MS);
      }
    })();
    const answers: Promise<number>[] = [];
    for (let i = 0; i < REQUESTS; i++) {
      answers.push(fetchText(line.port, '/api/v1/state', { method: 'HEAD' }).then(({ status }) => status));
      await sleep(REQUEST_EVERY_MS);
    }
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
    running = false;
    await frames;

    const { body } = await line.get('/api/v1/state');
    const state = JSON.parse(body) as { sequence: number; tables: { conversations: unknown[] } };
    expect(state.tables.conversations.length).toBe(ENTRIES);
    expect(viewer.outcomes).toMatchObject({ lost: 0, dropped: 0 });
    late.sort((a, b) => a - b);
    expect(late[Math.floor(late.length * 0.9)]).toBeLessThan(FRAME_LATE_MS);
    expect(await line.metric(/longest_turn_seconds\{of="all",since="start"\}/)).toBeLessThan(LONGEST_TURN_S);
    const health = JSON.parse((await line.get('/healthz')).body) as {
      longest_turn: Record<'minute' | 'start', { ms: number; of: string }>;
    };
    expect(health.longest_turn.start.ms).toBeGreaterThan(0);
    expect(health.longest_turn.minute.ms).toBeLessThanOrEqual(health.longest_turn.start.ms);
    expect(health.longest_turn.start.of).toMatch(/^[a-z-]+$/);
  });
});

describe('a resolver that does not answer', () => {
  test('keeps nobody from being answered, nor the broadcaster from ending', { timeout: 60_000 }, async () => {
    const here = stage();
    // What is sent to the name server goes nowhere: nobody has the hardware address that it is sent to.
    const alone = await Namespace.make(here);
    for (const words of [
      'link add nowhere type veth peer name beyond',
      'address add 10.99.0.1/24 dev nowhere',
      'link set nowhere up',
      'link set beyond up',
      'neighbour add 10.99.0.2 lladdr 02:00:00:00:00:99 dev nowhere',
      'route add default via 10.99.0.2',
    ]) {
      await alone.run('ip', ...words.split(' '));
    }
    here.file('resolv.conf', 'nameserver 192.0.2.53\n');
    here.file('nsswitch.conf', 'hosts: dns\n');
    const port = await freePort();
    const settings = asArguments({ 'listen.port': port, 'redis.server': 'redis.example:6379' });
    const etc = 'mount -t tmpfs none /etc && cp "$0"/resolv.conf "$0"/nsswitch.conf /etc && exec "$@"';
    const broadcaster = here.start(
      'unshare',
      ['--mount', '--', 'sh', '-c', etc, here.folder, programs.broadcaster, ...settings],
      { namespace: alone.path, title: 'connvis-broadcaster' },
    );
    const health = (): Promise<string> =>
      alone.run('curl', '--silent', '--show-error', '--max-time', '2', `http://127.0.0.1:${port}/healthz`);
    await until('an answer', 10_000, () => health().catch(() => undefined));
    await broadcaster.said(/looking up its host name takes long/, 15_000);
    for (let i = 0; i < 5; i++) expect(await health()).toContain('"redis":false');

    const asked = performance.now();
    broadcaster.signal('SIGTERM');
    expect(await broadcaster.ended()).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeLessThan(promised(1000));
  });
});
