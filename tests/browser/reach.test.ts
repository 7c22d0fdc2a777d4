// SPDX-License-Identifier: MIT
// For everyone: what axe finds, and what the keyboard alone reaches.

import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { asArguments, freePort } from '../harness/line';
import { fetchText } from '../harness/http';
import { putOnAir } from '../harness/made-feed';
import { MadeRoom } from '../harness/made-room';
import { programs } from '../harness/paths';
import { Redis } from '../harness/redis';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';
import { openBrowser, Watcher } from './watcher';

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const AXE = createRequire(import.meta.url).resolve('axe-core');
const VIEWS = [
  'landing',
  'flows',
  'flows&table=1',
  'map',
  'map&table=1',
  'domains',
  'devices',
  'device/Aino',
  'connections',
  'display',
  'flows&about=1',
  'flows&at=device%2FAino',
];

const stage = sharedStage();
let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await openBrowser(stage);
  const port = await freePort();
  const redis = new Redis(stage);
  await redis.start();
  stage.start(programs.broadcaster, asArguments({ 'redis.server': redis.path, 'listen.port': port }));
  await until(
    'the broadcaster to listen',
    15_000,
    async () => (await fetchText(port, '/healthz').catch(() => undefined)) !== undefined,
  );
  await putOnAir(stage, redis, new MadeRoom({ devices: 10, remotes: 100, conversations: 120, lookups: 120 }));
  url = `http://127.0.0.1:${port}/`;
}, 60_000);

const goTo = async (seen: Watcher, view: string): Promise<void> => {
  const [name = '', ...rest] = view.split('&');
  await seen.page.goto('about:blank');
  await seen.open(`${url}#view=${encodeURIComponent(name)}${rest.map((part) => `&${part}`).join('')}`);
  await seen.page.waitForTimeout(600);
};

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  it.each([
    [1440, 900],
    [390, 844],
  ])(
    'axe finds nothing at %i x %i',
    async (width, height) => {
      // the page's own policy allows no script of ours
      const seen = await Watcher.open(browser, {
        viewport: { width, height },
        colorScheme,
        bypassCSP: true,
        reducedMotion: 'reduce',
      });
      const found: string[] = [];
      for (const view of VIEWS) {
        await goTo(seen, view);
        await seen.page.addScriptTag({ path: AXE });
        const findings = await seen.page.evaluate(async () => {
          const axe = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } }).axe;
          return (await axe.run()).violations;
        });
        for (const { id, nodes } of findings)
          found.push(
            `${view}: ${id}: ${nodes
              .slice(0, 3)
              .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`)
              .join(' | ')}`,
          );
      }
      expect(found).toEqual([]);
      await seen.page.context().close();
    },
    120_000,
  );
});

describe.each([
  [390, 844],
  [1440, 900],
])('text at twice its size, at %i x %i', (width, height) => {
  it('stays within the screen, and in its control', async () => {
    const large = await openBrowser(stage, '--blink-settings=defaultFontSize=32,defaultFixedFontSize=26');
    for (const locale of ['en', 'fi']) {
      const seen = await Watcher.open(large, { viewport: { width, height }, locale });
      for (const view of VIEWS) {
        await goTo(seen, view);
        const { wide, cut } = await seen.page.evaluate(() => {
          // a table, and the row of views, may be scrolled by themselves
          const controls = [
            ...document.querySelectorAll<HTMLElement>('main button, main summary.button, header button'),
          ].filter((one) => one.closest('.as-table') === null && one.offsetWidth > 1);
          const outside = controls.filter(
            (one) =>
              getComputedStyle(one).textOverflow !== 'ellipsis' &&
              (one.scrollWidth > one.clientWidth + 2 || one.getBoundingClientRect().right > innerWidth + 1),
          );
          const over =
            document.documentElement.scrollWidth <= innerWidth
              ? []
              : [...document.querySelectorAll('body *')].filter(
                  (one) => one.closest('nav') === null && one.getBoundingClientRect().right > innerWidth + 1,
                );
          return {
            wide: over.map((one) => `${one.tagName} ${one.className}`),
            cut: outside.map((one) => `${one.className}: ${one.innerText}`),
          };
        });
        expect(wide, `${view} in ${locale} is wider than the screen`).toEqual([]);
        expect(cut, `${view} in ${locale}`).toEqual([]);
      }
      await seen.page.context().close();
    }
    await large.close();
  }, 120_000);
});

describe('the keyboard alone', () => {
  it('goes to the picture by the skip link, and from view to view', async () => {
    const seen = await Watcher.open(browser);
    await goTo(seen, 'landing');
    await seen.page.keyboard.press('Tab');
    await expect.poll(() => seen.page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await seen.page.keyboard.press('Enter');
    await expect.poll(() => seen.page.evaluate(() => document.activeElement?.id)).toBe('main');
    await seen.page.getByRole('link', { name: 'Map', exact: true }).focus();
    await seen.page.keyboard.press('Enter');
    await until('the map', 15_000, () =>
      seen.page
        .locator('section.map')
        .count()
        .then((count) => count === 1),
    );
    await seen.page.goBack();
    await until('the start', 15_000, () =>
      seen.page
        .locator('section.landing')
        .count()
        .then((count) => count === 1),
    );
    await seen.page.context().close();
  });

  it('opens and closes the details, and finds its way back', async () => {
    const seen = await Watcher.open(browser);
    await goTo(seen, 'flows');
    await seen.page.locator('canvas.picture').focus();
    await seen.page.keyboard.press('ArrowDown');
    await seen.page.keyboard.press('Enter');
    await until('the details', 15_000, () =>
      seen.page
        .locator('aside.detail')
        .count()
        .then((count) => count === 1),
    );
    await expect.poll(() => seen.page.url()).toContain('at=device');
    await seen.page.keyboard.press('Escape');
    await until('no details', 15_000, () =>
      seen.page
        .locator('aside.detail')
        .count()
        .then((count) => count === 0),
    );
    await seen.page.context().close();
  });

  it('sees where it is, on everything that it reaches', async () => {
    const seen = await Watcher.open(browser);
    for (const view of ['landing', 'flows', 'map', 'domains', 'devices', 'connections']) {
      await goTo(seen, view);
      const reached = new Set<string>();
      for (let i = 0; i < 14; i += 1) {
        await seen.page.keyboard.press('Tab');
        const at = await seen.page.evaluate(() => {
          const element = document.activeElement as HTMLElement | null;
          if (!element || element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          return {
            what: element.outerHTML.slice(0, 120),
            seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
          };
        });
        if (!at) continue;
        expect(at.seen, `${view}: ${at.what}`).toBe(true);
        reached.add(at.what);
      }
      expect(reached.size, view).toBeGreaterThan(8);
    }
    await seen.page.context().close();
  });
});

it('keeps filter, target and options from view to view, and in the address', async () => {
  const seen = await Watcher.open(browser);
  await goTo(seen, 'flows&who=%3DAino&kind=tracking&by=country&table=1');
  await seen.page.getByRole('link', { name: 'Devices', exact: true }).click();
  await expect.poll(() => seen.page.url()).toMatch(/view=devices.*who=%3DAino.*kind=tracking.*by=country/);
  await seen.page.goBack();
  await until('the flows', 30_000, () =>
    seen.page
      .locator('section.flows')
      .count()
      .then((count) => count === 1),
  );
  await expect.poll(() => seen.page.url()).toContain('view=flows');
  await seen.page.context().close();
});
