// SPDX-License-Identifier: MIT
// The start page on a made-up household, in Chromium.

import { expect, it } from 'vitest';
import { sharedStage } from '../harness/stage';
import { sleep } from '../harness/wait';
import { household, openView } from './made';

const stage = sharedStage();

it('its headline and the numbers above it never differ', { timeout: 120_000 }, async () => {
  const { made, browser } = await household(stage);
  const page = await openView(browser, made.server.url, 'view=landing', 'landing');
  await page.locator('.summary:not(.summary-unknown)').waitFor();
  // the same in each picture that the browser draws
  await page.evaluate(() => {
    const seen = { both: new Set<string>(), apart: new Set<string>() };
    Object.assign(globalThis, { connvisSeen: seen });
    const look = (): void => {
      const headline = document.querySelector('.landing .facts')?.textContent?.match(/\d+/g) ?? [];
      const above = [...document.querySelectorAll('.summary .sum:not(.sum-rate) dd')].map((one) => one.textContent);
      const [a, b] = [headline.join(' '), above.join(' ')];
      (a === b ? seen.both : seen.apart).add(a === b ? a : `${a}, above: ${b}`);
      requestAnimationFrame(look);
    };
    look();
  });
  const seen = (): Promise<{ readonly both: string[]; readonly apart: string[] }> =>
    page.evaluate(() => {
      const all = (globalThis as unknown as { connvisSeen: { both: Set<string>; apart: Set<string> } }).connvisSeen;
      return { both: [...all.both], apart: [...all.apart] };
    });
  const grow = async (): Promise<number> => {
    made.server.send(made.room.delta(50, { moving: 5, coming: 4, going: 3 }));
    await sleep(30);
    return (await seen()).both.length;
  };
  await expect.poll(grow, { timeout: 60_000 }).toBeGreaterThan(8);
  expect((await seen()).apart).toEqual([]);
  await page.context().close();
});
