// SPDX-License-Identifier: MIT
// What people do to their own device, on its page: each with a browser on a device of a street, and all the others watch.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { Block, MACS, SOON_MS } from '../harness/block';
import { deviceOf } from '../harness/feed';
import { sharedStage } from '../harness/stage';
import { sleep } from '../harness/wait';
import type { Viewer } from '../harness/viewer';
import { axeFinds, fitsAcross, smallTargets } from './made';
import { openBrowserOf } from './watcher';

const stage = sharedStage();
let block: Block;
/** Of the device 0: a phone, in the hand of who holds it. */
let phone: Page;
/** Of the device 1, whose holder looks at the page of the first. */
let other: Page;
let watcher: Viewer;

const aliasOf = (i: number): string => String(deviceOf(watcher, MACS[i] as string)?.alias);
const panel = (page: Page): Locator => page.locator('.panel', { has: page.locator('.naming') });
const field = (page: Page): Locator => page.getByLabel('Name that everybody here sees');
const heading = (page: Page): Promise<string> => page.locator('.device-head h2 bdi').innerText();
const outcome = (page: Page): Locator => panel(page).getByRole('status');

async function open(i: number, of: number, options: object): Promise<Page> {
  const browser = await openBrowserOf(stage, block.chromium(i));
  const page = await (await browser.newContext({ locale: 'en', ...options })).newPage();
  await page.goto(`${block.url}#view=device%2F${encodeURIComponent(aliasOf(of))}`, { waitUntil: 'load' });
  await page.locator('section.device .device-head').waitFor();
  return page;
}

beforeAll(async () => {
  block = await Block.make(stage);
  watcher = await block.line.viewer({ faithful: true });
  await watcher.until('all devices', SOON_MS, (v) => MACS.every((mac) => deviceOf(v, mac)));
  phone = await open(0, 0, { viewport: { width: 320, height: 640 }, hasTouch: true });
  other = await open(1, 0, { viewport: { width: 1366, height: 768 } });
}, 120_000);

describe('the name of a device', () => {
  it('is asked for on the page of one’s own alone', async () => {
    await field(phone).waitFor();
    expect(await panel(phone).innerText()).toContain('Your device');
    expect(await fitsAcross(phone)).toBe(true);
    expect(await smallTargets(phone, 'device')).toEqual([]);
    expect(await axeFinds(phone)).toEqual([]);
    expect(await field(other).count()).toBe(0);
    await other.goto(`${block.url}#view=device%2F${encodeURIComponent(aliasOf(1))}`);
    await field(other).waitFor();
    await other.goBack();
    await expect.poll(() => field(other).count()).toBe(0);
  });

  it('is seen by the others within a second, who go on looking at the device', async () => {
    const made = aliasOf(0);
    await expect.poll(() => heading(other)).toBe(made);
    await field(phone).fill('Leena’s phone');
    const seen = other.locator('.device-head h2 bdi', { hasText: 'Leena’s phone' }).waitFor();
    const pressed = performance.now();
    await field(phone).press('Enter');
    await seen;
    console.log(`seen by another one after ${(performance.now() - pressed).toFixed(0)} ms`);
    await expect.poll(() => outcome(phone).innerText()).toContain('Everybody here now sees the name');
    expect(await heading(phone)).toBe('Leena’s phone');
    expect(await field(phone).inputValue()).toBe('Leena’s phone');
    // who typed it is still there, and the address leads there
    expect(await field(phone).evaluate((input) => input === document.activeElement)).toBe(true);
    const { hash } = new URL(phone.url());
    expect(new URLSearchParams(hash.slice(1)).get('view')).toBe('device/Leena’s phone');
    await watcher.until('the name', SOON_MS, () => aliasOf(0) === 'Leena’s phone');

    await panel(phone).getByRole('button', { name: 'Back to the made-up name' }).click();
    await expect.poll(() => heading(other)).toBe(made);
    await expect.poll(() => outcome(phone).innerText()).toContain(made);
    expect(await outcome(phone).evaluate((line) => line === document.activeElement)).toBe(true);
    await expect.poll(() => panel(phone).getByRole('button').count()).toBe(1);
  });

  it.each([
    ['empty', () => '   ', 'at least one letter'],
    ['too long', () => 'x'.repeat(41), 'too long'],
    ['far too long', () => 'ä'.repeat(100), 'too long'],
    ['taken', () => aliasOf(1).toUpperCase(), 'looks the same'],
    ['partly invisible', () => 'Le\u200bena', 'nobody can see'],
  ])('is refused in plain words when it is %s', async (_, name, words) => {
    const before = [0, 1, 2].map(aliasOf);
    await sleep(1100); // so many commands a second
    await field(phone).fill(name());
    await panel(phone).getByRole('button', { name: 'Save name' }).click();
    await expect.poll(() => outcome(phone).innerText()).toContain(words);
    expect(await field(phone).getAttribute('aria-invalid')).toBe('true');
    const described = await field(phone).getAttribute('aria-describedby');
    expect(described).toContain(await outcome(phone).getAttribute('id'));
    expect(await field(phone).inputValue()).toBe(name());
    expect(await fitsAcross(phone)).toBe(true);
    await watcher.live(SOON_MS);
    expect([0, 1, 2].map(aliasOf)).toEqual(before);
  });
});
