// SPDX-License-Identifier: MIT
// Flows, map and details in a real browser, and what one can take along: recordings, pictures, sound. On a made-up household.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Download, Page } from 'playwright-core';
import { PageServer } from '../harness/page-server';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';
import { readBytes } from './drawn';
import { axeFinds, builtPage, fitsAcross, openView, SIZES, smallTargets, THEMES } from './made';
import { Story } from './story';
import { openBrowser } from './watcher';

const TICK = 250;
const MENU = 'More';
const stage = sharedStage();
const story = new Story();
let browser: Browser;
let server: PageServer;
let folder: string;

beforeAll(async () => {
  folder = builtPage();
  browser = await openBrowser(stage);
  server = await PageServer.open(folder, { keyframe: (topic) => story.keyframe(topic) });
  const timer = setInterval(() => server.send(story.go(TICK, 6)), TICK);
  stage.onClose(() => {
    clearInterval(timer);
    return server.close();
  });
}, 90_000);

const open = (part: string, view = 'flows', options = {}): Promise<Page> =>
  openView(browser, server.url, `view=${view}${part}`, view, options);
const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

async function saved(page: Page, button: string): Promise<Download> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return coming;
}

it.each([
  ['en', 'The places on the map come from data that is 100 days old'],
  ['fi', 'Kartan paikat perustuvat 100 päivää vanhoihin tietoihin'],
])('says in %s when places are old, by the clock of the collector', async (locale, words) => {
  // the file is of 1,748,000,000
  const late = new Story({ epochStart: (1_748_000_000 + 100 * 86_400) * 1000 });
  const old = await PageServer.open(folder, { keyframe: (topic) => late.keyframe(topic) });
  try {
    const options = { locale, viewport: { width: 390, height: 844 } };
    const page = await openView(browser, old.url, 'view=flows', 'flows', options);
    await expect.poll(() => page.locator('footer .notices').innerText()).toContain(words);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.context().close();
  } finally {
    await old.close();
  }
});

describe('the details', () => {
  it('say how the name, the company and the place are known, who asked and when', async () => {
    const page = await open(`&at=group/company/Criteo`);
    const detail = page.locator('aside.detail');
    const said = expect.poll(() => detail.innerText());
    await said.toContain('asked for the name');
    await said.toMatch(/\d of 8 devices here have talked with it/);
    await said.toContain('ads and tracking');
    await said.toContain('marked by the list “\u2068Household list\u2069”');
    await said.toMatch(/GeoLite2-City\u2069?, May 23, 2025/);
    await detail.locator('.targets summary').first().click();
    const far = expect.poll(() => detail.locator('.far').innerText());
    await far.toMatch(/198\.51\.0\.\d+/);
    await far.toContain('Names of this address in this session');
    await far.toContain('bidder.criteo.com');
    await page.context().close();
  });

  it('search the web only by a tap, and tell the other side nothing of us', async () => {
    const page = await open(`&at=group/company/Criteo`);
    const link = page.locator('.search a');
    await link.waitFor();
    await expect.poll(() => link.getAttribute('rel')).toContain('noreferrer');
    await expect.poll(() => link.getAttribute('href')).toContain('Criteo');
    await page.context().close();
  });

  it('say of a place that only its country is known', async () => {
    const page = await open(`&at=group/country/CN`);
    await until('the words', 15_000, async () =>
      (await page.locator('aside.detail').innerText()).includes('only the country is known'),
    );
    await page.context().close();
  });
});

describe('the flows', () => {
  it('say in words what tracks and what is shared', async () => {
    const page = await open('&table=1&by=domain');
    const remarks = page.locator('.as-table tr small', { hasText: /\d devices · ads and tracking/ });
    await expect.poll(() => remarks.count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('call a destination new that nobody had, for some seconds', async () => {
    const page = await open('&table=1&by=domain');
    await expect.poll(() => page.locator('.as-table', { hasText: 'first-time.example.net' }).count()).toBe(0);
    server.send(story.meet(2, 'first-time.example.net'));
    const row = page.locator('.as-table tr', { hasText: 'first-time.example.net' });
    await row.waitFor({ timeout: 5000 });
    await expect.poll(() => row.innerText()).toContain('new');
    await until(
      'it to be new no more',
      20_000,
      async () => !(await row.innerText()).includes('new\n') && !/\bnew\b/.test(await row.locator('small').innerText()),
    );
    await page.context().close();
  });

  it('forget nothing of the session when it ends, and call nothing new again', async () => {
    const name = 'ended.example.net';
    server.send(story.meet(3, name));
    const met = story.time;
    const page = await open(`&table=1&by=domain&at=group/domain/${name}`);
    const table = page.locator('.as-table', { hasText: name });
    const detail = page.locator('aside.detail');
    const says = expect.poll(() => detail.innerText());
    await table.waitFor({ timeout: 5000 });
    server.send(story.end(name));
    await table.waitFor({ state: 'detached', timeout: 10_000 });
    await says.toMatch(/ended (now|\d+ s ago)/);
    await says.toContain('One of 8 devices here has talked with it.');
    await page.reload();
    await says.toMatch(/ended \d+ s ago/);
    await says.toMatch(/In\s+–\s+4\.0 kB/);
    server.send(story.fold(name));
    await says.toContain('One of them is kept only as part of a sum.');
    await says.toMatch(/In\s+–\s+4\.0 kB/);
    await says.toContain('One of 8 devices here has talked with it.');
    await until('it to be old', 20_000, async () => Promise.resolve(story.time > met + 13_000));
    server.send(story.meet(4, name));
    const row = page.locator('.as-table tr', { hasText: name });
    await row.waitFor({ timeout: 5000 });
    expect(await row.innerText()).not.toMatch(/\bnew\b/);
    await says.toMatch(/In\s+\S+( \S+)?\s+8\.0 kB/);
    await says.toContain('2 of 8 devices here have talked with it.');
    await page.context().close();
  });

  it('are as wide as what went in the session, also where only a sum is kept', async () => {
    const page = await open('&table=1&width=total');
    const yle = page.locator('.as-table tr', { hasText: /Aino[\s\S]*Yle/ });
    await expect.poll(async () => readBytes(await yle.locator('td').nth(2).innerText())).toBeGreaterThan(4_900_000);
    await page.context().close();
  });

  it('change places for what crosses much less then, and never under a hand', async () => {
    const [one, two] = ['one.tangle.example', 'two.tangle.example'];
    for (const [device, name] of [
      [1, one],
      [2, two],
    ] as const)
      server.send(story.meet(device, name));
    const page = await open('&by=domain&width=connections&find=tangle');
    const canvas = page.locator('canvas.picture');
    const said = page.locator('canvas.picture ~ [role=status]');
    /** What is said of the topmost at either side. Whoever goes there with the keys has hold of the picture until they leave it. */
    const tops = async (): Promise<readonly string[]> => {
      await canvas.focus();
      await page.keyboard.press('Home');
      const left = await said.innerText();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Home');
      const right = await said.innerText();
      await canvas.blur();
      return [left, right];
    };
    const names = async (): Promise<readonly string[]> => (await tops()).map((text) => text.split(', ')[0] ?? '');
    await expect.poll(names).toEqual(['Aino', one]);
    await canvas.hover();
    /** Between two looks nothing but the mouse has hold of it. */
    const talkAcross = async (count: number): Promise<void> => {
      server.send(story.meet(1, two));
      server.send(story.meet(2, one));
      await expect.poll(async () => (await tops())[0], { interval: 1000 }).toContain(`${count} connections`);
    };
    for (const count of [2, 3, 4]) await talkAcross(count);
    // it is 31 s later now, by the page's own clock
    await page.evaluate(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 31_000;
    });
    for (const count of [5, 6]) await talkAcross(count);
    expect(await names()).toEqual(['Aino', one]);
    await page.mouse.move(2, 2);
    // of two flows that cross, one side turns round
    await expect.poll(names, { interval: 1000 }).not.toEqual(['Aino', one]);
    expect([
      ['Aino', two],
      ['Eetu', one],
    ]).toContainEqual(await names());
    await page.context().close();
  });

  it('are picked where they are seen, though they are drawn elsewhere', async () => {
    const page = await open('');
    await page.waitForTimeout(1500);
    const box = await page.locator('canvas.picture').boundingBox();
    if (!box) throw new Error('there is no picture');
    let picked = false;
    for (let y = 20; y < 200 && !picked; y += 20) {
      await page.mouse.click(box.x + 150, box.y + y);
      await page.waitForTimeout(150);
      picked = (await page.locator('aside.detail').count()) === 1;
    }
    expect(picked).toBe(true);
    await expect.poll(() => page.url()).toContain('at=device');
    await page.context().close();
  });
});

describe('the map', () => {
  it('keeps its settings in the address, and is reached by keys alone', async () => {
    const page = await open('', 'map');
    await page.getByRole('combobox', { name: 'Names', exact: true }).selectOption('turns');
    await expect.poll(() => page.url()).toContain('labels=turns');
    await page.locator('canvas.world-front').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('aside.detail').waitFor({ timeout: 3000 });
    await page.context().close();
  });
});

describe('the home on the map', () => {
  const arrows = (page: Page): Promise<number> => page.locator('.map .sign-arrow').count();
  const home = (page: Page) => page.locator('.map-controls').getByLabel('Home');
  const says = (page: Page): Promise<string> =>
    home(page).evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.text ?? '');

  it('is guessed from the time zone, and set by whoever knows better', async () => {
    const page = await open('', 'map', { timezoneId: 'Europe/Helsinki' });
    await expect.poll(() => says(page)).toBe('Probably Finland');
    await expect.poll(() => arrows(page)).toBe(2);
    await home(page).selectOption({ label: 'Sweden' });
    await expect.poll(() => page.url()).toContain('home=SE');
    await expect.poll(() => says(page)).toBe('Sweden');
    await home(page).selectOption({ label: 'Not on the map' });
    await expect.poll(() => page.url()).toContain('home=none');
    await expect.poll(() => arrows(page)).toBe(0);
    await page.context().close();
  });

  it('is not known in a zone that is nowhere: no lines begin there', async () => {
    const page = await open('', 'map', { timezoneId: 'UTC' });
    await expect.poll(() => says(page)).toBe('Not known');
    await expect.poll(() => arrows(page)).toBe(0);
    await page.context().close();
  });
});

describe('a recording', () => {
  it('is saved, opened, paused, sought and left again', async () => {
    const page = await open('', 'flows', { acceptDownloads: true });
    await page.waitForTimeout(3000);
    await page.getByRole('button', { name: MENU }).click();
    const hidden = await bytesOf(await saved(page, 'Save the last minutes'));
    await page.getByRole('checkbox').uncheck();
    const whole = await bytesOf(await saved(page, 'Save the last minutes'));
    expect([hidden, whole].map((file) => file.toString('latin1', 0, 7))).toEqual(['connvis', 'connvis']);
    expect(hidden.includes('ainos-phone')).toBe(false);
    expect(hidden.includes('Aino')).toBe(true);

    await page.setInputFiles('input[type=file]', {
      name: 'a.connvis',
      mimeType: '',
      buffer: whole.subarray(0, whole.length - 5),
    });
    await page.locator('.refusal').waitFor({ timeout: 3000 });
    await expect.poll(() => page.locator('.refusal').innerText()).toContain('cut off or damaged');

    await page.setInputFiles('input[type=file]', { name: 'a.connvis', mimeType: '', buffer: hidden });
    const bar = page.locator('.playback');
    await bar.waitFor({ timeout: 5000 });
    await until('the status', 15_000, async () => (await page.locator('.status').innerText()).includes('A recording'));
    await until('its end', 15_000, async () => (await bar.locator('button').first().innerText()) === 'From the start');
    await bar.locator('input').focus();
    await page.keyboard.press('Home');
    await until('its beginning', 15_000, async () => /^0:0[01]/.test(await bar.locator('.times').innerText()));
    await bar.getByRole('button', { name: 'Pause' }).click();
    await bar.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const at = await bar.locator('.times').innerText();
    await page.waitForTimeout(1200);
    await expect.poll(() => bar.locator('.times').innerText()).toBe(at);
    // every view goes on working on it
    await page.getByRole('link', { name: 'Devices', exact: true }).click();
    await until('the devices', 15_000, async () => (await page.locator('main').innerText()).includes('Aino'));
    await expect.poll(() => page.locator('main').innerText()).not.toContain('ainos-phone');
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    await expect.poll(() => page.locator('.entry').count()).toBeGreaterThan(5);
    await expect
      .poll(() => page.locator('.connections .controls').innerText())
      .toContain('A recording holds no single connections');
    await bar.getByRole('button', { name: 'Back to live' }).click();
    await until('the live feed', 15_000, async () => (await page.locator('.status').innerText()).includes('Live'));
    await page.context().close();
  });
});

describe('to be taken along', () => {
  it.each(['flows', 'map', 'domains'])('the picture of the %s is a PNG', async (view) => {
    const page = await open('', view, { acceptDownloads: true });
    await page.waitForTimeout(2000);
    await page.getByRole('button', { name: MENU }).click();
    const download = await saved(page, 'Save this picture');
    // when that was says the collector's clock, on the day that the story is of
    expect(download.suggestedFilename()).toMatch(new RegExp(`^connvis-${view}-2025-06-[\\d-]+\\.png$`));
    const bytes = await bytesOf(download);
    expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
    // larger than the screen's own: sharp on paper too
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(2000);
    expect(bytes.length).toBeGreaterThan(50_000);
    await page.context().close();
  });

  it('the sound is off until somebody asks for it', async () => {
    const page = await open('');
    await page.getByRole('button', { name: MENU }).click();
    const sound = page.getByRole('button', { name: 'Sound: clicks' });
    await expect.poll(() => sound.getAttribute('aria-pressed')).toBe('false');
    await sound.click();
    await until('the sound', 15_000, async () => (await sound.getAttribute('aria-pressed')) === 'true');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.menu-sheet').count()).toBe(0);
    await page.context().close();
  });
});

describe.each(SIZES)('at the size of a $what', ({ width, height, hasTouch }) => {
  it.each(THEMES)('axe finds nothing, all fits and can be touched, %s', async (colorScheme) => {
    const found: string[] = [];
    for (const [view, part] of [
      ['flows', '&at=group/company/Google'],
      ['flows', '&table=1&at=device/Aino'],
      ['map', '&at=group/company/Meta'],
    ] as const) {
      const page = await open(part, view, {
        viewport: { width, height },
        hasTouch,
        colorScheme,
        reducedMotion: 'reduce',
        bypassCSP: true,
      });
      await page.waitForTimeout(800);
      await page
        .locator('aside.detail .targets summary')
        .first()
        .click({ timeout: 3000 })
        .catch(() => undefined);
      await page.getByRole('button', { name: MENU }).click();
      found.push(...(await axeFinds(page)).map((one) => `${view}${part}: ${one}`));
      if (!(await fitsAcross(page))) found.push(`${view}${part} is wider than the screen`);
      if (hasTouch) found.push(...(await smallTargets(page, view)));
      await page.context().close();
    }
    expect(found).toEqual([]);
  });
});
