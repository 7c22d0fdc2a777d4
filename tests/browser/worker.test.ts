// SPDX-License-Identifier: MIT
// The worker that holds the feed: when it fails the page says so, in the viewer's language, and goes on by itself.

import { beforeAll, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { MadeRoom } from '../harness/made-room';
import { PageServer } from '../harness/page-server';
import { sharedStage } from '../harness/stage';
import { builtPage, openView, SMALL } from './made';
import { openBrowser } from './watcher';

const WORKER = '**/assets/worker-*.js';
const FAILED = { en: 'A part of this page has failed', fi: 'Osa tästä sivusta kaatui' } as const;

const stage = sharedStage();
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = builtPage();
  browser = await openBrowser(stage);
}, 60_000);

async function serve(topics?: readonly string[]): Promise<PageServer> {
  const room = new MadeRoom(SMALL);
  const feed = { keyframe: (topic: string) => room.keyframe(topic) };
  const server = await PageServer.open(folder, topics ? { ...feed, topics } : feed);
  const timer = setInterval(() => server.send(room.delta(200, { moving: 5 })), 200);
  stage.onClose(() => {
    clearInterval(timer);
    return server.close();
  });
  return server;
}

const isLive = (page: Page): Promise<void> => page.locator('.status-good').waitFor({ timeout: 30_000 });
const says = (page: Page, text: string): Promise<void> =>
  page.locator('.status-bad', { hasText: text }).waitFor({ timeout: 5000 });

it.each(['en', 'fi'] as const)('that cannot be loaded is said and tried again, %s', async (locale) => {
  const server = await serve();
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  await page.route(WORKER, (route) => route.abort());
  await page.goto(`${server.url}#view=flows`);
  await says(page, FAILED[locale]);
  await page.unroute(WORKER);
  await isLive(page);
  await page.locator('section.flows').waitFor();
  await context.close();
});

it('that breaks is said and started again, with all that was followed', async () => {
  const server = await serve();
  const page = await openView(browser, server.url, 'view=flows', 'flows');
  await isLive(page);
  const loaded = await page.evaluate(() => performance.timeOrigin);
  const feed = page.workers().find((worker) => worker.url().includes('/worker-'));
  await feed?.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken by a test');
    });
  });
  await says(page, FAILED.en);
  await isLive(page);
  expect(server.greeted).toBe(2);
  expect(await page.evaluate(() => performance.timeOrigin), 'the page was loaded anew').toBe(loaded);
  await page.context().close();
});

it('does not ask for connections that the server does not send: the page says so, and stays live', async () => {
  const server = await serve(['overview']);
  const page = await openView(browser, server.url, 'view=connections', 'connections');
  await page.getByText('This server does not send single connections').waitFor();
  await isLive(page);
  await page.waitForTimeout(1500);
  await isLive(page);
  expect(server.greeted).toBe(1);
  await page.context().close();
});
