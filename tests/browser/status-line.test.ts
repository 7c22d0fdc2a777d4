// SPDX-License-Identifier: MIT
// However it stands, and whatever is said of it: what is around the line that says so stays where it is, and the line is
// read in full. On a made-up household, in Chromium.

import { beforeAll, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, loadWords, translator, type Key, type Language, type Values } from '../../frontend/src/i18n';
import { sharedStage } from '../harness/stage';
import { builtPage, household, Made, openView, sectionOf, SMALL } from './made';

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  await loadWords('fi');
  ({ made, browser } = await household(stage));
}, 120_000);

const SIZES = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 800, height: 1000 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];
const CASES = SIZES.flatMap((size) => LANGUAGES.map((language) => ({ ...size, language })));

const LONG = { timeout: 120_000 };
const LATE = '23:59:59';
/** What the line says, with the class of its tone; with values that are as long as any. */
const SAID: readonly (readonly [string, Key, Values?])[] = [
  ['good', 'status.live'],
  ['still', 'status.pausedSince', { time: LATE }],
  ['wait', 'status.connecting'],
  ['wait', 'status.catching'],
  ['wait', 'status.waiting'],
  ['bad', 'status.reconnecting'],
  ['bad', 'status.failed'],
  ['bad', 'status.refused', { reason: 'too many viewers from this address' }],
  ['bad', 'status.stale', { age: '59 min' }],
  ['bad', 'status.stored'],
  ['bad', 'status.newer'],
];

function sentences(language: Language): { readonly tone: string; readonly text: string }[] {
  const t = translator(language);
  const said = SAID.map(([tone, key, values]) => ({ tone, text: t(key, values) }));
  const age = t('age.minutes', { n: 59 });
  const behind = `${t('status.pausedSince', { time: LATE })} · ${t('status.behind', { age })}`;
  return [...said, { tone: 'still', text: behind }];
}

/** Where things are when each of them is said, and what of the line is not to be read then. */
async function placesFor(page: Page, said: readonly { readonly tone: string; readonly text: string }[]) {
  return page.evaluate((all) => {
    const line = document.querySelector<HTMLElement>('.status');
    const words = line?.querySelector<HTMLElement>('[aria-hidden]:last-child');
    if (!line || !words) throw new Error('There is no line.');
    const box = (one: Element): DOMRect => one.getBoundingClientRect();
    const around = [
      '.wordmark',
      '.tools',
      '.who',
      '.find',
      '.filters > .icon',
      '.summary',
      'main',
      'main .view > section',
    ];
    return all.map(({ tone, text }) => {
      line.className = `status status-${tone}`;
      words.textContent = text;
      const others = around.flatMap((name) => [...document.querySelectorAll(name)].map((one) => ({ name, one })));
      const { left, right, top, bottom } = box(line);
      const over = others.filter(({ one }) => {
        const it = box(one);
        const apart = it.right <= left + 1 || it.left >= right - 1 || it.bottom <= top + 1 || it.top >= bottom - 1;
        return it.width > 0 && it.height > 0 && !apart;
      });
      const cut =
        words.scrollWidth > words.clientWidth + 1 ||
        words.scrollHeight > words.clientHeight + 1 ||
        box(words).bottom > bottom + 1 ||
        box(words).right > Math.min(right + 1, innerWidth);
      return {
        text,
        places: others.map(({ name, one }) => `${name} ${Math.round(box(one).left)} ${Math.round(box(one).top)}`),
        wrong: [...over.map(({ name }) => `over ${name}`), ...(cut ? ['cut'] : [])],
      };
    });
  }, said);
}

it.each(CASES)('whatever it says, all else stays, $width wide, $language', LONG, async ({ language, ...viewport }) => {
  for (const view of ['flows', 'landing', 'device/Aino']) {
    const page = await openView(browser, made.server.url, `view=${view}`, sectionOf(view), {
      viewport,
      locale: language,
      hasTouch: viewport.width < 700,
    });
    await page.locator('.status-good').waitFor();
    const [first, ...others] = await placesFor(page, sentences(language));
    for (const { text, places, wrong } of others) {
      expect.soft(places, `${view}: ${text}`).toEqual(first?.places);
      expect.soft(wrong, `${view}: ${text}`).toEqual([]);
    }
    await page.context().close();
  }
});

it.each(CASES)(
  'nothing moves when the link is lost, $width wide, $language',
  LONG,
  async ({ language, ...viewport }) => {
    const mine = await Made.open(stage, builtPage(), SMALL, { count: 300, leftOut: 20 }, 6);
    const page = await openView(browser, mine.server.url, 'view=flows', 'flows', { viewport, locale: language });
    await page.locator('.status-good').waitFor();
    await page.evaluate(() => document.fonts.ready);
    const place = (): Promise<string[]> =>
      page.evaluate(() =>
        ['.wordmark', '.tools', '.sentence', 'main'].map((name) => {
          const { left, top } = document.querySelector(name)?.getBoundingClientRect() ?? new DOMRect();
          return `${name} ${left.toFixed(0)} ${top.toFixed(0)}`;
        }),
      );
    const before = await place();
    const t = translator(language);
    const words = page.locator('.status-bad > :last-child');
    const said = async (): Promise<string> => (await words.allInnerTexts()).join();
    mine.server.send = () => undefined;
    // which sentence it is depends on how soon the page tries again
    await expect.poll(said).not.toBe('');
    expect(await place()).toEqual(before);
    await mine.server.close();
    await expect.poll(said).toContain(t('status.reconnecting'));
    expect(await place()).toEqual(before);
    await page.context().close();
  },
);
