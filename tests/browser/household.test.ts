// SPDX-License-Identifier: MIT
// A person's way through all the views on the live household: with a finger on a phone, with a mouse at a laptop, with the
// keys alone before a wall.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { fitsAcross, SIZES } from './made';
import { Room } from '../harness/room';
import { openBrowser } from './watcher';

const stage = sharedStage();
let room: Room;
let browser: Browser;

beforeAll(async () => {
  room = await Room.open(stage, true);
  browser = await openBrowser(stage);
}, 60_000);

type What = (typeof SIZES)[number]['what'];

/** Does it as one does at such a screen. */
async function act(what: What, control: Locator): Promise<void> {
  if (what === 'phone') await control.tap();
  else if (what === 'laptop') await control.click();
  else {
    await control.focus();
    await control.press('Enter');
  }
}

class Person {
  readonly page: Page;
  readonly #what: What;

  constructor(page: Page, what: What) {
    this.page = page;
    this.#what = what;
  }

  press(control: Locator): Promise<void> {
    return act(this.#what, control);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  /** Controls are folded away where there is little room. */
  async unfold(name: string): Promise<void> {
    if (this.#what === 'phone') await this.page.locator('summary', { hasText: name }).first().tap();
  }

  async goTo(link: string, view: string): Promise<void> {
    const way = this.page.getByRole('link', { name: link, exact: true });
    // four stand at the thumb, the others in the menu
    if ((await way.count()) === 0) await this.press(this.page.getByRole('button', { name: 'More', exact: true }));
    await this.press(way);
    await this.page.locator(`section.${view}`).waitFor();
    await expect.poll(() => fitsAcross(this.page), { message: `${view} fits` }).toBe(true);
  }

  /** More than so many of these come. */
  async sees(css: string, more: number): Promise<void> {
    await expect.poll(() => this.page.locator(css).count(), { message: css, timeout: 15_000 }).toBeGreaterThan(more);
  }

  async readsDetails(...texts: readonly RegExp[]): Promise<void> {
    const detail = this.page.locator('aside.detail');
    for (const text of texts) await expect.poll(() => detail.innerText()).toMatch(text);
    await this.press(detail.getByRole('button', { name: 'Close' }));
    await detail.waitFor({ state: 'detached' });
  }
}

const text = (page: Page, css: string): Promise<string> => page.locator(css).first().innerText();

/** In the page: names of devices that do not stand whole in one line. */
function brokenNames(): string[] {
  const names = [...document.querySelectorAll<HTMLElement>('.device-card h2')];
  return names
    .filter(
      (name) =>
        name.scrollWidth > name.clientWidth || name.clientHeight > 1.6 * parseFloat(getComputedStyle(name).fontSize),
    )
    .map((name) => name.innerText);
}

/** In the page: devices that do not fit on the wall. */
function hiddenCards(): string[] {
  const bottom = document.querySelector('.wall-stage')?.getBoundingClientRect().bottom ?? 0;
  return [...document.querySelectorAll<HTMLElement>('.device-card')]
    .filter((card) => card.getBoundingClientRect().bottom > bottom)
    .map((card) => card.innerText);
}

describe.each(SIZES)('on a $what', ({ what, width, height, hasTouch }) => {
  it('every view is reached, shows the household, and answers', async () => {
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch,
      isMobile: hasTouch,
      locale: 'en',
    });
    const page = await context.newPage();
    const one = new Person(page, what);
    await page.goto(room.url);
    await one.sees('.start-cards .start-card', 5);
    await expect
      .poll(() => text(page, '.landing-top'))
      .toContain('Open this page on a phone or laptop of this network');

    await one.press(page.locator('.start-card', { hasText: 'Flows' }));
    await page.locator('section.flows').waitFor();
    await page.locator('canvas.picture').waitFor();
    await one.unfold('Options');
    await page.getByLabel('Group by').selectOption('country');
    await expect.poll(() => page.url()).toContain('by=country');
    await one.press(one.button('Table'));
    await one.sees('.as-table tbody tr', 8);
    await one.press(page.locator('.as-table tbody td button').first());
    await one.readsDetails(/How we know/, /Country/i);

    await one.goTo('Map', 'map');
    await one.sees('.as-table tbody tr', 5);
    await one.press(page.locator('.as-table tbody th button').first());
    await one.readsDetails(/How we know/, /Place/i);
    await one.press(one.button('Table'));
    await page.locator('canvas.world-front').waitFor();
    await one.press(one.button('Zoom in'));
    await one.button('Whole world').waitFor();

    await one.goTo('Domains', 'domains');
    await one.sees('.domain', 5);
    await one.press(page.locator('.domain .opener').first());
    await one.sees('.askers .chip', 0);
    const asker = await text(page, '.askers .chip');
    await one.press(page.locator('.askers .chip', { hasText: asker }).first());
    await page.locator('section.device').waitFor();
    await expect.poll(() => text(page, '.device-head h2')).toContain(asker);
    for (const panel of [/talked with/, /What it asked for lately/, /How we know/])
      await page.getByRole('region', { name: panel }).first().waitFor();
    await one.press(one.button(/All devices/));
    await one.sees('.device-card', 8);
    await expect.poll(() => page.evaluate(brokenNames)).toEqual([]);

    await one.goTo('Connections', 'connections');
    await one.sees('.entry', 10);
    if (what === 'phone') await page.getByLabel('Sort by').selectOption('who');
    else await one.press(page.getByRole('columnheader').getByRole('button', { name: 'Device', exact: true }));
    await expect.poll(() => page.url()).toContain('sort=who');
    if (what === 'phone') await one.press(page.locator('.filters > .icon'));
    await page.getByLabel('Whose traffic').selectOption(`=${asker}`);
    await expect
      .poll(async () => [...new Set(await page.locator('.entry .column-who').allInnerTexts())])
      .toEqual([asker]);

    // what was chosen goes along
    await one.goTo('Devices', 'devices');
    await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('who')).toBe(`=${asker}`);
    await page.goto(`${room.url}#view=display`);
    await expect.poll(() => text(page, '.wall-title h1'), { timeout: 15_000 }).toBe('Flows');
    // its controls come when somebody is there
    let stirs = 0;
    const stir = (): Promise<void> => page.mouse.move(width / 2 + (stirs++ % 9), height / 2);
    await expect.poll(() => stir().then(() => page.locator('.wall-still').count())).toBe(0);
    await one.press(one.button('Next'));
    await expect.poll(() => text(page, '.wall-title h1')).toBe('Map');
    await one.press(one.button('Next'));
    await one.sees('.wall .domain', 5);
    await one.press(one.button('Next'));
    await one.sees('.wall .device-card', 8);
    await expect.poll(() => page.evaluate(brokenNames)).toEqual([]);
    if (what !== 'phone') await expect.poll(() => page.evaluate(hiddenCards)).toEqual([]);
    await one.press(one.button('Leave'));
    await page.locator('section.landing').waitFor();
    await context.close();
  });
});
