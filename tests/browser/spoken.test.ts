// SPDX-License-Identifier: MIT
// What one hears of each view who does not see it, held against lists in `spoken/` that a person has read: at a laptop in
// English and on a phone in Finnish. CONNVIS_SPOKEN=write writes the lists anew; read what `git diff` says then, as one
// who only hears it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { root } from '../harness/paths';
import { sharedStage } from '../harness/stage';
import { household, openView, type Made } from './made';
import { hear } from './spoken';
import { openWholeBrowser } from './watcher';

const SETTLED = { interval: 400, timeout: 15_000 };
/** Each as its part of the address, and the section that it draws itself in. */
const VIEWS: Readonly<Record<string, readonly [part: string, section: string]>> = {
  landing: ['landing', 'landing'],
  flows: ['flows', 'flows'],
  'flows-table': ['flows&table=1', 'flows'],
  'flows-device': ['flows&at=device%2FOnni', 'flows'],
  'flows-company': ['flows&at=group%2Fcompany%2FGoogle', 'flows'],
  'flows-about': ['flows&about=1', 'flows'],
  map: ['map', 'map'],
  'map-table': ['map&table=1', 'map'],
  domains: ['domains', 'domains'],
  devices: ['devices', 'devices'],
  device: ['device/Onni', 'device'],
  'device-own': ['device/Aino', 'device'],
  connections: ['connections&sort=who', 'connections'],
  display: ['display', 'wall'],
};
const PLACES = [
  ['en', { viewport: { width: 1366, height: 768 } }],
  ['fi', { viewport: { width: 390, height: 844 }, hasTouch: true }],
] as const;

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  // time stands still, so that each run hears the same
  ({ made } = await household(stage, 0, { step: 0 }));
  // what it can do is spoken of, too
  browser = await openWholeBrowser(stage);
}, 60_000);

/** How many fit into a picture is its layout. */
function withoutLayout(heard: string): string {
  return heard.replaceAll(/\d+(?= (of|\/) \d+ (dest|koh)| marks?"| merkkiä")/g, '#');
}

/** The list that a person has read. */
function expected(name: string, now: string): string {
  const path = join(root, 'tests/browser/spoken', `${name}.txt`);
  if (process.env.CONNVIS_SPOKEN === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, now);
  }
  return readFileSync(path, 'utf8');
}

describe.each(PLACES)('in %s', (locale, shape) => {
  let page: Page;
  beforeAll(async () => {
    const options = { locale, ...shape, timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
    page = await openView(browser, made.server.url, 'view=landing', 'landing', options);
    await page.locator('.status-good').waitFor();
  });

  it.each(Object.keys(VIEWS))('%s is heard as it was read', async (name) => {
    const [part, section] = VIEWS[name] as readonly [string, string];
    await page.goto(`${made.server.url}#view=${part}`);
    await page.locator(`section.${section}`).waitFor();
    // they are sent to those who ask for them alone
    if (name === 'connections') await page.locator('.entry').first().waitFor();
    // whose device it is comes by an answer
    if (name === 'device-own') await page.locator('form.naming').waitFor();
    // what stands out comes some seconds after the picture
    if (name === 'flows' || name === 'display') await page.locator('.finding-text').waitFor();
    // what was picked comes with a part of the page of its own
    if (/^flows-(device|company|about)$/.test(name)) await page.locator('aside.detail').waitFor();
    let heard = await hear(page);
    // until all of it has come
    await expect
      .poll(async () => {
        const before = heard;
        heard = await hear(page);
        return heard.main === before.main && heard.frame === before.frame;
      }, SETTLED)
      .toBe(true);
    const main = withoutLayout(heard.main);
    expect(main).toBe(expected(`${name}.${locale}`, main));
    if (name === 'flows') expect(heard.frame).toBe(expected(`frame.${locale}`, heard.frame));
  });
});
