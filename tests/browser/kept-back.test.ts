// SPDX-License-Identifier: MIT
// The page of somebody in a room, who may not see whose the devices are: what is missing is said in plain words, and
// nothing of it is there. Then they may, and then they may not any more.

import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { MadeRoom } from '../harness/made-room';
import { PageServer, type Feed } from '../harness/page-server';
import { sharedStage } from '../harness/stage';
import { builtPage, openView, SMALL } from './made';
import { openBrowser } from './watcher';

const stage = sharedStage();
const SOON = { timeout: 20_000 };
const HOST = 'Galaxy-S23';
const WORDS = {
  en: {
    card: 'not everybody here sees what it is',
    device: 'Its addresses and its maker are not shown to everybody here.',
    connections: 'Not everybody here sees single connections',
  },
  fi: {
    card: 'kaikki täällä eivät näe, mikä se on',
    device: 'Sen osoitteet ja valmistaja eivät näy täällä kaikille.',
    connections: 'Yksittäiset yhteydet eivät näy täällä kaikille',
  },
} as const;

let browser: Browser;
let server: PageServer;
let feed: { -readonly [Key in keyof Feed]: Feed[Key] };
let alias: string;
let moves: ReturnType<typeof setInterval>;

const room = new MadeRoom(SMALL);
const lead = { topics: ['overview', 'identities'], refused: [] };
const others = { topics: ['overview'], refused: ['identities', 'connections'] };

beforeAll(async () => {
  browser = await openBrowser(stage);
});
beforeEach(async () => {
  feed = { keyframe: (topic) => room.keyframe(topic), ...others };
  server = await PageServer.open(builtPage(), feed);
  moves = setInterval(() => server.send(room.delta(200, { moving: 5 })), 200);
  alias = String(room.rows('devices')[0]?.[6]);
});
afterEach(async () => {
  clearInterval(moves);
  await server.close();
});

/** The feed is another one from now on, as after a change of the configuration. */
function become(who: Partial<Feed>): void {
  Object.assign(feed, who);
  server.hangUp();
}

const card = (page: Page) => page.locator('.device-card', { hasText: alias }).first();

it.each(['en', 'fi'] as const)('says what is not shown, in %s', async (locale) => {
  const page = await openView(browser, server.url, 'view=devices', 'devices', { locale });
  await card(page).getByText(WORDS[locale].card).waitFor(SOON);
  expect(await page.locator('body').innerText()).not.toContain(HOST);
  await page.goto(`${server.url}#view=device/${encodeURIComponent(alias)}`);
  await page.locator('section.device').getByText(WORDS[locale].device).waitFor(SOON);
  // here, too, nobody is said to have kept silent
  await page.locator('.device-head').getByText(WORDS[locale].card).waitFor(SOON);
  expect(await page.locator('body').innerText()).not.toMatch(/([0-9a-f]{2}:){5}/);
  await page.goto(`${server.url}#view=connections`);
  await page.locator('section.connections').getByText(WORDS[locale].connections).waitFor(SOON);
  await page.context().close();
});

it('shows it to who may see it, as long as they may', async () => {
  const page = await openView(browser, server.url, 'view=devices', 'devices', { locale: 'en' });
  await card(page).getByText(WORDS.en.card).waitFor(SOON);
  become(lead);
  await card(page).getByText(HOST).waitFor(SOON);
  become(others);
  await card(page).getByText(WORDS.en.card).waitFor(SOON);
  // lists to choose from are drawn less often
  await expect.poll(() => page.locator('body').innerText(), SOON).not.toContain(HOST);
  await page.context().close();
});
