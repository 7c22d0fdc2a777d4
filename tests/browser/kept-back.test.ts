// SPDX-License-Identifier: MIT
// The page of somebody in a room, who may not see whose the devices are and what they look up: what is missing is said in
// plain words, and nothing of it is there, but of the own device. Then they may, and then they may not any more.

import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { at } from '../../frontend/src/feed/cells';
import { MadeRoom } from '../harness/made-room';
import { PageServer, type Feed } from '../harness/page-server';
import { sharedStage } from '../harness/stage';
import { builtPage, openView, SMALL } from './made';
import { openBrowser } from './watcher';

const stage = sharedStage();
const SOON = { timeout: 30_000 };
const HOST = 'Galaxy-S23';
const WORDS = {
  en: {
    card: 'what it is stays private',
    device: 'Its addresses and its maker are not shown to everybody here.',
    connections: 'Not everybody here sees single connections',
    domains: 'Not everybody here sees which names are asked for',
    lately: 'Not everybody here sees which names it asks for:',
    own: 'You do, because this is your device.',
  },
  fi: {
    card: 'sen tiedot ovat yksityisiä',
    device: 'Sen osoitteet ja valmistaja eivät näy täällä kaikille.',
    connections: 'Yksittäiset yhteydet eivät näy täällä kaikille',
    domains: 'Kysytyt nimet eivät näy täällä kaikille',
    lately: 'Sen kysymät nimet eivät näy täällä kaikille:',
    own: 'Sinä näet sen, koska laite on sinun.',
  },
} as const;

let browser: Browser;
let server: PageServer;
let feed: { -readonly [Key in keyof Feed]: Feed[Key] };
let alias: string;
let moves: ReturnType<typeof setInterval>;

const room = new MadeRoom(SMALL);
const lead = { topics: ['overview', 'identities', 'lookups'], refused: [] };
const others = { topics: ['overview'], refused: ['identities', 'lookups', 'connections'] };
/** What the viewer's own device looked up, as the collector tells it in two answers. */
const OWN = ['mine.example.net', 'older.example.net'];
function answer(words: string): Readonly<Record<string, unknown>> {
  const [verb, skip = '0'] = words.split(' ');
  if (verb === 'me') return { ok: { device: 1, may: ['me', 'asked'] } };
  if (verb !== 'asked') return { error: 'not-allowed' };
  const told = OWN.slice(Number(skip), Number(skip) + 1);
  const lookups = told.map((name) => [name, 3000, 2, 'answered', null, null]);
  return { ok: { device: 1, lookups, more: Number(skip) + 1 < OWN.length } };
}

beforeAll(async () => {
  browser = await openBrowser(stage);
});
beforeEach(async () => {
  feed = { keyframe: (topic) => room.keyframe(topic), ...others };
  server = await PageServer.open(builtPage(), feed);
  moves = setInterval(() => server.send(room.delta(200, { moving: 5 })), 200);
  alias = String(room.rows('devices')[0]?.[at('devices', 'alias')]);
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
  // nor is there a way to what is not there
  expect(await page.locator('.ways button').count()).toBe(2);
  await page.goto(`${server.url}#view=connections`);
  await page.locator('section.connections').getByText(WORDS[locale].connections).waitFor(SOON);
  expect(await page.locator('section.connections .controls').count()).toBe(0);
  await page.goto(`${server.url}#view=domains`);
  await page.locator('section.domains').getByText(WORDS[locale].domains).waitFor(SOON);
  expect(await page.locator('body').innerText()).not.toMatch(/\b(www|api|cdn)\.[a-z-]+\.(com|net)\b/);
  await page.context().close();
});

it.each(['en', 'fi'] as const)(
  'tells of the viewer’s own device what it looked up, and of no other, in %s',
  async (locale) => {
    become({ answer });
    const device = (name: string) => `view=device/${encodeURIComponent(name)}`;
    const page = await openView(browser, server.url, device(alias), 'device', { locale });
    const panel = page.locator('section.device');
    await panel.getByText(OWN[0] as string).waitFor(SOON);
    await panel.getByText(WORDS[locale].own).waitFor(SOON);
    // who holds it knows what it is
    expect(await page.locator('.device-head').innerText()).not.toContain(WORDS[locale].card);
    expect(await panel.innerText()).not.toContain(OWN[1]);
    await panel.getByRole('button', { name: locale === 'en' ? 'Show more' : 'Näytä lisää' }).click();
    await panel.getByText(OWN[1] as string).waitFor(SOON);
    expect(await panel.innerText()).toContain(OWN[0]);
    const other = String(room.rows('devices')[1]?.[at('devices', 'alias')]);
    await page.goto(`${server.url}#${device(other)}`);
    await panel.getByText(WORDS[locale].lately).waitFor(SOON);
    expect(await page.locator('body').innerText()).not.toContain(OWN[0]);
    await page.context().close();
  },
);

// each time it is another one the page comes again by itself, after a while
it('shows it to who may see it, as long as they may', { timeout: 240_000 }, async () => {
  const page = await openView(browser, server.url, 'view=devices', 'devices', { locale: 'en' });
  await card(page).getByText(WORDS.en.card).waitFor(SOON);
  become(lead);
  await card(page).getByText(HOST).waitFor(SOON);
  become(others);
  await card(page).getByText(WORDS.en.card).waitFor(SOON);
  await page.goto(`${server.url}#view=domains`);
  const domains = page.locator('section.domains');
  await domains.getByText(WORDS.en.domains).waitFor(SOON);
  become(lead);
  await domains.getByText('youtube.com').first().waitFor(SOON);
  become(others);
  await domains.getByText(WORDS.en.domains).waitFor(SOON);
  await expect.poll(() => page.locator('body').innerText(), SOON).not.toContain('youtube.com');
  await page.goto(`${server.url}#view=devices`);
  // lists to choose from are drawn less often
  await expect.poll(() => page.locator('body').innerText(), SOON).not.toContain(HOST);
  await page.context().close();
});
