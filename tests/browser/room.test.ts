// SPDX-License-Identifier: MIT
// What whoever leads the room says, as the wall shows it and as others see it: a round, a timer, a picture that stands
// still, a spotlight, and which view it is.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sharedStage, stage } from '../harness/stage';
import { until } from '../harness/wait';
import { axeFinds, household, openView, sectionOf, SIZES, THEMES } from './made';

const SOON_MS = 15_000;

const text = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ').trim();

test(
  'the wall shows round, timer, spotlight and view, and others read of it in a line',
  { timeout: 90_000 },
  async () => {
    const here = stage();
    const { made, browser } = await household(here);
    const wall = await openView(browser, made.server.url, 'view=display', 'wall');
    const other = await openView(browser, made.server.url, 'view=flows', 'flows');
    expect(await wall.locator('.wall-room').count()).toBe(0);
    const { room } = made;
    room.lead({ round: 'The quiet minute', round_since: room.time, round_until: room.time + 65_000, device: 2 });
    await wall.locator('.wall-round').waitFor({ timeout: SOON_MS });
    const mila = String(room.rows('devices')[1]?.[6]);
    expect(await text(wall, '.wall-round')).toMatch(/^The quiet minute ?1:0\d$/);
    expect(await text(wall, '.wall-spotlight')).toBe(`In the spotlight: ${mila}`);
    await other.locator('.room-line').waitFor({ timeout: SOON_MS });
    expect(await text(other, '.room-line')).toMatch(/^A round is on: The quiet minute ?1:0\d left ?In the spotlight: /);
    // it counts down by the feed's clock
    const before = await text(wall, '.wall-clock');
    await until('it to count', SOON_MS, async () => (await text(wall, '.wall-clock')) < before);
    room.lead({ round_until: room.time });
    await until('it to be over', SOON_MS, async () => (await text(wall, '.wall-clock')) === 'time is up');

    room.lead({ view: 'devices' });
    await wall.locator('.wall-stage section.devices').waitFor({ timeout: SOON_MS });
    const [lit, all] = await Promise.all(
      ['.device-card:not(.dimmed)', '.device-card'].map((selector) => wall.locator(selector).count()),
    );
    expect(lit).toBe(1);
    expect(all).toBe(14);
    expect(await text(wall, '.device-card:not(.dimmed) h2')).toBe(mila);
    expect(await wall.locator('.wall-controls button').count()).toBe(2);
    room.lead({ view: 'domains', device: null, company: 1 });
    await wall.locator('.wall-stage section.domains').waitFor({ timeout: SOON_MS });
    await until(
      'some to be dimmed',
      SOON_MS,
      async () =>
        (await wall.locator('.domain.dimmed').count()) > 0 && (await wall.locator('.domain:not(.dimmed)').count()) > 0,
    );
    // a display that was off comes back into it
    await wall.reload();
    await wall.locator('.wall-stage section.domains').waitFor({ timeout: SOON_MS });
    expect(await text(wall, '.wall-round')).toMatch(/^The quiet minute ?time is up$/);
    // where nobody says what is shown, what is in the spotlight is shown where it is seen best
    room.lead({ view: null, company: null, device: 2 });
    await wall.locator('.wall-stage section.flows').waitFor({ timeout: SOON_MS });
    expect(await wall.locator('.wall-controls button').count()).toBe(2);
    // what this page does not know is shown in turn
    room.lead({ view: 'of-later', device: null, round: null, round_since: null, round_until: null });
    await wall.locator('.wall-room').waitFor({ state: 'detached', timeout: SOON_MS });
    await other.locator('.room-line').waitFor({ state: 'detached', timeout: SOON_MS });
    expect(await wall.locator('.wall-controls button').count()).toBe(4);
  },
);

test('a frozen wall stands still while the feed goes on', { timeout: 90_000 }, async () => {
  const here = stage();
  const { made, browser } = await household(here, 40);
  const { room } = made;
  room.lead({ view: 'devices' });
  const wall = await openView(browser, made.server.url, 'view=display', 'wall');
  await wall.locator('.wall-stage section.devices').waitFor({ timeout: SOON_MS });
  const shown = (): Promise<string> => text(wall, '.wall-stage .speeds');
  const first = await shown();
  await until('it to move', SOON_MS, async () => (await shown()) !== first);
  room.lead({ frozen: room.time });
  await wall.locator('.wall-frozen').waitFor({ timeout: SOON_MS });
  expect(await text(wall, '.wall-frozen')).toMatch(/^Picture frozen since \d\d:\d\d$/);
  // what was on its way is drawn by then
  await new Promise((done) => setTimeout(done, 3000));
  const still = await shown();
  const time = room.time;
  await until('four seconds of the feed', SOON_MS, () => room.time > time + 4000);
  expect(await shown()).toBe(still);
  expect(await text(wall, '.status')).toBe('');
  // who comes later says so
  const late = await openView(browser, made.server.url, 'view=display', 'wall');
  expect(await text(late, '.wall-frozen')).toMatch(/since \d\d:\d\d\. This is the picture of \d\d:\d\d$/);
  room.lead({ frozen: null });
  await wall.locator('.wall-frozen').waitFor({ state: 'detached', timeout: SOON_MS });
  await until('it to move', SOON_MS, async () => (await shown()) !== still);
});

for (const theme of THEMES) {
  const here = sharedStage();
  test.each(SIZES)(`nothing is wrong with it: $what, ${theme}`, { timeout: 120_000 }, async ({ width, height }) => {
    const { made, browser } = await household(here, 0, { step: 0 });
    const { room } = made;
    room.lead({
      ...{ round: 'Open one app and look', round_since: room.time, round_until: room.time + 187_000 },
      ...{ frozen: room.time - 1000, device: 3, view: 'flows' },
    });
    for (const locale of ['en', 'fi'])
      // nobody reads the page itself on a wall
      for (const view of width > 3000 ? ['display'] : ['display', 'flows']) {
        const options = { viewport: { width, height }, colorScheme: theme, locale } as const;
        const page = await openView(browser, made.server.url, `view=${view}`, sectionOf(view), options);
        await page.locator(view === 'display' ? '.wall-round' : '.room-line').waitFor({ timeout: SOON_MS });
        expect(await axeFinds(page), `${view} ${locale}`).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
        const shots = process.env.CONNVIS_SHOTS;
        if (shots) await page.waitForTimeout(2500);
        if (shots) await page.screenshot({ path: `${shots}/${view}-${width}-${theme}-${locale}.png` });
        await page.context().close();
      }
  });
}
