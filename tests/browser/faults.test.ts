// SPDX-License-Identifier: MIT
// Whatever breaks on the way: the page says so within 3 s, and is right again within 5 s of the return, by itself.

import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { sleep, until } from '../harness/wait';
import { Room } from '../harness/room';
import { openBrowser, Watcher } from './watcher';

const SAID_WITHIN = 3000;
const RIGHT_WITHIN = 5000;

const stage = sharedStage();
let room: Room;
let browser: Browser;

beforeAll(async () => {
  room = await Room.open(stage, true);
  browser = await openBrowser(stage);
}, 60_000);

function isLive(seen: Watcher): Promise<boolean> {
  return seen.page
    .locator('.status-good')
    .count()
    .then((count) => count > 0);
}

async function live(): Promise<Watcher> {
  const seen = await Watcher.open(browser);
  await seen.open(`${room.url}#view=flows&table=1`);
  await until('the page to be live', 10_000, () => isLive(seen));
  return seen;
}

/** Breaks, sees that the page says so, lets some time pass, mends, and sees that the page is right again. */
async function survives(
  seen: Watcher,
  breaks: () => Promise<void> | void,
  mends: () => Promise<void> | void,
  pause: number,
): Promise<void> {
  const loaded = await seen.page.evaluate(() => performance.timeOrigin);
  await breaks();
  const broken = performance.now();
  await until('the page to say so', SAID_WITHIN, async () => !(await isLive(seen)));
  const said = performance.now() - broken;
  await sleep(pause);
  expect(await isLive(seen)).toBe(false);
  await mends();
  const mended = performance.now();
  await until('the page to be right again', RIGHT_WITHIN, () => isLive(seen));
  console.log(`said after ${said.toFixed(0)} ms, right after ${(performance.now() - mended).toFixed(0)} ms`);
  expect((await seen.flows()).length).toBeGreaterThan(3);
  expect(await seen.page.evaluate(() => performance.timeOrigin), 'the page was loaded anew').toBe(loaded);
  await seen.page.context().close();
}

function filter(...words: string[]): void {
  execFileSync('nft', words);
}

/** All that goes to or comes from the broadcaster is lost on its way, as in a network that has gone. */
function cut(): void {
  filter('add', 'table', 'inet', 'connvis-cut');
  filter('add', 'chain', 'inet', 'connvis-cut', 'input', '{ type filter hook input priority 0; }');
  filter('add', 'rule', 'inet', 'connvis-cut', 'input', 'tcp', 'dport', String(room.port), 'drop');
  filter('add', 'rule', 'inet', 'connvis-cut', 'input', 'tcp', 'sport', String(room.port), 'drop');
}

function join(): void {
  filter('delete', 'table', 'inet', 'connvis-cut');
}

describe('the page notices and recovers', () => {
  it('when the broadcaster dies', async () => {
    await survives(
      await live(),
      () => room.broadcaster.kill(),
      () => room.startBroadcaster(),
      6000,
    );
  });

  it('when the collector dies', async () => {
    await survives(
      await live(),
      () => room.collector.kill(),
      () => room.startCollector(),
      6000,
    );
  });

  it('when Redis dies', async () => {
    await survives(
      await live(),
      () => room.redis.stop(),
      () => room.redis.start(),
      4000,
    );
  });

  it.each([1000, 12_000])('when the network is cut for %i ms more', async (pause) => {
    await survives(await live(), cut, join, pause);
  });
});
