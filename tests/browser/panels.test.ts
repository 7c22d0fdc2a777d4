// SPDX-License-Identifier: MIT
// What opens over and beside the views: that it shows what was picked, and finds the way back. On a made-up household.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { builtPage, Made, openView, SIZES, SMALL } from './made';
import { openBrowser } from './watcher';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  made = await Made.open(stage, builtPage(stage), SMALL, { count: 300, leftOut: 20 }, 6);
  browser = await openBrowser(stage);
}, 120_000);

const open = (part: string, view: string, options: BrowserContextOptions = {}): Promise<Page> =>
  openView(browser, made.server.url, `view=${view}${part}`, view, options);

/** What has the focus, as its name, its text or its id. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    return at === document.body ? 'body' : (at?.getAttribute('aria-label') ?? (at?.innerText || at?.id || ''));
  });

describe.each(SIZES.slice(0, 2))('the map on a $what', ({ width, height, hasTouch }) => {
  it('names what it cannot place', async () => {
    const page = await open('', 'map', { viewport: { width, height }, hasTouch });
    const count = page.getByRole('button', { name: /without a place/ });
    await count.click();
    const sheet = page.getByRole('group', { name: /without a place/ });
    await expect.poll(() => sheet.getByRole('button').count()).toBeGreaterThan(0);
    const box = await sheet.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    await page.keyboard.press('Escape');
    await expect.poll(() => sheet.count()).toBe(0);
    await expect.poll(() => focused(page)).toMatch(/without a place/);
    await count.click();
    await sheet.getByRole('button').first().click();
    await expect.poll(() => page.locator('aside.detail').count()).toBe(1);
    await page.context().close();
  });
});
