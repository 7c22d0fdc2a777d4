// SPDX-License-Identifier: MIT
// Many viewers at once: all decode the same state, and who stops reading costs next to nothing.

import { describe, expect, test } from 'vitest';
import { Line, SHOW_ALL } from '../harness/line';
import { stage } from '../harness/stage';
import { promised, sleep, until } from '../harness/wait';
import { sameMoment, stateText, type Viewer } from '../harness/viewer';

describe('200 viewers', () => {
  test('all decode the same state, with some stalled, some joining and some leaving', { timeout: 90_000 }, async () => {
    const here = stage();
    const line = await Line.start(here);
    await line.inject('--count', '1000', '--quiet');
    const churn = line.inject('--count', '300', '--first', '50000', '--rate', '100', '--churn', '8', '--quiet');

    const steady: Viewer[] = [];
    for (let i = 0; i < 140; i++) steady.push(await line.viewer());
    const stalled: Viewer[] = [];
    for (let i = 0; i < 30; i++) stalled.push(await line.viewer());
    await Promise.all(
      [...steady, ...stalled].map((viewer) =>
        viewer.until('a state', 10_000, (v) => v.rows('conversations').length > 500),
      ),
    );
    for (const viewer of stalled) viewer.socket.pause();

    // meanwhile viewers come and go
    let coming = true;
    const visitors = (async () => {
      let visits = 0;
      for (; coming; visits++) {
        const some = await Promise.all(Array.from({ length: 10 }, () => line.viewer()));
        await sleep(50);
        for (const viewer of some) viewer.close();
      }
      return visits;
    })();
    const joining: Viewer[] = [];
    for (let i = 0; i < 30; i++) joining.push(await line.viewer());
    await Promise.all(joining.map((viewer) => viewer.until('a state', 30_000, () => true)));
    expect(await line.metric(/^connvis_broadcaster_viewers /)).toBeGreaterThanOrEqual(200);

    const texts = await sameMoment([...steady, ...joining]);
    expect(texts.length).toBe(170);
    expect(new Set(texts).size).toBe(1);
    coming = false;
    expect(await visitors).toBeGreaterThan(1);
    await churn;

    // and those who stopped find the same again
    for (const viewer of stalled) viewer.socket.resume();
    await Promise.all(stalled.map((viewer) => viewer.live(promised(5000))));
    const later = await sameMoment([...steady.slice(0, 10), ...stalled]);
    expect(new Set(later).size).toBe(1);
    for (const viewer of [...steady, ...joining, ...stalled]) {
      expect(viewer.outcomes).toMatchObject({ lost: 0, newer: 0 });
      expect(viewer.closed).toBeUndefined();
    }
  });
});

describe('a viewer who stops reading', () => {
  test(
    'costs the broadcaster at most 64 KiB over ten keyframes, and holds nobody back',
    { timeout: 150_000 },
    async () => {
      const STALLED = 40;
      const KEYFRAMES = 10;
      const here = stage();
      const line = await Line.start(here, { collector: SHOW_ALL });
      const redis = line.redis.client();
      // a keyframe of some hundred KiB, so that one alone is more than the kernel takes in for a viewer
      await line.inject('--count', '12000', '--quiet');
      const topics = ['overview', 'connections'];
      const free = await line.viewer({ topics });
      await free.until('the entries', 30_000, (v) => v.rows('connections', 'connections').length === 12_000);

      const keyframes = (): Promise<number> => line.metric(/frames_received_total.*kind="keyframe"/);
      const askForKeyframes = async (count: number): Promise<void> => {
        const target = (await keyframes()) + topics.length * count;
        await until(`${count} keyframes of each topic`, 40_000, async () => {
          for (const topic of topics) await redis.publish('connvis:ask:home', `keyframe ${topic}`);
          await sleep(300);
          return (await keyframes()) >= target;
        });
      };
      // what keyframes cost when all read
      const reading = await Promise.all(Array.from({ length: STALLED }, () => line.viewer({ topics })));
      await Promise.all(reading.map((viewer) => viewer.until('a state', 30_000, () => true)));
      await askForKeyframes(3);
      const before = line.broadcaster.memory();

      for (const viewer of reading) viewer.socket.pause();
      await askForKeyframes(KEYFRAMES);
      const after = line.broadcaster.memory();
      const each = (after - before) / STALLED;
      console.log(`a stalled viewer costs the broadcaster ${(each / 1024).toFixed(1)} KiB over ten keyframes`);
      expect(each).toBeLessThanOrEqual(64 * 1024);
      expect(await line.metric(/^connvis_broadcaster_send_blocks_total/)).toBeGreaterThan(0);

      // who reads is in step all the while; who reads again is so within 5 s
      await free.live(promised(2000));
      expect(free.outcomes.lost).toBe(0);
      for (const viewer of reading) viewer.socket.resume();
      const began = performance.now();
      await Promise.all(reading.map((viewer) => viewer.live(promised(5000))));
      const target = stateText(free.reader('connections'));
      expect(performance.now() - began).toBeLessThan(promised(5000));
      expect(reading.filter((viewer) => stateText(viewer.reader('connections')) !== target)).toEqual([]);
    },
  );
});
