// SPDX-License-Identifier: MIT
// Texts of the feed come from outside: whatever they hold, they show as harmless text and break no layout.

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

const TEXTS: Readonly<Record<string, string>> = {
  HTML: '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script><b class=hostile>',
  'right-to-left marks': '\u202egnp.exe\u2066\u200f\u061c\u202d',
  '253 bytes': 'w'.repeat(253),
  emoji: '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}\u{1f3f4}\u200d\u2620\ufe0f'.repeat(12),
  'control bytes': '\u0000\u0007\u001b[31m\r\n\t\u0085\u2028\ufeff',
};
const VIEWS = [
  'landing',
  'flows',
  'flows&table=1',
  'map',
  'map&table=1',
  'domains',
  'devices',
  'connections',
  'display',
];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;

const stage = sharedStage();
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser(stage);
});

describe.each(Object.entries(TEXTS))('%s in every field', (_what, hostile) => {
  const own = sharedStage();
  let url = '';
  let alias = '';

  beforeAll(async () => {
    const port = await freePort();
    const redis = new Redis(own);
    await redis.start();
    own.start(programs.broadcaster, asArguments({ 'redis.server': redis.path, 'listen.port': port }));
    await until(
      'the broadcaster to listen',
      15_000,
      async () => (await fetchText(port, '/healthz').catch(() => undefined)) !== undefined,
    );
    let count = 0;
    // each another one, as rows with the same name would be put together
    const room = new MadeRoom({ devices: 8, remotes: 60, conversations: 80, lookups: 60 }, () => {
      const number = String((count += 1));
      return hostile.slice(0, 253 - number.length) + number;
    });
    alias = String(room.rows('devices')[0]?.[6]);
    await putOnAir(own, redis, room);
    url = `http://127.0.0.1:${port}/`;
  }, 60_000);

  it.each(SIZES)(
    'is text at $width x $height',
    async (viewport) => {
      const seen = await Watcher.open(browser, { viewport });
      seen.page.on('dialog', () => seen.complaints.push('a dialog'));
      const views = [
        ...VIEWS,
        `device/${alias}`,
        `flows&at=${encodeURIComponent(`device/${encodeURIComponent(alias)}`)}`,
        'flows&about=1',
      ];
      for (const view of views) {
        const [name = '', ...rest] = view.split('&');
        await seen.page.goto('about:blank');
        await seen.open(`${url}#view=${encodeURIComponent(name)}${rest.map((part) => `&${part}`).join('')}`);
        await seen.page.waitForTimeout(400);
        const found = await seen.page.evaluate(() => ({
          title: document.title,
          foreign: document.querySelectorAll('img, b.hostile, body script:not([src$="too-old.js"])').length,
          wide: document.documentElement.scrollWidth,
          spoken: document.body.innerText.length,
        }));
        expect(found, view).toMatchObject({
          title: expect.stringMatching(/ – connvis$/) as string,
          foreign: 0,
        });
        expect(found.wide, `${view} is wider than the screen`).toBeLessThanOrEqual(viewport.width);
        expect(found.spoken, view).toBeGreaterThan(20);
      }
      expect(seen.complaints).toEqual([]);
      await seen.page.context().close();
    },
    120_000,
  );
});
