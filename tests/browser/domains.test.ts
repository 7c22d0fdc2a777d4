// SPDX-License-Identifier: MIT
// The domains in a real browser, on a made-up room.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { watchThread } from '../bench/page/measure';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';
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
  url = (await Made.open(stage, folder, SMALL, { count: 0, leftOut: 0 }, 10)).server.url;
}, 60_000);

const open = (part = '', options = {}): Promise<Page> =>
  openView(browser, url, `view=domains${part}`, 'domains', options);
const heading = (page: Page): Promise<string> => page.locator('.bars thead .much').innerText();
/** The numbers of all bars, at one moment. */
const muchOf = async (page: Page): Promise<number[]> =>
  (await page.locator('.domain .much .number').allInnerTexts()).map((text) => Number(text.replace(/\D/g, '')));
const bars = (page: Page): Promise<string[]> => page.locator('.domain .opener').allInnerTexts();

describe('the domains', () => {
  it('shows 32, those asked for most often first, and says how many others there are', async () => {
    const page = await open();
    await expect.poll(() => bars(page)).toHaveLength(32);
    const times = await muchOf(page);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const other = await page.locator('.others').innerText();
    expect(other).toMatch(/\d+ other domains/);
    await page.getByRole('button', { name: /^Show \d+$/ }).click();
    await expect.poll(() => bars(page)).toHaveLength(32 + Number(/(\d+) other/.exec(other)?.[1]));
    await page.context().close();
  });

  it('has bars for the devices that asked on request, and keeps that in the address', async () => {
    const page = await open();
    await expect.poll(() => heading(page)).toBe('Times asked');
    await page.locator('.controls').getByLabel('Bars').selectOption('devices');
    await expect.poll(() => heading(page)).toBe('Devices that asked');
    await expect.poll(() => page.url()).toContain('bars=devices');
    const devices = await muchOf(page);
    expect(devices).toEqual([...devices].sort((a, b) => b - a));
    expect(Math.max(...devices)).toBeLessThanOrEqual(14);
    await page.context().close();
  });

  it('switches names, and leaves only what was blocked', async () => {
    const page = await open();
    await expect.poll(() => bars(page)).toContain('google.com');
    await page.locator('.controls').getByLabel('Names').selectOption('full');
    await expect.poll(() => bars(page)).toContainEqual(expect.stringMatching(/^\w+\.google\.com$/));
    await page.locator('.controls').getByLabel('Names').selectOption('company');
    await expect.poll(() => bars(page)).toContain('Meta');
    await page.locator('.controls').getByLabel('Lookups').selectOption('blocked');
    await expect
      .poll(() => page.locator('.domain .marks').allInnerTexts())
      .toSatisfy((marks: string[]) => marks.length > 0 && marks.every((text) => text.includes('blocked')));
    await expect.poll(() => page.url()).toContain('names=company&result=blocked');
    await page.context().close();
  });

  it('opens with the keyboard alone to who asked, when, and how we know', async () => {
    const page = await open();
    await page.locator('.controls').getByLabel('Lookups').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const asked = page.locator('.asked');
    await expect.poll(() => asked.locator('.reach').innerText()).toMatch(/of 14 devices here asked for it/);
    await expect.poll(() => asked.locator('.askers .chip').count()).toBeGreaterThan(0);
    await expect.poll(() => asked.locator('.askers li').first().innerText()).toMatch(/now|ago/);
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.count()).toBe(0);
    await page.context().close();
  });

  it('leads on to the traffic, and to the page of who asked', async () => {
    const page = await open('&names=company');
    await page.locator('.domain .opener').first().click();
    await page.getByRole('button', { name: 'Its traffic now' }).click();
    await page.locator('aside.detail').waitFor();
    await page.locator('.askers .chip').first().click();
    await page.locator('section.device').waitFor();
    await page.context().close();
  });

  it('shows one device’s lookups alone, and finds by words', async () => {
    const page = await open('&who=%3DOnni');
    await expect
      .poll(() => page.locator('.bars thead th').allInnerTexts())
      .toEqual(['Domain', 'Times asked', 'Last asked']);
    expect(await page.locator('.controls').getByLabel('Bars').count()).toBe(0);
    await page.locator('.domain .opener').first().click();
    await expect.poll(async () => [...new Set(await page.locator('.askers .chip').allInnerTexts())]).toEqual(['Onni']);
    const found = await open('&find=doubleclick');
    await expect.poll(() => bars(found)).toEqual(['doubleclick.net']);
    await expect.poll(() => found.locator('.domain .tracker').innerText()).toContain('ads and tracking');
    await page.context().close();
    await found.context().close();
  });

  it('says so when there is nothing like that, and leads back', async () => {
    const page = await open('&find=nobodyasked&result=blocked');
    await expect.poll(() => page.locator('.empty h2').innerText()).toBe('Nothing was blocked');
    await page.locator('.empty').getByRole('button', { name: 'All lookups' }).click();
    await expect.poll(() => page.locator('.empty h2').innerText()).toBe('No lookups like that');
    await expect.poll(() => page.url()).not.toContain('result=');
    await page.context().close();
  });

  it('keeps hostile names harmless, and within the screen', async () => {
    const bad = await Made.open(stage, folder, SMALL, { count: 0, leftOut: 0 }, 0, { text: hostile });
    for (const { width, height } of SIZES) {
      const page = await openView(browser, bad.server.url, 'view=domains', 'domains', { viewport: { width, height } });
      await page.locator('.domain .opener').first().click();
      await expect.poll(() => page.locator('section.domains img').count()).toBe(0);
      await expect.poll(() => page.locator('.domain .opener').first().innerText()).toContain('<img src=x');
      await expect.poll(() => fitsAcross(page)).toBe(true);
      await page.context().close();
    }
  });

  it('costs little with 20,000 lookups and 5,000 conversations', async () => {
    const large = await Made.open(
      stage,
      folder,
      { devices: 60, remotes: 3000, conversations: 5000, lookups: 20_000 },
      { count: 0, leftOut: 0 },
      250,
    );
    const page = await openView(browser, large.server.url, 'view=domains', 'domains');
    await page.waitForTimeout(2000);
    const ages = (): Promise<string[]> => page.locator('.domain .when').allInnerTexts();
    await until('the domains to come', 15_000, async () => (await ages()).length > 0);
    const before = await ages();
    const { busy, longest } = await watchThread(await page.context().newCDPSession(page), 5000);
    console.log(
      `domains: main thread busy ${(busy * 100).toFixed(1)} %, longest task ${longest.toFixed(0)} ms, with 20,000 lookups`,
    );
    expect(busy).toBeLessThan(0.15);
    // it went on all the while
    await expect.poll(() => ages()).not.toEqual(before);
    await page.context().close();
  });
});

describe.each(SIZES)('on a $what', ({ width, height, hasTouch }) => {
  it.each(THEMES)('has nothing that axe-core finds, %s, busy or empty', async (colorScheme) => {
    const page = await open('', { viewport: { width, height }, hasTouch, colorScheme });
    if (hasTouch) await page.locator('.domain .opener').first().tap();
    else await page.locator('.domain .opener').first().click();
    await page.locator('.asked').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await expect.poll(() => fitsAcross(page)).toBe(true);
    if (hasTouch) expect(await smallTargets(page, 'domains')).toEqual([]);
    const nobody = await Made.open(stage, folder, EMPTY, { count: 0, leftOut: 0 }, 0);
    const empty = await openView(browser, nobody.server.url, 'view=domains', 'domains', {
      viewport: { width, height },
      colorScheme,
      locale: 'fi',
    });
    await expect.poll(() => empty.locator('.empty').innerText()).toContain('Ei vielä kyselyitä');
    expect(await axeFinds(empty)).toEqual([]);
    await page.context().close();
    await empty.context().close();
  });
});
