// SPDX-License-Identifier: MIT
// A browser that is too old: it is told so once, in both languages, and then asks for nothing more.

import { beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { sleep } from '../harness/wait';
import { household, type Made } from './made';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  ({ made, browser } = await household(stage));
}, 60_000);

/** What takes it away before anything of the page runs. */
const WITHOUT = {
  'inflating (Firefox 112, Safari 16.3)': 'delete globalThis.DecompressionStream',
  'newer arrays (Chromium 96)': 'delete Array.prototype.findLast',
  workers: 'delete globalThis.Worker',
} as const;

it.each(Object.keys(WITHOUT) as (keyof typeof WITHOUT)[])('without %s', async (what) => {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.addInitScript(WITHOUT[what]);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${made.server.url}#view=flows`, { waitUntil: 'load' });
  expect(await page.locator('.old h2').allInnerTexts()).toEqual([
    'This browser is too old for connvis',
    'Tämä selain on liian vanha connvisille',
  ]);
  expect(await page.locator('.old p').first().innerText()).toMatch(/Safari 16\.4, Firefox 113, Chrome 103/);
  const before = asked.length;
  await sleep(3000);
  expect(asked.slice(before)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(made.server.greeted).toBe(0);
  // as it was said, without a view
  expect(await page.locator('#app > *').count()).toBe(2);
  await context.close();
});

it('that knows no modules understands the sentence', async () => {
  const context = await browser.newContext({ locale: 'fi' });
  const page = await context.newPage();
  await page.addInitScript('delete HTMLScriptElement.prototype.noModule');
  await page.route('**/assets/index-*.js', (route) => route.abort());
  await page.goto(made.server.url, { waitUntil: 'load' });
  expect(await page.locator('.old').count()).toBe(2);
  await context.close();
});
