// SPDX-License-Identifier: MIT
// The single connections in a real browser: on a made-up room with thousands of them, and on the live household.

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
import { Room } from '../harness/room';
import { openBrowser } from './watcher';

const MANY = { count: 6000, leftOut: 40 };

const stage = sharedStage();
let browser: Browser;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = builtPage();
  browser = await openBrowser(stage);
  url = (await Made.open(stage, folder, SMALL, MANY, 20)).server.url;
}, 60_000);

async function open(part = '', options = {}): Promise<Page> {
  const page = await openView(browser, url, `view=connections${part}`, 'connections', options);
  await page.locator('.entry').first().waitFor();
  return page;
}
const column = (page: Page, name: string): Promise<string[]> => page.locator(`.entry .column-${name}`).allInnerTexts();
const ascending = (texts: string[]): boolean => {
  const lower = texts.map((text) => text.toLowerCase());
  return lower.join('\n') === [...lower].sort().join('\n');
};
const at = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex')));

describe('the connections', () => {
  it('are all there and few are drawn, with names in place of addresses', async () => {
    const page = await open();
    await expect.poll(() => page.locator('.tally').innerText()).toBe('6,000 connections');
    await expect.poll(() => page.locator('.entries').getAttribute('aria-rowcount')).toBe('6001');
    await expect.poll(() => page.locator('.entry').count()).toBeLessThan(80);
    const who = await column(page, 'who');
    expect(who.filter((text) => /^\d/.test(text))).toEqual([]);
    await expect.poll(() => column(page, 'name')).toContainEqual(expect.stringContaining('.com'));
    await expect.poll(() => column(page, 'state')).toContain('open');
    await page.context().close();
  });

  it('are sorted by any column, both ways', async () => {
    const page = await open();
    for (const name of ['Device', 'With whom', 'Service', 'State', 'In', 'Out', 'Active', 'Began']) {
      const button = page.getByRole('columnheader').getByRole('button', { name, exact: true });
      await button.click();
      const heading = page.getByRole('columnheader', { name, exact: true });
      await expect.poll(() => heading.getAttribute('aria-sort')).toMatch(/^(a|de)scending$/);
      const first = await heading.getAttribute('aria-sort');
      await button.click();
      await expect.poll(() => heading.getAttribute('aria-sort')).not.toBe(first);
    }
    await page.getByRole('columnheader').getByRole('button', { name: 'Device', exact: true }).click();
    await expect.poll(() => column(page, 'who')).toSatisfy(ascending);
    await expect.poll(() => page.url()).toContain('sort=who');
    await page.context().close();
  });

  it('are walked through with the keys alone, from the first to the last, and lead to the details', async () => {
    const page = await open();
    await page.getByRole('columnheader').getByRole('button', { name: 'Device', exact: true }).click();
    await page.locator('.entry[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await expect.poll(() => at(page)).toBe(2);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => at(page)).toBe(3);
    await page.keyboard.press('PageDown');
    await expect.poll(() => at(page)).toBeGreaterThan(8);
    await page.keyboard.press('End');
    await until('the last row to have the focus', 15_000, async () => (await at(page)) === 6001);
    const inside = await page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
    });
    expect(inside).toBe(true);
    await page.keyboard.press('Enter');
    await page.locator('aside.detail').waitFor();
    await page.context().close();
  });

  it('show addresses, ports and translation to who asks, and what other views leave out', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Addresses and ports' }).click();
    await expect.poll(async () => (await column(page, 'source'))[0]).toMatch(/^\d+\.\d+\.\d+\.\d+:\d+$/);
    await expect.poll(async () => (await column(page, 'nat'))[0]).toContain('→');
    await page.getByRole('button', { name: 'Also show those left out' }).click();
    await expect.poll(() => page.locator('.tally').innerText()).toBe('6,040 connections');
    await page.context().close();
  });

  it('are found by name, by device and by address', async () => {
    const page = await open('&find=doubleclick');
    await expect
      .poll(() => column(page, 'name'))
      .toSatisfy((names: string[]) => names.every((text) => text.includes('doubleclick')));
    await expect.poll(() => page.locator('.entry .tracker').count()).toBeGreaterThan(0);
    const address = await open('&find=198.51.100.53&left=1');
    await expect.poll(() => address.locator('.tally').innerText()).toBe('40 of 6,040 connections');
    const mine = await open('&who=me');
    await expect.poll(async () => [...new Set(await column(mine, 'who'))]).toEqual(['Aino']);
    for (const one of [page, address, mine]) await one.context().close();
  });

  it('come again when one comes back to them', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Devices', exact: true }).click();
    await page.locator('section.devices').waitFor();
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    await page.locator('.entry').first().waitFor();
    await page.context().close();
  });

  it('keeps hostile names harmless, and within the screen', async () => {
    const bad = await Made.open(stage, folder, SMALL, { count: 300, leftOut: 3 }, 0, { text: hostile });
    for (const { width, height } of SIZES) {
      const page = await openView(browser, bad.server.url, 'view=connections', 'connections', {
        viewport: { width, height },
      });
      await expect.poll(() => page.locator('.entry .column-name').first().innerText()).not.toBe('');
      await expect.poll(() => page.locator('section.connections img').count()).toBe(0);
      await expect.poll(() => fitsAcross(page)).toBe(true);
      await page.context().close();
    }
  });
});

describe.each(SIZES)('on a $what', ({ what, width, height, hasTouch }) => {
  it.each(THEMES)('has nothing that axe-core finds, and scrolls to the end, %s', async (colorScheme) => {
    const page = await open('', {
      viewport: { width, height },
      hasTouch,
      colorScheme,
      locale: what === 'wall' ? 'fi' : 'en',
    });
    expect(await axeFinds(page)).toEqual([]);
    await expect.poll(() => fitsAcross(page)).toBe(true);
    if (what === 'phone') {
      await page.getByLabel('Sort by').selectOption('who');
      await page.getByRole('button', { name: 'Reverse' }).tap();
      await expect.poll(() => column(page, 'who')).toSatisfy((who: string[]) => ascending([...who].reverse()));
    }
    if (hasTouch) expect(await smallTargets(page, 'connections')).toEqual([]);
    await page.evaluate(() => {
      const stage = document.querySelector('.connections .stage');
      stage?.scrollTo(0, 1e9);
      scrollTo(0, 1e9);
    });
    await page.locator('.entry[aria-rowindex="6001"]').waitFor({ timeout: 3000 });
    await page.context().close();
  });

  it('says when there are none', async () => {
    const nobody = await Made.open(stage, folder, EMPTY, { count: 0, leftOut: 0 }, 0);
    const page = await openView(browser, nobody.server.url, 'view=connections', 'connections', {
      viewport: { width, height },
    });
    await page.getByText('No connections now').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page.context().close();
  });
});

it('costs little with 10,000 of them, and scrolls without a stutter', async () => {
  const large = await Made.open(
    stage,
    folder,
    { devices: 60, remotes: 3000, conversations: 5000, lookups: 4000 },
    { count: 10_000, leftOut: 100 },
    250,
  );
  const page = await openView(browser, large.server.url, 'view=connections', 'connections');
  await page.locator('.entry').first().waitFor();
  const { busy, longest } = await watchThread(await page.context().newCDPSession(page), 5000);
  console.log(
    `connections: main thread busy ${(busy * 100).toFixed(1)} %, longest task ${longest.toFixed(0)} ms, with 10,000 entries`,
  );
  expect(busy).toBeLessThan(0.15);
  const scrolling = watchThread(await page.context().newCDPSession(page), 2500);
  await page.mouse.move(700, 600);
  for (let i = 0; i < 40; i += 1) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(30);
  }
  const { long } = await scrolling;
  expect(long).toBe(0);
  await expect
    .poll(async () => Number(await page.locator('.entry').first().getAttribute('aria-rowindex')))
    .toBeGreaterThan(400);
  await page.context().close();
});

it('shows the live household’s connections within 5 s', async () => {
  const room = await Room.open(stage, true);
  const close = room.connect('camera', '198.51.100.60', 443);
  const page = await openView(browser, room.url, 'view=connections', 'connections');
  // it is called something else once it is known what it is
  await until('the camera in the list', 5000, async () => {
    const camera = await room.alias('24:6f:28:10:20:51');
    return (await column(page, 'who')).includes(camera);
  });
  close();
  await page.context().close();
});
