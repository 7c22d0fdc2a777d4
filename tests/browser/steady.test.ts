// SPDX-License-Identifier: MIT
// It holds still: nothing grows by going to and fro, and nothing jumps. On a made-up household.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { builtPage, Made, openView, SMALL } from './made';
import { openBrowser } from './watcher';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  made = await Made.open(stage, builtPage(stage), SMALL, { count: 300, leftOut: 20 }, 6);
  browser = await openBrowser(stage);
}, 120_000);

interface Kept {
  readonly Nodes: number;
  readonly JSEventListeners: number;
}

/** What the page holds once all that nobody holds is gone. */
async function kept(cdp: CDPSession): Promise<Kept> {
  for (let turn = 0; turn < 3; turn += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as unknown as Kept;
}

async function hop(page: Page, views: readonly string[]): Promise<void> {
  for (const view of views) {
    await page.evaluate((to) => {
      location.hash = `view=${to}`;
    }, view);
    await page.locator(`section.${view}`).first().waitFor();
    await page.waitForTimeout(150);
  }
}

describe('going to and fro', () => {
  it.each(['devices', 'connections', 'landing', 'map', 'domains'])(
    'flows and %s leave nothing behind',
    async (view) => {
      const page = await openView(browser, made.server.url, 'view=flows', 'flows');
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Performance.enable');
      const turn = [view, 'flows'];
      await hop(page, [...turn, ...turn]);
      const before = await kept(cdp);
      await hop(page, Array.from({ length: 6 }, () => turn).flat());
      const after = await kept(cdp);
      expect(after.Nodes).toBeLessThan(before.Nodes + 150);
      expect(after.JSEventListeners).toBeLessThan(before.JSEventListeners + 40);
      await page.context().close();
    },
  );
});

describe('the connections', () => {
  it.each([700, 860, 1024, 1180, 1366, 1920])('say with whom, %s wide and with an entry open', async (width) => {
    const page = await openView(browser, made.server.url, 'view=connections', 'connections', {
      viewport: { width, height: 768 },
    });
    const name = page.locator('th.column-name');
    const least = async (): Promise<number> => (await name.boundingBox())?.width ?? 0;
    await page.locator('.entry').first().click();
    await page.locator('aside.detail').waitFor();
    expect(await least()).toBeGreaterThan(150);
    await page.context().close();
  });
});
