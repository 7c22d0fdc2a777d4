// SPDX-License-Identifier: MIT
// In a room whoever holds a device is asked how others may see them, before anything else, and may choose anew whenever they
// like. Nobody else is asked.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sharedStage, stage } from '../harness/stage';
import { until } from '../harness/wait';
import { axeFinds, household, openView, SIZES, THEMES, type MadeOptions } from './made';

const SOON_MS = 15_000;
const VERBS: Readonly<Record<string, string>> = { show: 'shown', hide: 'hidden', 'leave-out': 'left-out' };
const MAY = ['me', 'name', ...Object.keys(VERBS)];

interface Held {
  wish: string;
  chosen: boolean | null;
  readonly asked: string[];
}

/** The collector of a room, in which the viewer holds the first device. */
function holding(held: Held, more: MadeOptions = {}): MadeOptions {
  const answer = (words: string): Readonly<Record<string, unknown>> => {
    const [verb = ''] = words.split(' ');
    if (verb !== 'me') held.asked.push(words);
    const wish = VERBS[verb];
    if (wish !== undefined) [held.wish, held.chosen] = [wish, true];
    const { chosen } = held;
    const device = held.wish === 'left-out' ? null : 1;
    return { ok: { device, alias: device && 'Aino', wish: held.wish, chosen, kept_by: 'mac', may: MAY } };
  };
  return { answer, step: 0, ...more };
}

const unchosen = (): Held => ({ wish: 'hidden', chosen: false, asked: [] });

async function open(url: string, part: string, made: Awaited<ReturnType<typeof household>>): Promise<Page> {
  const page = await (await made.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' })).newPage();
  await page.goto(`${url}#${part}`, { waitUntil: 'load' });
  return page;
}

const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((what) => document.activeElement?.matches(what) === true, selector);

test.each([
  ['Join in', 'show me', 'Join in'],
  ['With a made-up name only', 'hide me', 'With a made-up name only'],
  ['Leave me out', 'leave-out me', 'Leave me out'],
])('one chooses: %s', { timeout: 90_000 }, async (name, words) => {
  const held = unchosen();
  const here = await household(stage(), 0, holding(held));
  const page = await open(here.made.server.url, 'view=flows', here);
  const choice = (which: string) => page.locator('.consent-choices button', { hasText: which });
  await choice(name).waitFor({ timeout: SOON_MS });
  // nothing else is there, and it is read from its heading on
  expect(await page.locator('main').count()).toBe(1);
  expect(await page.locator('header, nav, section').count()).toBe(0);
  await until('the heading to have the focus', SOON_MS, () => hasFocus(page, '.consent h1'));
  // until then the name is in use; the choices are alike
  expect(await page.locator('.consent-facts').innerText()).toContain('Aino');
  const boxes = await page.locator('.consent-choices li').evaluateAll((all) => all.map((one) => one.clientWidth));
  expect(new Set(boxes).size).toBe(1);
  expect(boxes).toHaveLength(3);
  await choice(name).click();
  await page.locator('section.flows').waitFor({ timeout: SOON_MS });
  expect(held.asked).toEqual([words]);
  await until('the page to have the focus', SOON_MS, () => hasFocus(page, '#main'));
  // one tap away, on every page
  for (const view of ['landing', 'devices', 'connections']) {
    await page.goto(`${here.made.server.url}#view=${view}`);
    await page.locator(`section.${view}`).waitFor({ timeout: SOON_MS });
    await page.getByRole('button', { name: 'How others see you' }).waitFor({ timeout: SOON_MS });
  }
  await page.getByRole('button', { name: 'How others see you' }).click();
  await choice(name).waitFor({ timeout: SOON_MS });
  expect(await page.locator('.consent-choices li', { has: page.locator('.badge') }).innerText()).toContain(name);
  await page.getByRole('button', { name: 'Leave it as it is' }).click();
  await page.locator('section.connections').waitFor({ timeout: SOON_MS });
  expect(held.asked).toEqual([words]);
});

test('nothing of the room is seen before that', { timeout: 60_000 }, async () => {
  const held = unchosen();
  const here = await household(stage(), 0, holding(held, { kept: true }));
  const page = await (await here.browser.newContext({ locale: 'en' })).newPage();
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const section = document.querySelector('section.flows');
      if (section) seen.push(section.className);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${here.made.server.url}#view=flows`, { waitUntil: 'load' });
  await page.locator('.consent-choices button').first().waitFor({ timeout: SOON_MS });
  const seen = (): Promise<string[]> => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(await seen()).toEqual([]);
  await page.locator('.consent-choices button').first().click();
  await page.locator('section.flows').waitFor({ timeout: SOON_MS });
  expect(await seen()).not.toEqual([]);
});

test.each(['no-device', 'not-allowed', 'no-redis'])(
  'who is told that they hold no device is shown the room: %s',
  { timeout: 60_000 },
  async (error) => {
    const here = await household(stage(), 0, { step: 0, kept: true, answer: () => ({ error }) });
    const page = await open(here.made.server.url, 'view=flows', here);
    await page.locator('section.flows').waitFor({ timeout: SOON_MS });
    expect(await page.locator('.consent').count()).toBe(0);
  },
);

test('it is done by keyboard, and what was refused is said and stops nobody', { timeout: 60_000 }, async () => {
  let refuses = true;
  const held = unchosen();
  const { answer } = holding(held);
  const here = await household(stage(), 0, {
    step: 0,
    answer: (words, room) =>
      words !== 'me' && refuses ? { error: 'no-redis' } : (answer?.(words, room) ?? { error: 'busy' }),
  });
  const page = await open(here.made.server.url, 'view=flows', here);
  await until('the heading to have the focus', SOON_MS, () => hasFocus(page, '.consent h1'));
  for (const name of ['Join in', 'With a made-up name only', 'Leave me out']) {
    do await page.keyboard.press('Tab');
    while (!(await hasFocus(page, '.consent-choices button')));
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(name);
  }
  await page.keyboard.press('Enter');
  await until('the refusal', SOON_MS, async () =>
    (await page.locator('.consent .outcome').innerText()).includes('not running'),
  );
  refuses = false;
  await page.getByRole('button', { name: 'Look on without choosing' }).click();
  await page.locator('section.flows').waitFor({ timeout: SOON_MS });
  await page.getByRole('button', { name: 'How others see you' }).click();
  await page.locator('.consent-choices button').first().press('Enter');
  await page.locator('section.flows').waitFor({ timeout: SOON_MS });
  expect(held).toMatchObject({ wish: 'shown', chosen: true });
});

test.each([
  ['at home', 'participant', null],
  ['whoever leads', 'facilitator', false],
])('nobody else is asked: %s', { timeout: 60_000 }, async (_, role, chosen) => {
  const here = await household(stage(), 0, holding({ ...unchosen(), chosen }, { role }));
  const page = await open(here.made.server.url, 'view=device%2FAino', here);
  // whose device it is is known by then
  await page.locator('.naming').waitFor({ timeout: SOON_MS });
  expect(await page.locator('.consent').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'How others see you' }).count()).toBe(0);
});

test('who has chosen is not asked again', { timeout: 60_000 }, async () => {
  const here = await household(stage(), 0, holding({ ...unchosen(), chosen: true }));
  const page = await open(here.made.server.url, 'view=flows', here);
  await page.getByRole('button', { name: 'How others see you' }).waitFor({ timeout: SOON_MS });
  expect(await page.locator('.consent').count()).toBe(0);
});

test('the wall asks nobody, and neither does a display', { timeout: 60_000 }, async () => {
  const held = unchosen();
  let asks = 0;
  const { answer } = holding(held);
  const counting: MadeOptions = {
    step: 0,
    answer: (words, room) => {
      asks += 1;
      return answer?.(words, room) ?? {};
    },
  };
  const here = await household(stage(), 0, counting);
  const wall = await openView(here.browser, here.made.server.url, 'view=display', 'wall');
  await until('it to be asked whose device it is', SOON_MS, async () => asks > 0);
  expect(await wall.locator('.consent').count()).toBe(0);
  // the same page, once it is no wall
  await wall.goto(`${here.made.server.url}#view=flows`);
  await wall.locator('.consent').waitFor({ timeout: SOON_MS });
  const other = await household(stage(), 0, { ...counting, role: 'display' });
  asks = 0;
  const page = await openView(other.browser, other.made.server.url, 'view=flows', 'flows');
  expect(await page.locator('.consent').count()).toBe(0);
  expect(asks).toBe(0);
});

for (const theme of THEMES) {
  const here = sharedStage();
  test.each(SIZES)(`nothing is wrong with it: $what, ${theme}`, { timeout: 120_000 }, async ({ width, height }) => {
    const { made, browser } = await household(here, 0, holding(unchosen()));
    for (const locale of ['en', 'fi']) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale });
      const page = await context.newPage();
      await page.goto(`${made.server.url}#view=flows`, { waitUntil: 'load' });
      await page.locator('.consent-choices').waitFor({ timeout: SOON_MS });
      await until('its words', SOON_MS, async () => (await page.locator('html').getAttribute('lang')) === locale);
      expect(await axeFinds(page), locale).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const shots = process.env.CONNVIS_SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/consent-${width}-${theme}-${locale}.png`, fullPage: true });
      await context.close();
    }
  });
}
