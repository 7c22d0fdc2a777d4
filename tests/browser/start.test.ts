// SPDX-License-Identifier: MIT
// The start page on a made-up household, in Chromium.

import { expect, it } from 'vitest';
import { sharedStage } from '../harness/stage';
import { household, openView } from './made';

const stage = sharedStage();
/** The household has things in common, and a sentence is looked for once a second. */
const SAID = { timeout: 60_000 };

it.each([
  ['a laptop', { width: 1366, height: 768 }],
  ['a phone', { width: 390, height: 844 }],
])('says what stands out, and shows what it speaks of, on %s', { timeout: 120_000 }, async (_, viewport) => {
  const { made, browser } = await household(stage);
  const page = await openView(browser, made.server.url, 'view=landing', 'landing', { viewport });
  await expect.poll(() => page.locator('.thick-flow').count(), SAID).toBe(5);
  const top = (): Promise<number> => page.locator('section.landing').evaluate((one) => one.getBoundingClientRect().top);
  const before = await top();
  const sentence = page.locator('button.finding-said');
  await sentence.waitFor(SAID);
  expect(await top()).toBe(before);
  await sentence.click();
  await page.locator('section.flows').waitFor();
  await page.locator('.detail').waitFor();
  expect(page.url()).toMatch(/at=(group|link|device)/);
  // it goes on above the other view
  await page.locator('.finding-text').waitFor();
  await page.context().close();
});

it('of the flows one comes to a device’s page, and to what is known of a company', { timeout: 120_000 }, async () => {
  const { made, browser } = await household(stage);
  const page = await openView(browser, made.server.url, 'view=landing', 'landing');
  const device = page.locator('.thick-from button').first();
  await device.waitFor();
  await device.click();
  await page.locator('section.device').waitFor();
  await page.goBack();
  await page.locator('.thick-to button').first().click();
  await page.locator('.detail').waitFor();
  await page.context().close();
});
