// SPDX-License-Identifier: MIT
// With colours of one's own, on a very narrow screen, and for those who hear the page. On a made-up household.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contrast } from '../../frontend/src/parts/contrast';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';
import { axeFinds, builtPage, household, Made, openView, sectionOf, SMALL } from './made';

const VIEWS = ['landing', 'flows', 'map', 'domains', 'devices', 'connections'] as const;
const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  ({ made, browser } = await household(stage));
}, 120_000);

const open = (view: string, options: BrowserContextOptions = {}): Promise<Page> =>
  openView(browser, made.server.url, `view=${view}`, view, options);

describe.each(['light', 'dark'] as const)('with colours of one’s own, %s', (colorScheme) => {
  it('the open view, the legend and the pictures are seen, and axe finds nothing', async () => {
    const page = await open('flows', { forcedColors: 'active', reducedMotion: 'reduce', colorScheme });
    const current = page.locator('.views a[aria-current]');
    const grounds = await page
      .locator('.views a')
      .evaluateAll((links) => links.map((link) => getComputedStyle(link).backgroundColor));
    expect(new Set(grounds).size).toBe(2);
    expect(await current.count()).toBe(1);
    const scale = await page
      .locator('.signs .scale')
      .first()
      .evaluate((one) => getComputedStyle(one).backgroundImage);
    expect(scale).toContain('gradient');
    const picture = await page.locator('canvas.picture').evaluate((one) => {
      const { forcedColorAdjust, backgroundColor } = getComputedStyle(one);
      return [forcedColorAdjust, backgroundColor];
    });
    expect(picture).toEqual(['none', colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(15, 27, 31)']);
    const found: string[] = [];
    for (const view of VIEWS) {
      await page.goto(`${made.server.url}#view=${view}`);
      await page.locator(`section.${view}`).first().waitFor();
      found.push(...(await axeFinds(page)).map((one) => `${view}: ${one}`));
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
});

/** In the page: the colours of marks, and the ground that they stand on. */
function marksAndGround(selector: string): { readonly marks: readonly string[]; readonly ground: string } {
  const found = [...document.querySelectorAll(selector)];
  let under = found[0]?.parentElement ?? document.body;
  while (getComputedStyle(under).backgroundColor === 'rgba(0, 0, 0, 0)' && under.parentElement)
    under = under.parentElement;
  return {
    marks: found.map((one) => {
      const { stroke, fill, color } = getComputedStyle(one);
      if (!(one instanceof SVGElement)) return color;
      return stroke === 'none' ? fill : stroke;
    }),
    ground: getComputedStyle(under).backgroundColor,
  };
}

/** Of a colour as the browser says it. */
const rgbOf = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

/** Marks that say something by their colour, or are all that there is to be seen; each view with the ground that it has. */
const MARKS = [
  ['landing', '.thick-flow'],
  ['devices', ':is(.spark-down, .spark-up)'],
  ['devices', '.speeds :is(.down, .up) [aria-hidden]'],
  ['device', ':is(.spark-down, .spark-up)'],
  ['device', '.amounts-now :is(.down, .up)'],
] as const;

describe.each(['none', 'active'] as const)('with colours of one’s own: %s', (forcedColors) => {
  it.each(['light', 'dark'] as const)('small pictures and their signs are seen, %s', async (colorScheme) => {
    const page = await open('landing', { forcedColors, reducedMotion: 'reduce', colorScheme });
    for (const [view, selector] of MARKS) {
      await page.goto(`${made.server.url}#view=${view === 'device' ? 'device/Onni' : view}`);
      await page.locator(`section.${view}`).first().waitFor();
      await expect.poll(() => page.locator(selector).count(), { message: selector }).toBeGreaterThan(1);
      const { marks, ground } = await page.evaluate(marksAndGround, selector);
      for (const colour of marks)
        expect(contrast(rgbOf(colour), rgbOf(ground)), `${selector} ${colour} ${ground}`).toBeGreaterThanOrEqual(3);
      // in and out are told apart by the same two colours in a graph and in its words
      if (selector.includes('.down')) {
        const words = await page
          .locator(selector)
          .evaluateAll((found) => [...new Set(found.map((one) => getComputedStyle(one).color))]);
        const graph = await page
          .locator('.spark-down, .spark-up')
          .evaluateAll((found) => [...new Set(found.map((one) => getComputedStyle(one).fill))]);
        expect(words).toEqual(graph);
      }
    }
    await page.context().close();
  });
});

describe.each([
  [320, 640],
  [360, 640],
  [640, 320],
])('at %i x %i', (width, height) => {
  it.each(['en', 'fi'])('no control is cut, and nothing covers the page, in %s', async (locale) => {
    const page = await open('flows', { viewport: { width, height }, locale, hasTouch: true });
    for (const view of VIEWS) {
      await page.goto(`${made.server.url}#view=${view}`);
      await page.locator(`section.${view}`).first().waitFor();
      await page.waitForTimeout(200);
      const { cut, wide, fixed } = await page.evaluate(() => {
        const controls = [
          ...document.querySelectorAll<HTMLElement>(
            'nav a, header button, .situation select, .controls :is(button, select)',
          ),
        ];
        const outside = controls.filter((one) => {
          const box = one.getBoundingClientRect();
          return (
            one.checkVisibility() &&
            (box.left < -1 || box.right > innerWidth + 1 || one.scrollWidth > one.clientWidth + 2)
          );
        });
        const nav = document.querySelector('nav.views');
        return {
          cut: outside.map(
            (one) =>
              `${one.tagName} ${one.className} ${one.innerText} in ${one.parentElement?.className ?? ''}: ${one.scrollWidth} of ${one.clientWidth}`,
          ),
          wide: document.documentElement.scrollWidth,
          fixed: nav && getComputedStyle(nav).position === 'fixed' ? nav.getBoundingClientRect().height : 0,
        };
      });
      expect(cut, view).toEqual([]);
      expect(wide, view).toBeLessThanOrEqual(width);
      expect(fixed, view).toBeLessThan(height / 4);
    }
    await page.context().close();
  });
});

/** Long Finnish words, 44 letters, scripts that go leftwards, families and flags. */
const NAMES = [
  'Öinen äänekäs lääkärinröntgenkuvauslaitteisto',
  'x'.repeat(44),
  'שלום עולם של רשתות ביתיות',
  'هاتف محمد في غرفة الجلوس',
  '👩‍👩‍👧‍👦👩‍👩‍👧‍👦 perhe 🇫🇮🇸🇪🇳🇴',
];

it.each([320, 1366])('names of any script stand for themselves, and within %i dots', async (width) => {
  let count = 0;
  const named = (): string => `${NAMES[count % NAMES.length]} ${(count += 1)}`;
  const all = await Made.open(stage, builtPage(), SMALL, { count: 60, leftOut: 5 }, 4, { text: named });
  const page = await openView(browser, all.server.url, 'view=flows', 'flows', {
    viewport: { width, height: 640 },
    locale: 'fi',
  });
  for (const view of [...VIEWS, 'flows&table=1', 'map&table=1']) {
    await page.goto(`${all.server.url}#view=${view}`);
    await page
      .locator(`section.${sectionOf(view)}`)
      .first()
      .waitFor();
    await page.waitForTimeout(400);
    const leftwards = page.locator('bdi', { hasText: /^[\u0590-\u08ff]/ });
    await expect.poll(() => leftwards.count(), { message: `${view} names one that goes leftwards` }).toBeGreaterThan(0);
    const turned = await leftwards.evaluateAll((names) =>
      names.filter((name) => getComputedStyle(name).direction !== 'rtl').map((name) => (name as HTMLElement).innerText),
    );
    expect(turned, view).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(width);
  }
  await page.context().close();
});

/** Words of up to twelve letters, which any line has room for; a name of 44. */
const WORDS = 'Aino-Kaarina Mummon vanha televisio, keittiö';

it('long names end their lines between words, on 320 dots', { timeout: 60_000 }, async () => {
  let count = 0;
  const named = (): string => `${WORDS} ${(count += 1)}`;
  const all = await Made.open(stage, builtPage(), SMALL, { count: 60, leftOut: 5 }, 4, { text: named });
  const viewport = { width: 320, height: 640 };
  const page = await openView(browser, all.server.url, 'view=flows', 'flows', { viewport, locale: 'fi' });
  const alias = async (): Promise<string> => (await page.locator('.device-card h2').first().innerText()).trim();
  for (const view of [...VIEWS, 'flows&table=1', 'map&table=1', 'devices', 'device']) {
    const part = view === 'device' ? `device/${encodeURIComponent(await alias())}` : view;
    await page.goto(`${all.server.url}#view=${part}`);
    await page
      .locator(`section.${sectionOf(view)}`)
      .first()
      .waitFor();
    // the others draw their names
    const written = !['landing', 'flows', 'map', 'display'].includes(view);
    if (written) await expect.poll(() => page.getByText('televisio').count(), { message: view }).toBeGreaterThan(0);
    await page.waitForTimeout(400);
    const broken = await page.evaluate(() => {
      const found = new Set<string>();
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (const { 0: word, index } of (text.textContent ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
          if (word.length > 12) continue;
          const range = new Range();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.add(`${word} in ${text.parentElement?.closest('[class]')?.className ?? ''}`);
        }
      }
      return [...found];
    });
    expect.soft(broken, view).toEqual([]);
  }
  await page.context().close();
});

/** Which live regions say something within 3 s; null when the feed came late meanwhile, which is said. */
const saidWithin = (page: Page): Promise<string[] | null> =>
  page.evaluate(
    () =>
      new Promise<string[] | null>((done) => {
        const isLate = (): boolean => document.querySelector('.status-good') === null;
        let late = isLate();
        const changes: string[] = [];
        const observer = new MutationObserver((records) => {
          late ||= isLate();
          for (const { target, type } of records) {
            if (type === 'attributes') continue;
            const region = (target instanceof Element ? target : target.parentElement)?.closest(
              '[role=status], [aria-live]',
            );
            if (region) changes.push(region.className);
          }
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
          attributeFilter: ['class'],
        });
        setTimeout(() => {
          observer.disconnect();
          done(late ? null : changes);
        }, 3000);
      }),
  );

it('says nothing anew to those who hear it while nothing of it has changed', { timeout: 120_000 }, async () => {
  const page = await open('flows');
  for (const view of VIEWS) {
    await page.goto(`${made.server.url}#view=${view}`);
    await page.locator(`section.${view}`).first().waitFor();
    await page.waitForTimeout(1500);
    const said = await until(`${view} in a feed that is never late`, 60_000, () => saidWithin(page));
    expect(said, view).toEqual([]);
  }
  await page.context().close();
});
