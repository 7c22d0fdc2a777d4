// SPDX-License-Identifier: MIT
// Whoever leads the room signs in on the page, and out again, with the real broadcaster behind it.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Line } from '../harness/line';
import { programs } from '../harness/paths';
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
  await expect.poll(() => page.locator('.notices').innerText(), SOON).toContain('You are signed out');
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

it('makes a link, shows it once, and revokes it', { timeout: 180_000 }, async () => {
  const page = await open({}, '&lead=1');
  await signIn(page, PASSPHRASE);
  await panel(page).getByLabel('For whom').selectOption('Guests');
  await panel(page).getByLabel('Good for').selectOption('a day');
  await panel(page).getByRole('button', { name: 'Make a link' }).click();
  await panel(page).locator('.lead-code').waitFor(SOON);
  expect(await axeFinds(page)).toEqual([]);
  const url = await panel(page).getByLabel('The link', { exact: true }).inputValue();
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${line.port}/join#link=[\\w-]{43}$`));

  // whoever opens it is where everybody begins, and the link is in no address any more
  const guest = await (await browser.newContext({ locale: 'en' })).newPage();
  await guest.goto(url);
  await guest.locator('section.landing').waitFor(SOON);
  expect(guest.url()).toBe(`http://127.0.0.1:${line.port}/`);
  await guest.goBack();
  expect(guest.url()).not.toContain('link=');
  await guest.context().close();

  const listed = panel(page).locator('.lead-links li');
  expect(await listed.innerText()).toMatch(/^Guests until /);
  await listed.getByRole('button', { name: 'Revoke' }).click();
  await says(page, /There are none\./);
  const late = await (await browser.newContext({ locale: 'fi' })).newPage();
  await late.goto(url);
  await expect.poll(() => late.locator('#said').innerText(), SOON).toMatch(/^Tämä linkki ei toimi/);
  await late.context().close();
  await page.context().close();
});

it('a display that is not at home shows the wall by a link, until that has ended', { timeout: 180_000 }, async () => {
  const folder = stage.path('elsewhere');
  setPassphrase(folder);
  const settings = { 'access.folder': folder, 'access.networks': '203.0.113.0/24' };
  const elsewhere = await Line.prepare(stage, { redis: line.redis, router: line.router, broadcaster: settings });
  await elsewhere.startBroadcaster();
  const words = ['--set', `access.folder=${folder}`, '--set', `listen.port=${elsewhere.port}`, '--link', 'display'];
  const url = execFileSync(programs.broadcaster, words, { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim();
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  expect((await page.goto(`http://127.0.0.1:${elsewhere.port}/`))?.status()).toBe(403);
  await page.goto(url);
  await page.locator('section.wall').waitFor(SOON);
  expect(page.url()).toBe(`http://127.0.0.1:${elsewhere.port}/#view=display`);
  await page.reload();
  await page.locator('section.wall').waitFor(SOON);
  // what a phone puts on its home screen is for who came by a link, too
  const session = await page.context().newCDPSession(page);
  const { url: manifest, errors, data } = await session.send('Page.getAppManifest');
  expect([manifest, errors]).toEqual([`http://127.0.0.1:${elsewhere.port}/manifest.webmanifest`, []]);
  expect(data).toContain('"connvis"');
  rmSync(stage.path('elsewhere/links'), { recursive: true });
  await expect
    .poll(() => page.locator('body').innerText(), SOON)
    .toContain('The link by which this page watched has ended');
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
