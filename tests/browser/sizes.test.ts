// SPDX-License-Identifier: MIT
// The page at the sizes of a phone, a laptop and a wall, dark and light, of a busy and of an empty room. The pictures
// are kept in the build folder, under screenshots.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { programs } from '../harness/paths';
import { Stage } from '../harness/stage';
import { Room } from '../harness/room';
import { sleep } from '../harness/wait';
import { Watcher, openBrowser } from './watcher';

const SIZES = [
  { width: 390, height: 844, touch: true },
  { width: 1440, height: 900, touch: false },
  { width: 3840, height: 2160, touch: false },
] as const;
const folder = join(programs.broadcaster, '../../screenshots');

describe.each([
  ['busy', true],
  ['empty', false],
])('a %s room', (what, busy) => {
  let stage: Stage;
  let room: Room;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    stage = new Stage();
    room = await Room.open(stage, busy);
    browser = await openBrowser(stage);
    // so that there is something to be seen
    if (busy) await sleep(8000);
  }, 60_000);
  afterAll(() => stage.close());

  const cases = SIZES.flatMap((size) => (['light', 'dark'] as const).map((theme) => ({ ...size, theme })));
  it.each(cases)('fits $width x $height, $theme', async ({ width, height, touch, theme }) => {
    const seen = await Watcher.open(browser, { viewport: { width, height }, colorScheme: theme, hasTouch: touch });
    for (const view of ['flows', 'map']) {
      await seen.page.goto(`${room.url}#view=${view}`);
      // a page that is open already only gets another part of its address
      await seen.page.reload({ waitUntil: 'load' });
      await seen.page.waitForTimeout(2500);
      await seen.page.screenshot({ path: join(folder, `${what}-${view}-${width}x${height}-${theme}.png`) });
      const wide = await seen.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${view} is wider than the screen`).toBeLessThanOrEqual(width);
    }
    expect(seen.complaints).toEqual([]);
    await seen.page.context().close();
  });
});
