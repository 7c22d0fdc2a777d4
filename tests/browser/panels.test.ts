// SPDX-License-Identifier: MIT
// What opens over and beside the views: that it shows what was picked, and finds the way back. On a made-up household.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { household, openView, SIZES, type Made } from './made';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  ({ made, browser } = await household(stage));
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

describe('what is picked', () => {
  it('is shown in the place of where the knowledge comes from', async () => {
    const page = await open('&about=1', 'devices');
    await expect.poll(() => page.locator('aside.detail h2').innerText()).toBe('Where this comes from');
    const name = await page.locator('.device-card .chip bdi').first().innerText();
    // the companies of a card change their places with what they move
    await page.locator('.device-card').first().getByRole('button', { name }).click();
    await expect.poll(() => page.locator('aside.detail h2').innerText()).toBe(name);
    expect(page.url()).not.toContain('about');
    // and the focus is where it was, whatever closes it
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => focused(page)).toContain(name);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('aside.detail').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('aside.detail').count()).toBe(0);
    await expect.poll(() => focused(page)).toContain(name);
    await page.context().close();
  });

  it.each(['Escape', 'Close'])('gives the focus back to who opened it, by %s', async (by) => {
    const page = await open('', 'flows');
    const about = page.getByRole('button', { name: /^Where this comes from/ });
    await about.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Where this comes from');
    await page.keyboard.press('Tab');
    if (by === 'Escape') await page.keyboard.press('Escape');
    else await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.locator('aside.detail').count()).toBe(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('sources-open');
    await page.context().close();
  });
});

it('another view begins at its top, on a phone too', async () => {
  const page = await open('', 'devices', { viewport: { width: 390, height: 640 }, hasTouch: true, isMobile: true });
  await page.evaluate(() => scrollTo(0, 300));
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100);
  // without a driver that scrolls to what it presses
  await page.evaluate(() => document.querySelector<HTMLElement>('.views a[href*="view=map"]')?.click());
  await page.locator('section.map').waitFor();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.context().close();
});

describe('the menu', () => {
  it('closes when the focus leaves it, and by Escape', async () => {
    const page = await open('', 'devices');
    const button = page.getByRole('button', { name: 'More', exact: true });
    await button.click();
    expect(await page.locator('.menu-title').allInnerTexts()).toEqual([
      'The room',
      'Share',
      'Record and replay',
      'Listen',
    ]);
    await page.getByRole('button', { name: 'Sound: clicks' }).focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
    await button.click();
    await page.locator('.menu-title').first().click();
    await page.keyboard.press('Escape');
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
    await expect.poll(() => focused(page)).toBe('More');
    await page.context().close();
  });

  it.each([320, 390])('opens within a screen of %s pixels, also further down the page', async (width) => {
    const viewport = { width, height: 640 };
    const page = await open('', 'devices', { viewport, hasTouch: true, isMobile: true });
    for (const top of [0, 120]) {
      await page.evaluate((y) => scrollTo(0, y), top);
      await page.evaluate(() => document.querySelector<HTMLElement>('.menu > button')?.click());
      const box = await page.locator('.menu-sheet').boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(viewport.height);
      expect(await page.evaluate(() => scrollY)).toBe(top);
      await page.keyboard.press('Escape');
    }
    await page.context().close();
  });

  it('saves the table of the view as one sees it, and none of which only some rows are there', async () => {
    const page = await open('', 'connections', { acceptDownloads: true });
    const more = page.getByRole('button', { name: 'More', exact: true });
    const save = page.getByRole('button', { name: 'Save this table (CSV)' });
    await page.locator('main table').waitFor();
    await more.click();
    expect(await save.isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Flows' }).click();
    await page.locator('section.flows').waitFor();
    await more.click();
    expect(await save.isDisabled()).toBe(true);
    await more.click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.locator('.as-table tbody tr').first().waitFor();
    const shown = await page
      .locator('.as-table tr')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLTableRowElement).cells.length));
    await more.click();
    const coming: Promise<Download> = page.waitForEvent('download');
    await save.click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^connvis-flows-.*\.csv$/);
    const text = readFileSync(await file.path(), 'utf8');
    const lines = text.split('\r\n');
    expect(text.startsWith('\ufeffDevice,')).toBe(true);
    expect(lines.pop()).toBe('');
    expect(lines.length).toBe(shown.length);
    // no name here has a comma
    expect(lines.map((line) => line.split(',').length)).toEqual(shown);
    // which way is said as well as how much
    expect(lines[1]).toMatch(/Out (\d|–).*In (\d|–)/);
    await page.context().close();
  });

  it.each(['a clipboard', 'the old way', 'the hand alone'])('gives out the link with %s', async (how) => {
    const page = await open('&kind=tracking&by=country', 'flows');
    // a page of http has no clipboard
    await page.evaluate((way) => {
      const written: string[] = [];
      Object.assign(globalThis, { written });
      const clipboard = { writeText: (text: string) => Promise.resolve(void written.push(text)) };
      Object.defineProperty(navigator, 'clipboard', { value: way === 'a clipboard' ? clipboard : undefined });
      if (way === 'the hand alone') document.execCommand = () => false;
    }, how);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('button', { name: 'Copy link to this view' }).click();
    const sheet = page.locator('.menu-sheet');
    const link = page.url();
    expect(link).toMatch(/view=flows.*kind=tracking.*by=country/);
    const written = (): Promise<string[]> =>
      page.evaluate(() => (globalThis as unknown as { written: string[] }).written);
    if (how === 'the hand alone') {
      await expect.poll(() => sheet.innerText()).toContain('copy it by hand');
      expect(await page.getByLabel('Link to this view', { exact: true }).inputValue()).toBe(link);
      expect(await page.evaluate(() => getSelection()?.toString())).toBe(link);
    } else {
      await expect.poll(() => sheet.innerText()).toContain('Copied.');
      if (how === 'a clipboard') expect(await written()).toEqual([link]);
      else {
        await page.getByRole('searchbox').fill('');
        await page.keyboard.press('Control+V');
        expect(await page.getByRole('searchbox').inputValue()).toBe(link);
      }
    }
    await page.context().close();
  });
});

describe('a recording', () => {
  it('goes on where it was after a reload, and has one Pause', async () => {
    const page = await open('', 'flows', { acceptDownloads: true, viewport: { width: 1366, height: 768 } });
    await page.waitForTimeout(3000);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const coming: Promise<Download> = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the last minutes' }).click();
    await page.setInputFiles('input[type=file]', await (await coming).path());
    const bar = page.locator('.playback');
    await bar.waitFor({ timeout: 5000 });
    expect(await page.getByRole('button', { name: /^(Pause|Resume|Play|From the start)$/ }).count()).toBe(1);
    await bar.getByLabel('Speed').selectOption('4');
    await expect.poll(() => bar.locator('button').first().innerText()).toBe('From the start');
    // the bar takes one line more, and no second one
    const top = await page.locator('.sentence').evaluate((first) => first.getBoundingClientRect().top);
    expect(top).toBeLessThan(200);
    const at = (): Promise<string> => bar.locator('.times').innerText();
    const before = await at();
    await page.reload();
    await bar.waitFor({ timeout: 5000 });
    await expect.poll(at).toBe(before);
    expect(await bar.getByLabel('Speed').inputValue()).toBe('4');
    await expect.poll(() => page.locator('.status').innerText()).toContain('A recording');
    await bar.getByRole('button', { name: 'Back to live' }).click();
    await expect.poll(() => page.locator('.status').innerText()).toContain('Live');
    await page.reload();
    await expect.poll(() => page.locator('.status').innerText()).toContain('Live');
    expect(await bar.count()).toBe(0);
    await page.context().close();
  });
});

it('says since when it is paused, and how far behind', async () => {
  const page = await open('', 'flows');
  await page.getByRole('button', { name: 'Pause' }).click();
  const status = page.locator('.status');
  await expect.poll(() => status.innerText()).toMatch(/Paused at \d+:\d\d:\d\d/);
  await expect.poll(() => status.innerText()).toMatch(/ · [3-9] s behind$/);
  // it is not read out each second
  const said = page.locator('.status [role=status]');
  const first = await said.innerText();
  await expect.poll(() => status.innerText()).toMatch(/ · [5-9] s behind$/);
  expect(await said.innerText()).toBe(first);
  await page.context().close();
});

describe.each([
  ['en', { flows: 'Flows', map: 'Map', domains: 'Domains', devices: 'Devices', connections: 'Connections' }],
  ['fi', { flows: 'Virrat', map: 'Kartta', domains: 'Nimet', devices: 'Laitteet', connections: 'Yhteydet' }],
] as const)('in %s', (locale, names) => {
  it('the title and the heading say what is open', async () => {
    const page = await open('', 'flows', { locale });
    for (const [view, name] of Object.entries(names)) {
      await page.goto(`${made.server.url}#view=${view}`);
      await page.locator(`section.${view}`).waitFor();
      await expect.poll(() => page.title()).toBe(`${name} – connvis`);
      expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual([name]);
    }
    await page.goto(`${made.server.url}#view=devices`);
    const card = page
      .locator('.device-card')
      .filter({ has: page.locator('.underlined') })
      .first();
    const device = await card.locator('h2 bdi').innerText();
    // "and 7 more" leads to all of them
    await card.locator('.underlined').click();
    await expect.poll(() => page.title()).toContain(`${device}\u2069 – connvis`);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain(device);
    await expect.poll(() => page.locator('.device-head h2').innerText()).toContain(device);
    await page.context().close();
  });
});

it('shows that a connection is for ads, however long its name is', async () => {
  const page = await open('&kind=tracking', 'connections', { viewport: { width: 1024, height: 768 } });
  const marks = page.locator('.entry .tracker');
  await expect.poll(() => marks.count()).toBeGreaterThan(0);
  const cut = await marks.evaluateAll(
    (found) =>
      found.filter((mark) => {
        const sign = mark.querySelector('svg')?.getBoundingClientRect();
        const cell = mark.closest('td')?.getBoundingClientRect();
        return !sign || !cell || sign.right > cell.right || sign.width < 8;
      }).length,
  );
  expect(cut).toBe(0);
  await page.context().close();
});
