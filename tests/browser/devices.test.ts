// SPDX-License-Identifier: MIT
// All devices, and the page of one, in a real browser on a made-up room.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import {
  axeFinds,
  builtPage,
  EMPTY,
  fitsAcross,
  hostile,
  Made,
  openView,
  SIZES,
  SMALL,
  smallTargets,
  THEMES,
} from './made';
import { openBrowser } from './watcher';

const stage = sharedStage();
let browser: Browser;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = builtPage();
  browser = await openBrowser(stage);
  url = (await Made.open(stage, folder, SMALL, { count: 0, leftOut: 0 }, 20)).server.url;
}, 60_000);

const open = (part = '', options = {}): Promise<Page> =>
  openView(browser, url, `view=devices${part}`, 'devices', options);
const openOne = (alias: string, part = '', options = {}): Promise<Page> =>
  openView(browser, url, `view=device%2F${alias}${part}`, 'device', options);
const names = (page: Page): Promise<string[]> => page.locator('.device-card h2 button').allInnerTexts();

describe('all devices', () => {
  it('begin with the viewer’s own, and say what is known of each', async () => {
    const page = await open();
    await expect.poll(() => page.locator('.device-card').count()).toBe(14);
    const first = await page.locator('.device-card').first().innerText();
    expect(first).toContain('Aino');
    expect(first).toContain('you');
    expect(first).toMatch(/Samsung/);
    expect(first).toMatch(/can name|no name/);
    await expect.poll(() => page.getByText('random address').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('are ordered as one likes, and keep the order in the address', async () => {
    const page = await open();
    await page.locator('.controls').getByLabel('Order').selectOption('name');
    const others = async (): Promise<string[]> => (await names(page)).slice(1).map((name) => name.toLowerCase());
    const sorted = (await others()).sort();
    await expect.poll(others).toEqual(sorted);
    expect((await names(page))[0]).toBe('Aino');
    await expect.poll(() => page.url()).toContain('order=name');
    await page.context().close();
  });

  it('draw how fast they were, more of it as time goes by', async () => {
    const page = await open();
    const drawn = (): Promise<number> =>
      page
        .locator('.spark-down')
        .evaluateAll((paths) => paths.reduce((sum, path) => sum + (path.getAttribute('d') ?? '').length, 0));
    const before = await drawn();
    await page.waitForTimeout(7000);
    await expect.poll(() => drawn()).toBeGreaterThan(before);
    await page.context().close();
  });

  it('lead to the page of one with the keyboard alone', async () => {
    const page = await open();
    await page.locator('.device-card h2 button').nth(2).focus();
    const name = (await names(page))[2] ?? '';
    await page.keyboard.press('Enter');
    await page.locator('section.device').waitFor();
    await expect.poll(() => page.locator('.device-head h2 bdi').innerText()).toBe(name);
    await page.getByRole('button', { name: 'All devices' }).click();
    await page.locator('section.devices').waitFor();
    await page.context().close();
  });

  it('are found by what they are called, also when they are quiet', async () => {
    const page = await open('&find=hue-bridge');
    await expect
      .poll(() => page.locator('.device-card').allInnerTexts())
      .toSatisfy((texts: string[]) => texts.length > 0 && texts.every((text) => text.includes('hue-bridge')));
    await page.context().close();
  });
});

describe('the page of one device', () => {
  it('says how fast it is, with whom, what for, what is new and how we know', async () => {
    const page = await openOne('Onni');
    const titles = await page.locator('.panel h3').allInnerTexts();
    expect(titles.join('; ')).toMatch(
      /has talked with \d+ destinations; What it is doing; What cannot be seen; Ads and tracking; What it asked for lately; New; It sent data to \d+ countries; How we know/,
    );
    await expect.poll(() => page.locator('.amounts-now').innerText()).toMatch(/in this session/);
    await expect.poll(() => page.locator('.share-bars .share').count()).toBeGreaterThan(3);
    await expect
      .poll(() => page.getByRole('region', { name: 'What cannot be seen' }).innerText())
      .toMatch(/\d+% of its conversations/);
    await expect.poll(() => page.getByRole('region', { name: 'How we know' }).innerText()).toMatch(/192\.100\.0\.2/);
    await page.context().close();
  });

  it('leads on: to a company, and to its lookups alone', async () => {
    const page = await openOne('Onni');
    await page.locator('.share-bars .share').first().click();
    await expect.poll(() => page.locator('aside.detail .kind').innerText()).toContain('From Onni');
    await page.getByRole('button', { name: /names in Domains/ }).click();
    await page.locator('section.domains').waitFor();
    await expect.poll(() => page.url()).toContain('who=%3DOnni');
    await page.context().close();
  });

  it('says so when the filter hides it, and when it is not here', async () => {
    const page = await openOne('Onni', '&who=%3DAino');
    await page.locator('.filtered').getByRole('button', { name: 'Show everyone' }).click();
    await page.locator('.filtered').waitFor({ state: 'detached' });
    const nobody = await openOne('Nobody');
    await expect.poll(() => nobody.locator('.empty h2').innerText()).toMatch(/Nobody.* is not here now/);
    await page.context().close();
    await nobody.context().close();
  });
});

it('keeps hostile names harmless, and within the screen', async () => {
  const bad = await Made.open(stage, folder, SMALL, { count: 0, leftOut: 0 }, 0, { text: hostile });
  for (const { width, height } of SIZES) {
    const page = await openView(browser, bad.server.url, 'view=devices', 'devices', { viewport: { width, height } });
    await expect.poll(() => page.locator('.device-card h2').first().innerText()).toContain('<img src=x');
    await expect.poll(() => fitsAcross(page)).toBe(true);
    await page.locator('.device-card h2 button').first().click();
    await page.locator('section.device .panel').first().waitFor();
    await expect.poll(() => page.locator('main img').count()).toBe(0);
    await expect.poll(() => fitsAcross(page)).toBe(true);
    await page.context().close();
  }
});

describe.each(SIZES)('on a $what', ({ width, height, hasTouch }) => {
  it.each(THEMES)('has nothing that axe-core finds, %s', async (colorScheme) => {
    const shape = { viewport: { width, height }, hasTouch, colorScheme };
    for (const [view, page] of [
      ['devices', await open('', shape)],
      ['device', await openOne('Aino', '', { ...shape, locale: 'fi' })],
    ] as const) {
      expect(await axeFinds(page)).toEqual([]);
      await expect.poll(() => fitsAcross(page)).toBe(true);
      if (hasTouch) expect(await smallTargets(page, view)).toEqual([]);
      await page.context().close();
    }
  });

  it('says when there are no devices', async () => {
    const nobody = await Made.open(stage, folder, EMPTY, { count: 0, leftOut: 0 }, 0);
    const page = await openView(browser, nobody.server.url, 'view=devices', 'devices', { viewport: { width, height } });
    await expect.poll(() => page.locator('.empty h2').innerText()).toBe('No devices yet');
    expect(await axeFinds(page)).toEqual([]);
    await page.context().close();
  });
});
