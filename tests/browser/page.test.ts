// SPDX-License-Identifier: MIT
// The page in a real browser, on the live household.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { promised, until } from '../harness/wait';
import { Room } from '../harness/room';
import { Watcher, openBrowser } from './watcher';

const TABLE = '#view=flows&table=1&by=network&show=all';
/** Of tests/lab/household/devices: none of its plan goes where the tests let it go. */
const CAMERA = '24:6f:28:10:20:51';
const LAMPS = '00:17:88:10:20:52';

const stage = sharedStage();
let room: Room;
let browser: Browser;

beforeAll(async () => {
  room = await Room.open(stage, true);
  browser = await openBrowser(stage);
}, 60_000);

async function watcher(part: string): Promise<Watcher> {
  const made = await Watcher.open(browser);
  await made.open(room.url + part);
  return made;
}

/** Waits until the page shows that flow, in a row of its table. */
function shows(seen: Watcher, device: string, destination: string, ms: number): Promise<boolean> {
  return until(`"${device} > ${destination}" on the page`, ms, async () =>
    (await seen.flows()).some((row) => row.includes(device) && row.includes(destination)),
  );
}

describe('the page', () => {
  it.each([
    ['flows', 'Flows'],
    ['map', 'Map'],
  ])('shows %s that move within 5 s of opening', async (view, title) => {
    const begin = performance.now();
    const seen = await watcher(`#view=${view}`);
    await expect.poll(() => seen.page.getByRole('region', { name: title, exact: true }).count()).toBe(1);
    const first = await seen.picture();
    await until('the picture to move', 15_000, async () => (await seen.picture()) !== first);
    expect(performance.now() - begin).toBeLessThan(promised(5000));
    expect(await seen.pictures(4000)).toBeGreaterThan(3);
    await seen.page.context().close();
  });

  it('shows the same in a second browser', async () => {
    const other = await openBrowser(stage);
    const [one, two] = [await watcher(TABLE), await Watcher.open(other)];
    await two.open(room.url + TABLE);
    // connections come and go: at some moment both have been told the same
    const same = await until('both to show the same', 20_000, async () => {
      const [a, b] = await Promise.all([one.flows(), two.flows()]);
      return a.length > 10 && a.join('\n') === b.join('\n') ? a : undefined;
    });
    expect(new Set(same.map((row) => row.split(' > ')[0])).size).toBeGreaterThanOrEqual(8);
    await one.page.context().close();
    await other.close();
  });

  it('asks nobody but its own server, and complains of nothing', async () => {
    const seen = await watcher('');
    await seen.page.waitForTimeout(3000);
    await seen.open(`${room.url}#view=map`);
    await seen.page.waitForTimeout(3000);
    expect([...seen.hosts]).toEqual([`127.0.0.1:${room.port}`]);
    expect(seen.complaints).toEqual([]);
    await seen.page.context().close();
  });
});

describe('the page, without a reload by hand,', () => {
  it('goes on when the broadcaster is back', async () => {
    const camera = await room.alias(CAMERA);
    const seen = await watcher(TABLE);
    await room.broadcaster.kill();
    const close = room.connect('camera', '198.51.100.60', 443);
    await room.startBroadcaster();
    await shows(seen, camera, 'Hetzner', promised(5000));
    close();
    await seen.page.context().close();
  });

  it('goes on when the collector is back', async () => {
    const lamps = await room.alias(LAMPS);
    const seen = await watcher(TABLE);
    await room.collector.kill();
    const close = room.connect('lamp-hub', '203.0.113.11', 443);
    room.startCollector();
    await shows(seen, lamps, 'Wikimedia', promised(5000));
    close();
    await seen.page.context().close();
  });

  it('goes on when Redis is back', async () => {
    const camera = await room.alias(CAMERA);
    const seen = await watcher(TABLE);
    await room.redis.stop();
    const close = room.connect('camera', '198.51.100.14', 443);
    await seen.page.waitForTimeout(1500);
    await room.redis.start();
    await shows(seen, camera, 'GitHub', promised(5000));
    close();
    await seen.page.context().close();
  });
});
