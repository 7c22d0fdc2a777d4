// SPDX-License-Identifier: MIT
// What just happened, on the page of a made-up household in Chromium: told on the start page, on a device's page and on the
// wall, and each line opens what it speaks of.

import { expect, it } from 'vitest';
import { KINDS } from '../harness/made-past';
import { sharedStage } from '../harness/stage';
import { axeFinds, fitsAcross, household, openView, smallTargets } from './made';

const stage = sharedStage();
const SOON = { timeout: 30_000 };

it('is told on the start page, and each opens what it speaks of', { timeout: 240_000 }, async () => {
  const { made, browser } = await household(stage);
  // a device's story is of the day, and the made clock is of one near midnight
  const page = await openView(browser, made.server.url, 'view=landing', 'landing', { timezoneId: 'UTC' });
  const lines = page.locator('.past-list li');
  await expect.poll(() => lines.count(), SOON).toBe(5);
  await page.locator('.past-list > .button').click();
  await expect.poll(() => lines.count(), SOON).toBeGreaterThan(KINDS.length);
  // what interrupted the telling, and what nobody holds, lead nowhere
  expect(await page.locator('.past-list .past-gap button').count()).toBe(0);
  expect(await page.locator('.past-list li').first().innerText()).toContain('connvis was not watching (4 min).');
  expect(await axeFinds(page)).toEqual([]);
  await page.locator('.past-list .past-ads button', { hasText: 'for ads and tracking' }).first().click();
  await page.locator('.detail').waitFor();
  expect(page.url()).toMatch(/at=link/);
  await page.locator('.past-list button', { hasText: 'is new here' }).click();
  await page.locator('section.device').waitFor();
  // its own story, with what interrupted the telling
  await page.locator('.past-list li').first().waitFor();
  const story = await lines.allInnerTexts();
  const name = await page.locator('.device-head h2 bdi').innerText();
  expect(story.some((line) => line.includes(name))).toBe(true);
  expect(story.filter((line) => !line.includes(name)).every((line) => line.includes('not watching'))).toBe(true);
  await page.context().close();
});

it('is told on a phone, in Finnish, where fingers find it', { timeout: 240_000 }, async () => {
  const { made, browser } = await household(stage);
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'fi' };
  const page = await openView(browser, made.server.url, 'view=landing', 'landing', options);
  await page.locator('.past-list li').first().waitFor(SOON);
  expect(await page.locator('.past-list h2').last().innerText()).toBe('Mitä juuri tapahtui');
  expect(await fitsAcross(page)).toBe(true);
  expect(await smallTargets(page, 'landing')).toEqual([]);
  await page.context().close();
});

it(
  'says on the wall the last of it in one line, and nothing where it is not for this viewer',
  { timeout: 240_000 },
  async () => {
    const { made, browser } = await household(stage);
    const wall = await openView(browser, made.server.url, 'view=display', 'wall');
    await expect
      .poll(() => wall.locator('.wall-news').innerText(), SOON)
      .toContain('connvis was not watching (4 min).');
    await wall.context().close();
    const { made: kept, browser: other } = await household(stage, 6, { kept: true });
    const page = await openView(other, kept.server.url, 'view=landing', 'landing');
    await expect.poll(() => page.locator('.thick-flow').count(), SOON).toBe(5);
    const fetched = (): Promise<boolean> =>
      page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/past-list-')));
    await expect.poll(fetched, SOON).toBe(true);
    // and has had time to show what it might have got
    await expect.poll(() => page.locator('.start-card').count(), SOON).toBeGreaterThan(0);
    await page.waitForTimeout(1000);
    expect(await page.locator('.past-list').count()).toBe(0);
    await page.context().close();
  },
);

it('tells who comes back what is new since they last looked', { timeout: 240_000 }, async () => {
  const { made, browser } = await household(stage);
  const page = await openView(browser, made.server.url, 'view=landing', 'landing');
  await page.locator('.past-list li').first().waitFor(SOON);
  expect(await page.locator('.since').count()).toBe(0);
  // as it was left five hours ago
  const date = made.room.epochStart + made.room.time;
  const again = await page.context().newPage();
  await page.close();
  await again.addInitScript((at) => localStorage.setItem('connvis.looked', String(at)), date - 18_000_000);
  await again.goto(`${made.server.url}#view=landing`);
  await again.locator('.since').waitFor(SOON);
  expect(await again.locator('.since').innerText()).toMatch(/Since you last looked, \d h ago[^]*New here: /);
  await again.context().close();
});
