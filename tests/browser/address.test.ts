// SPDX-License-Identifier: MIT
// The address keeps what one sees, so that a reload, a link and the way back show it again. On a made-up household.

import { beforeAll, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { sharedStage } from '../harness/stage';
import { household, openView, type Made } from './made';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  ({ made, browser } = await household(stage));
}, 120_000);

const open = (view: string): Promise<Page> => openView(browser, made.server.url, `view=${view}`, view);

/** Loads the page anew, and waits for the view. */
async function reload(page: Page, view: string): Promise<void> {
  await page.reload();
  await page.locator(`section.${view}`).waitFor();
}

it('where one looks at the map', async () => {
  const page = await open('map');
  const front = page.locator('canvas.world-front');
  await front.waitFor();
  const near = (): Promise<boolean> => front.evaluate((canvas) => canvas.classList.contains('near'));
  for (let i = 0; i < 3; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  await front.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => page.url()).toMatch(/look=4\.096_/);
  // it is the whole of it: not a place on the way
  await page.waitForTimeout(1000);
  const address = page.url();
  await reload(page, 'map');
  await expect.poll(near).toBe(true);
  await page.waitForTimeout(1000);
  expect(page.url()).toBe(address);
  // to another view and back
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.locator('section.devices').waitFor();
  await page.goBack();
  await expect.poll(near).toBe(true);
  // all of another selection is seen
  await page.getByLabel('Whose traffic').selectOption({ index: 2 });
  await expect.poll(() => page.url()).not.toContain('look=');
  await expect.poll(near).toBe(false);
  await page.context().close();
});

it('which domain is open', async () => {
  const page = await open('domains');
  const opener = page.locator('.domain .opener').nth(2);
  const name = await opener.innerText();
  await opener.click();
  await page.locator('.asked').waitFor();
  await reload(page, 'domains');
  await expect.poll(() => page.locator('.opener[aria-expanded=true]').allInnerTexts()).toEqual([name]);
  await page.locator('.opener[aria-expanded=true]').click();
  await expect.poll(() => page.url()).not.toContain('open=');
  await page.context().close();
});

it('order, direction, grouping, columns and what is picked', async () => {
  const page = await open('flows');
  await page.getByLabel('Group by').selectOption('country');
  await page.getByLabel('Direction').selectOption('sent');
  await page.getByLabel('Width').selectOption('total');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.locator('.as-table tbody td button').first().click();
  const picked = page.locator('aside.detail h2');
  const name = await picked.innerText();
  await reload(page, 'flows');
  await expect.poll(() => picked.innerText()).toBe(name);
  expect(await page.getByLabel('Group by').inputValue()).toBe('country');
  expect(await page.getByLabel('Direction').inputValue()).toBe('sent');
  expect(await page.getByLabel('Width').inputValue()).toBe('total');
  await page.locator('.as-table').waitFor();
  await page.goto(`${made.server.url}#view=connections`);
  const heading = page.getByRole('columnheader', { name: 'Service', exact: true });
  await heading.getByRole('button').click();
  const sorted = await heading.getAttribute('aria-sort');
  expect(sorted).toMatch(/ending$/);
  await page.getByRole('button', { name: 'Also show those left out' }).click();
  await reload(page, 'connections');
  await expect.poll(() => heading.getAttribute('aria-sort')).toBe(sorted);
  const leftOut = page.getByRole('button', { name: 'Also show those left out' });
  await expect.poll(() => leftOut.getAttribute('aria-pressed')).toBe('true');
  await page.context().close();
});
