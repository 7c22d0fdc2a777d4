// SPDX-License-Identifier: MIT
// What people do to their own device, on its page: each with a browser on a device of a street, and all the others watch.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { Block, MACS, REMOTE, SOON_MS } from '../harness/block';
import { deviceOf } from '../harness/feed';
import { sharedStage } from '../harness/stage';
import { sleep } from '../harness/wait';
import { Ender } from '../harness/talk';
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
const outcome = (page: Page): Locator => page.locator('.naming .outcome');

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
    // it is to stay the same one, whatever the device is called
    await field(phone).evaluate((input) => input.setAttribute('data-same', 'yes'));
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

    await panel(phone).getByRole('button', { name: 'Back to the name from connvis' }).click();
    await expect.poll(() => heading(other)).toBe(made);
    await expect.poll(() => outcome(phone).innerText()).toContain(made);
    await expect.poll(() => outcome(phone).evaluate((line) => line === document.activeElement)).toBe(true);
    await expect.poll(() => panel(phone).getByRole('button', { name: 'Back to the' }).count()).toBe(0);
    expect(await field(phone).getAttribute('data-same')).toBe('yes');
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

describe('the connections of a device', () => {
  const address = (i: number): string => `192.168.77.${10 + i}`;
  /** What the router's kernel knows of those from there. */
  const entries = (i: number): Promise<string> => block.street.router.run('conntrack', '-L', '-s', address(i));
  const endAll = (page: Page): Locator => page.getByRole('button', { name: 'End all its connections' });
  const hasFocus = (one: Locator): Promise<boolean> => one.evaluate((found) => found === document.activeElement);

  /** One more, which all see. */
  async function connect(i: number, port: number): Promise<void> {
    await block.street.connect(address(i), REMOTE, port);
    await watcher.until('the connection', SOON_MS, (v) => v.rows('conversations').some((row) => row.port === port));
  }

  it('are ended by its holder, who is asked once more', async () => {
    await connect(0, 600);
    const [button, question] = [endAll(phone), phone.getByText('Everything that this device has open now')];
    await button.click();
    await expect.poll(() => hasFocus(question)).toBe(true);
    expect(await fitsAcross(phone)).toBe(true);
    expect(await smallTargets(phone, 'device')).toEqual([]);
    expect(await axeFinds(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Leave them' }).click();
    await expect.poll(() => hasFocus(button)).toBe(true);
    expect(await question.isVisible()).toBe(false);
    await button.click();
    await phone.keyboard.press('Escape');
    await expect.poll(() => hasFocus(button)).toBe(true);
    expect(await entries(0)).toMatch(/dport=500 [^]*dport=600 |dport=600 [^]*dport=500 /);

    await button.click();
    await phone.getByRole('button', { name: 'End them all' }).click();
    await expect
      .poll(() => phone.locator('.end-all .outcome').innerText())
      .toMatch(/^2 connections of .* were ended\.$/);
    await expect.poll(() => hasFocus(phone.locator('.end-all .outcome'))).toBe(true);
    expect(await entries(0)).not.toMatch(/dport=[56]00 /);
    expect(await entries(1)).toContain('dport=501 ');
    await button.click();
    await phone.getByRole('button', { name: 'End them all' }).click();
    await expect.poll(() => phone.locator('.end-all .outcome').innerText()).toContain('nothing left to end');
  });

  it('are ended by conversation, in the panel of details, and by nobody else', async () => {
    await connect(0, 601);
    await connect(0, 602);
    const details = async (page: Page): Promise<Locator> => {
      await page.goto(`${block.url}#view=flows&at=device%2F${encodeURIComponent(aliasOf(0))}`);
      const row = page.locator('aside.detail .targets li', { hasText: '601' });
      await row.locator('summary').click();
      await row.locator('.address').waitFor();
      return row;
    };
    expect(await (await details(other)).getByRole('button').count()).toBe(0);
    const row = await details(phone);
    const button = row.getByRole('button', { name: 'End this connection' });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await button.click();
    await expect.poll(() => row.locator('.outcome').innerText()).toMatch(/^One connection of .* was ended\.$/);
    await expect.poll(() => hasFocus(row.locator('.outcome'))).toBe(true);
    expect(await entries(0)).not.toContain('dport=601 ');
    expect(await entries(0)).toContain('dport=602 ');
    await button.waitFor({ state: 'detached' });
  });

  it('are not ended where the kernel’s table is somebody else’s, which is said', async () => {
    await connect(0, 603);
    // the collector's own goes with it
    await block.line.collector.end();
    const ender = await Ender.start(stage, block.street.router);
    block.line.startCollector();
    await connect(1, 604);
    expect(await ender.end(6, address(1), 20_000)).toBeGreaterThan(0);
    // a page that was open all the time may still show what the last collector told, and begins anew under the finger
    await phone.goto('about:blank');
    await phone.goto(`${block.url}#view=device%2F${encodeURIComponent(aliasOf(0))}`);
    await endAll(phone).click();
    await phone.getByRole('button', { name: 'End them all' }).click();
    await expect.poll(() => phone.locator('.end-all .outcome').innerText()).toContain('Its log says why');
    expect(await entries(0)).toContain('dport=603 ');
  });
});

describe('how others see a device', () => {
  const choice = (name: string): Locator => phone.getByRole('radio', { name });
  const save = (): Locator => phone.getByRole('button', { name: 'Save choice' });
  const here = (): boolean => deviceOf(watcher, MACS[0]) !== undefined;

  /** On the page of one's own, wherever one was. */
  async function own(): Promise<void> {
    await phone.goto(`${block.url}#view=device%2F${encodeURIComponent(aliasOf(0))}`);
    await choice('As it is').waitFor();
  }

  it('is chosen by its holder: by another made-up name only', async () => {
    const before = aliasOf(0);
    await own();
    expect(await choice('As it is').isChecked()).toBe(true);
    expect(await save().isDisabled()).toBe(true);
    expect(await phone.getByText('When connvis is started again').count()).toBe(1);
    await choice('By a made-up name only').check();
    const pressed = performance.now();
    await save().click();
    await watcher.until('it to be another one', SOON_MS, (v) => !here() && v.rows('devices').length === MACS.length);
    console.log(`the others saw another one after ${(performance.now() - pressed).toFixed(0)} ms`);
    const hidden = watcher.rows('devices').find((row) => row.mac === null);
    expect(hidden?.alias).not.toBe(before);
    // one's own page goes along
    await expect.poll(() => heading(phone)).toBe(hidden?.alias);
    await expect.poll(() => choice('By a made-up name only').isChecked()).toBe(true);
    expect(await fitsAcross(phone)).toBe(true);
    expect(await smallTargets(phone, 'device')).toEqual([]);
    expect(await axeFinds(phone)).toEqual([]);
    await choice('As it is').check();
    await save().click();
    await watcher.until('it to be there again', SOON_MS, here);
    await expect.poll(() => heading(phone)).toBe(before);
  });

  it('is chosen by its holder: not at all, and the way back is on the start page', async () => {
    await sleep(1100); // so many commands a second
    await own();
    await choice('Not at all').check();
    await save().click();
    await watcher.until('it to be gone', SOON_MS, (v) => v.rows('devices').length === MACS.length - 1);
    const said = phone.getByText('You are left out of this picture');
    await said.waitFor();
    // where one looks, though one pressed a button far down
    await expect.poll(async () => (await said.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    expect((await said.boundingBox())?.y).toBeLessThan(640);
    expect(await fitsAcross(phone)).toBe(true);
    expect(await smallTargets(phone, 'landing')).toEqual([]);
    expect(await axeFinds(phone)).toEqual([]);
    // who comes back another time finds it, too
    await phone.reload();
    await phone.getByText('You are left out of this picture').waitFor();
    await phone.getByRole('button', { name: 'Show my device again' }).click();
    await watcher.until('it to be there again', SOON_MS, here);
    await phone.locator('.you:not(.unknown) h2').waitFor();
  });
});
