// SPDX-License-Identifier: MIT
// What a page costs that somebody just looks at, in Chromium: of its main thread, and in CPU time, for which it does not
// matter what else runs beside the test.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { sleep, until } from '../harness/wait';
import { household, openView, sectionOf, type Made } from './made';
import { flowsOf } from './watcher';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  ({ made, browser } = await household(stage));
}, 120_000);

/** The picture comes to rest, and is watched for so long, twice: a busy machine may add to what is read, and takes nothing
 * from it. Milliseconds. */
const REST = 1500;
const WATCHED = 2500;

const VIEWS = ['landing', 'flows', 'map', 'domains', 'devices', 'device/Aino', 'connections', 'display'];

/** Seconds that the main thread has worked. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find(({ name }) => name === 'TaskDuration');
  if (!found) throw new Error('Chromium does not say how long it worked.');
  return found.value;
}

/** Which part of the time the main thread works, on a machine so many times slower than this one. */
async function share(session: CDPSession, slower: number): Promise<number> {
  const watch = async (): Promise<number> => {
    const [before, began] = [await worked(session), performance.now()];
    await sleep(WATCHED);
    return (1000 * ((await worked(session)) - before)) / (performance.now() - began);
  };
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await sleep(REST);
  return Math.min(await watch(), await watch());
}

describe('a page that is looked at', () => {
  it('leaves the main thread in peace, whatever the view', { timeout: 120_000 }, async () => {
    const look = async (view: string): Promise<void> => {
      const viewport = { width: 1366, height: 768 };
      const page = await openView(browser, made.server.url, `view=${view}`, sectionOf(view), { viewport });
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      // the rest of the page is fetched meanwhile
      await page.waitForTimeout(REST);
      const [now, slowed] = [await share(session, 1), await share(session, 4)];
      console.log(`${view}: ${(100 * now).toFixed(1)} %, four times as slow ${(100 * slowed).toFixed(1)} %`);
      expect(now, view).toBeLessThan(0.05);
      expect(slowed, view).toBeLessThan(0.2);
      await page.context().close();
    };
    // each has a process and so a main thread of its own
    for (let i = 0; i < VIEWS.length; i += 4) await Promise.all(VIEWS.slice(i, i + 4).map(look));
  });
});

/** As browsers do with a tab that is covered; headless ones cover none. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    hidden ? 'hidden' : 'visible',
  );
}

/** Shows the page again, and says how long it took until its flows were these. Milliseconds, on the page's own clock. */
async function showUntil(page: Page, truth: readonly string[]): Promise<number> {
  await page.evaluate(() => {
    const watched = globalThis as unknown as { connvisShown: number; connvisChanged: number };
    document.addEventListener('visibilitychange', () => (watched.connvisShown = performance.now()), { once: true });
    const rows = document.querySelector('.as-table tbody') as Element;
    new MutationObserver(() => (watched.connvisChanged = performance.now())).observe(rows, { childList: true });
  });
  await setHidden(page, false);
  await expect.poll(() => flowsOf(page), { interval: 20, timeout: 15_000 }).toEqual(truth);
  return page.evaluate(() => {
    const { connvisShown, connvisChanged } = globalThis as unknown as { connvisShown: number; connvisChanged: number };
    return connvisChanged - connvisShown;
  });
}

describe('a page that nobody looks at', () => {
  it('takes no frames, and is right a moment after somebody looks again', { timeout: 60_000 }, async () => {
    const page = await openView(browser, made.server.url, 'view=flows&table=1', 'flows');
    await page.locator('.status-good').waitFor();
    const before = made.server.viewers;
    await setHidden(page, true);
    // not at once: some come right back
    await page.waitForTimeout(2000);
    expect(made.server.viewers).toBe(before);
    await until('the page to let go of its connection', 20_000, () => made.server.viewers === before - 1);
    const held = await flowsOf(page);
    made.server.send(made.room.delta(500, { coming: 40 }));
    const other = await openView(browser, made.server.url, 'view=flows&table=1', 'flows');
    await expect.poll(() => flowsOf(other)).not.toEqual(held);
    const truth = await flowsOf(other);
    expect(await flowsOf(page)).toEqual(held);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = await worked(session);
    const took = await showUntil(page, truth);
    const cost = 1000 * ((await worked(session)) - spent);
    // how soon that is on a busy machine, nobody can promise: what the page does for it is what counts
    console.log(`right again after ${Math.round(took)} ms, ${Math.round(cost)} ms of the main thread`);
    expect(cost).toBeLessThan(600);
    await page.locator('.status-good').waitFor();
    for (const one of [page, other]) await one.context().close();
  });
});
