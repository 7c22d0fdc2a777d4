// SPDX-License-Identifier: MIT
// The desk: whoever leads the room has things done there, by hand or by keyboard, and nobody else is led to it.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sharedStage, stage } from '../harness/stage';
import type { MadeRoom } from '../harness/made-room';
import { until } from '../harness/wait';
import { axeFinds, household, openView, SIZES, THEMES, type MadeOptions } from './made';
import { press } from './watcher';

const SOON_MS = 15_000;

/** A collector that does what is asked for. asked: what was. */
function leading(asked: string[], more: MadeOptions = {}): MadeOptions {
  const answer = (words: string, room: MadeRoom): Readonly<Record<string, unknown>> => {
    asked.push(words);
    const [verb, first = '', ...rest] = words.split(' ');
    const until = Number(first) > 0 ? room.time + Number(first) * 1000 : null;
    if (verb === 'round') room.lead({ round: rest.join(' '), round_since: room.time, round_until: until });
    if (verb === 'round-end') room.lead({ round: null, round_since: null, round_until: null });
    if (verb === 'freeze' || verb === 'release') room.lead({ frozen: verb === 'freeze' ? room.time : null });
    if (verb === 'wall') room.lead({ view: first === 'turns' ? null : first });
    if (verb === 'spotlight') room.lead({ device: first === 'device' ? Number(rest[0]) : null });
    if (verb === 'lock-names' || verb === 'unlock-names') room.lead({ names_locked: verb === 'lock-names' });
    return verb === 'me' ? { error: 'no-device' } : { ok: {} };
  };
  return { role: 'facilitator', answer, ...more };
}

const said = (page: Page): Promise<string> => page.locator('.desk .outcome').innerText();

test('whoever leads does all of it, and is told so', { timeout: 120_000 }, async () => {
  const asked: string[] = [];
  const { made, browser } = await household(stage(), 6, leading(asked));
  const page = await openView(browser, made.server.url, 'view=desk', 'desk');
  const told = (text: string): Promise<boolean> => until(text, SOON_MS, async () => (await said(page)) === text);
  await page.getByRole('link', { name: 'Desk' }).waitFor({ timeout: SOON_MS });
  expect(await page.getByRole('button', { name: 'Start the round' }).isDisabled()).toBe(true);
  await page.getByLabel('What the round is called').fill('The quiet minute');
  await page.getByRole('region', { name: 'A round of your own' }).getByLabel('Time').selectOption('1');
  await press(page, 'Start the round');
  await told('The round has begun.');
  await page.locator('.desk-now').waitFor({ timeout: SOON_MS });
  await press(page, 'End the round');
  await told('The round is over.');
  await press(page, 'Freeze the picture');
  await told('The picture stands still.');
  await press(page, 'Let the picture go on');
  await told('The picture goes on.');
  await page.getByLabel('It shows').selectOption('map');
  await told('The wall follows.');
  await page.getByLabel('In the spotlight').selectOption('device 3');
  await told('The wall shows it in the spotlight.');
  await page.getByLabel('What just happened').fill('Everybody opened a page');
  await press(page, 'Set the mark');
  await told('The moment is marked.');
  await press(page, 'Lock names');
  await told('Names are locked.');
  await page.getByRole('button', { name: 'Unlock names' }).waitFor({ timeout: SOON_MS });
  // asked once, and left
  await press(page, 'Begin a new session');
  await press(page, 'Leave it');
  expect(asked).not.toContain('clear');
  await press(page, 'Begin a new session');
  await press(page, 'Forget it and begin');
  await told('A new session has begun.');
  await press(page, 'Empty the connection table');
  await press(page, 'Leave it');
  expect(asked).not.toContain('flush');
  await press(page, 'Empty the connection table');
  await press(page, 'Empty it');
  await told('The connection table is empty.');
  await page
    .getByRole('button', { name: /^Take the name back: / })
    .first()
    .click();
  await told('The name is taken back.');
  await press(page, 'Sign out, or let others watch');
  await page.locator('aside.lead-panel').waitFor({ timeout: SOON_MS });
  expect(asked.filter((words) => words !== 'me')).toEqual([
    ...['round 60 The quiet minute', 'round-end', 'freeze', 'release', 'wall map', 'spotlight device 3'],
    ...['mark Everybody opened a page', 'lock-names', 'clear', 'flush', 'name 5'],
  ]);
});

test('all of it is reached by keyboard, and what was refused is said', { timeout: 90_000 }, async () => {
  const answer = (words: string): Readonly<Record<string, unknown>> =>
    words === 'me' ? { error: 'no-device' } : { error: 'no-redis' };
  const { made, browser } = await household(stage(), 0, { step: 0, role: 'facilitator', answer });
  const page = await openView(browser, made.server.url, 'view=desk', 'desk');
  await page.getByLabel('What the round is called').focus();
  await page.keyboard.type('Guess first');
  await page.keyboard.press('Enter');
  await until('the refusal', SOON_MS, async () => (await said(page)).includes('not running'));
  const reached = new Set<string>();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.textContent ?? ''));
  }
  for (const name of [
    'Freeze the picture',
    'Open the wall',
    'Lock names',
    'Begin a new session',
    'Empty the connection table',
  ])
    expect([...reached]).toContain(name);
});

test('nobody else is led to it, nor finds anything there', { timeout: 60_000 }, async () => {
  const { made, browser } = await household(stage(), 0, { step: 0 });
  const page = await openView(browser, made.server.url, 'view=flows', 'flows');
  expect(await page.getByRole('link', { name: 'Desk' }).count()).toBe(0);
  const desk = await openView(browser, made.server.url, 'view=desk', 'desk');
  expect(await desk.locator('section.desk').innerText()).toContain('This page is for whoever leads the room.');
  expect(await desk.locator('section.desk button').count()).toBe(0);
});

for (const theme of THEMES) {
  const here = sharedStage();
  test.each(SIZES)(`nothing is wrong with it: $what, ${theme}`, { timeout: 120_000 }, async ({ width, height }) => {
    const { made, browser } = await household(here, 0, leading([], { step: 0 }));
    for (const locale of ['en', 'fi']) {
      const options = { viewport: { width, height }, colorScheme: theme, locale } as const;
      const page = await openView(browser, made.server.url, 'view=desk', 'desk', options);
      await page.locator('.desk-part').first().waitFor({ timeout: SOON_MS });
      expect(await axeFinds(page), locale).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const shots = process.env.CONNVIS_SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/desk-${width}-${theme}-${locale}.png`, fullPage: true });
      await page.context().close();
    }
  });
}
