// SPDX-License-Identifier: MIT
// Whoever leads the room signs in on the page, and out again, with the real broadcaster behind it.

import { beforeAll, expect, it } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Line } from '../harness/line';
import { Browser as Elsewhere, PASSPHRASE, setPassphrase } from '../harness/signing';
import { sharedStage } from '../harness/stage';
import { axeFinds, fitsAcross, SIZES } from './made';
import { openBrowser } from './watcher';

const stage = sharedStage();
let line: Line;
let browser: Browser;
/** For what the broadcaster has to do, on a machine that has much else to do. */
const SOON = { timeout: 30_000 };

beforeAll(async () => {
  setPassphrase(stage.path('secrets'));
  line = await Line.start(stage, { broadcaster: { 'access.folder': stage.path('secrets') } });
  await line.inject('--count', '20', '--quiet');
  browser = await openBrowser(stage);
}, 120_000);

async function open(options: BrowserContextOptions = {}, more = ''): Promise<Page> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${line.port}/#view=devices${more}`);
  await page.locator('section.devices').waitFor(SOON);
  return page;
}

const panel = (page: Page) => page.locator('aside.lead-panel');
const says = (page: Page, text: RegExp): Promise<void> =>
  expect.poll(() => panel(page).innerText(), SOON).toMatch(text);

async function signIn(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.keyboard.press('Enter');
}

it('by the keys alone: with a wrong passphrase, with the right one, and out', { timeout: 180_000 }, async () => {
  const page = await open();
  await page.getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Lead this room' }).focus();
  await page.keyboard.press('Enter');
  await says(page, /signs in with its passphrase/);
  // it is not shown, unless one wants to see it
  const field = page.getByLabel('Passphrase');
  expect(await field.getAttribute('type')).toBe('password');
  await page.getByLabel('Show what I type').press('Space');
  expect(await field.getAttribute('type')).toBe('text');

  await signIn(page, 'not the right one');
  await says(page, /This is not the passphrase\./);
  await signIn(page, PASSPHRASE);
  await says(page, /You lead this room in this browser\./);
  // nor does any script see by what
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.reload();
  await says(page, /You lead this room/);

  await page.getByRole('button', { name: 'Sign out', exact: true }).press('Enter');
  await says(page, /signs in with its passphrase/);
  await expect.poll(() => page.locator('.notices').innerText(), SOON).toContain('You are signed out');
  await page.keyboard.press('Escape');
  await expect.poll(() => panel(page).count()).toBe(0);
  await page.context().close();
});

it('who is signed out elsewhere is told, and goes on watching', { timeout: 180_000 }, async () => {
  const page = await open({}, '&lead=1');
  await signIn(page, PASSPHRASE);
  await says(page, /You lead this room/);
  const elsewhere = new Elsewhere(line.port);
  expect(await elsewhere.signIn()).toBe('done');
  expect(await elsewhere.ask('sign-out', 'everywhere')).toBe('done');
  await expect.poll(() => page.locator('.notices').innerText(), SOON).toContain('You are signed out');
  await says(page, /signs in with its passphrase/);
  await expect.poll(() => page.locator('.status').innerText(), SOON).toContain('Live');
  await page.context().close();
});

it.each([
  ['en', 'light'],
  ['fi', 'dark'],
] as const)('fits everywhere, and axe finds nothing: %s, %s', { timeout: 180_000 }, async (locale, colorScheme) => {
  const page = await open({ locale, colorScheme, viewport: { width: 320, height: 640 } }, '&lead=1');
  await panel(page).locator('form').waitFor(SOON);
  expect(await axeFinds(page)).toEqual([]);
  for (const { width, height } of [{ width: 320, height: 640 }, ...SIZES]) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => fitsAcross(page), { message: `at ${width}`, ...SOON }).toBe(true);
  }
  await page.context().close();
});
