// SPDX-License-Identifier: MIT
// The three rounds, played for real by eight browsers at once: the desk, the wall, and six phones, each a device of its own
// behind a router whose kernel counts what they do.

import { beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { addressOf, Block } from '../harness/block';
import { leaderAndScreen, setPassphrase } from '../harness/signing';
import { sharedStage } from '../harness/stage';
import { PORT, Town, type Far } from '../harness/town';
import { allShow, openBrowser, openBrowserOf, press, visit } from './watcher';

const SOON = { timeout: 30_000 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const MACS = [1, 2, 3, 4, 5, 6].map((i) => `3c:a9:f4:10:20:2${i}`);
const FARS: readonly Far[] = [
  { ipv4: '142.250.74.1', ipv6: '2a00:1450::1', asn: 15169, organisation: 'GOOGLE', whose: 'Google', country: 'US' },
  { ipv4: '78.31.8.1', ipv6: '2a00:1d98::1', asn: 8403, organisation: 'SPOTIFY', whose: 'Spotify', country: 'SE' },
  { ipv4: '62.1.2.3', ipv6: '2a01:99::1', asn: 65500, organisation: 'Corner', whose: 'Corner', country: 'FI' },
  { ipv4: '62.1.2.4', ipv6: '2a01:99::2', asn: 65501, organisation: 'Harbour', whose: 'Harbour', country: 'JP' },
];
const COUNTRIES = new Set(FARS.map(({ country }) => country)).size;

const stage = sharedStage();
let town: Town;
let desk: Page;
let wall: Page;
let phones: readonly Page[];
let connections = 0;

/** That phone talks with somebody, and sends so many bytes. */
async function talk(i: number, { ipv4: host }: Far, bytes = 100): Promise<void> {
  const traffic = town.residents[i]?.traffic;
  const key = `connection ${(connections += 1)}`;
  await traffic?.tell('open', { key, from: addressOf(i), host, port: PORT });
  await traffic?.tell('send', { key, bytes });
}

const far = (i: number): Far => FARS[i % FARS.length] as Far;

async function isOver(): Promise<void> {
  await press(desk, 'End the round');
  await Promise.all(
    [wall, ...phones].map((page) => page.locator('section.round').waitFor({ state: 'detached', ...SOON })),
  );
}

beforeAll(async () => {
  setPassphrase(stage.path('secrets'));
  town = await Town.make(stage, MACS, FARS);
  const room = { 'room.privacy': 'room' };
  const block = await Block.make(stage, {
    town,
    collector: { ...room, 'geo.city': town.databases.city, 'geo.asn': town.databases.asn },
    onRouter: room,
    beside: { ...room, 'access.folder': stage.path('secrets') },
  });
  const [leader, screen] = await leaderAndScreen(block.line.port);
  desk = await (await visit(await openBrowser(stage), leader, PHONE)).newPage();
  await desk.goto(`${leader.origin}/#view=desk`);
  await desk.locator('section.desk').waitFor(SOON);
  const large = { viewport: { width: 1920, height: 1080 } };
  wall = await (await visit(await openBrowser(stage), screen, large)).newPage();
  await wall.goto(`${screen.origin}/#view=display`);
  await wall.locator('section.wall').waitFor(SOON);
  phones = await Promise.all(
    MACS.map(async (_, i) => {
      const browser = await openBrowserOf(stage, block.chromium(i));
      const page = await (await browser.newContext({ locale: 'en', ...PHONE })).newPage();
      await page.goto(`${block.url}#view=devices`);
      await page.locator('.consent-choices button', { hasText: 'Join in' }).click(SOON);
      await page.locator('section.devices').waitFor(SOON);
      return page;
    }),
  );
}, 240_000);

test('the quiet minute: a dot for each conversation that begins', { timeout: 180_000 }, async () => {
  await press(desk, 'Start: The quiet minute');
  await allShow([wall, ...phones], 'Put your phones and laptops down');
  await allShow([wall], 'No new conversation has begun by itself');
  for (const [i, whom] of [
    [0, 0],
    [0, 1],
    [1, 2],
  ] as const)
    await talk(i, far(whom));
  await allShow([wall], '3 conversations began by themselves');
  expect(await wall.locator('.round-dots circle').count()).toBe(3);
  await press(desk, 'Time is up: show what came of it');
  await allShow([wall, ...phones], 'What began most of them');
  await talk(2, far(3));
  await allShow(phones.slice(0, 1), 'Your device began 2 of them.');
  await allShow(phones.slice(1, 2), 'Your device began one of them.');
  expect(await wall.locator('.round-dots circle').count()).toBe(3);
  await isOver();
});

test('open one app: each phone is shown its own, in the order of contact', { timeout: 180_000 }, async () => {
  await press(desk, 'Start: Open one app');
  await Promise.all(phones.map((phone) => press(phone, 'I open the app now')));
  await allShow(phones, 'Open the app now');
  // with nobody that they know from the round before
  for (const [n, met] of [[2], [2, 3]].entries()) {
    for (const i of phones.keys()) await talk(i, far(i + n + 2));
    await Promise.all(
      phones.map((phone, i) =>
        expect
          .poll(() => phone.locator('.round-contacts bdi').allInnerTexts(), SOON)
          .toEqual(met.map((whom) => far(i + whom).whose)),
      ),
    );
  }
  await Promise.all(phones.map((phone) => press(phone, 'I have closed it')));
  await allShow([wall], 'Whom most devices met in this round');
  await press(desk, 'Time is up: show what came of it');
  await isOver();
});

test('guess first: each device has one vote, and then the truth is shown', { timeout: 180_000 }, async () => {
  await press(desk, 'Start: Guess first');
  await allShow([wall, ...phones], 'How many countries has this room been in touch with?');
  const vote = async (phone: Page, i: number): Promise<void> => {
    await phone.getByRole('radio').nth(i).check(SOON);
    await press(phone, 'Vote');
  };
  await Promise.all(phones.map((phone, i) => vote(phone, i % 3)));
  await allShow(phones, 'Your vote is counted.');
  await allShow([wall, desk], '6 votes');
  // a page that is loaded anew knows nothing of it, and the device has had its vote
  const [first] = phones as [Page];
  await first.reload();
  await vote(first, 1);
  await allShow([first], 'This device has voted already');
  await allShow([wall, desk], '6 votes');
  await press(desk, 'Time is up: show what came of it');
  await allShow([wall, ...phones], `${COUNTRIES} countries`);
  await wall.getByRole('img', { name: 'right' }).waitFor(SOON);
  await isOver();

  // all of them send most to the second
  await Promise.all(phones.map((_, i) => talk(i, far(1), 200_000)));
  await desk.getByLabel('Which of these companies has this room sent most to?').check();
  await press(desk, 'Start: Guess first');
  await allShow([wall, ...phones], 'Which of these companies has this room sent most to?');
  await press(desk, 'Time is up: show what came of it');
  await expect.poll(() => wall.locator('.round-bars .right').first().innerText(), SOON).toContain(far(1).whose);
  await isOver();
});
