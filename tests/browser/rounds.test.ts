// SPDX-License-Identifier: MIT
// The three rounds, played by eight browsers at once: whoever leads, the wall, and six phones; and one that comes late.

import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sharedStage, stage } from '../harness/stage';
import type { MadeRoom } from '../harness/made-room';
import { until } from '../harness/wait';
import {
  axeFinds,
  fitsAcross,
  household,
  openView,
  SIZES,
  smallTargets,
  THEMES,
  type Made,
  type MadeOptions,
} from './made';
import { allShow, press } from './watcher';

const SOON_MS = 30_000;
const PHONES = 6;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const VOTES = ['votes_first', 'votes_second', 'votes_third', 'votes_fourth'] as const;
const NONE = { votes_first: 0, votes_second: 0, votes_third: 0, votes_fourth: 0 };
const NO_ROUND = { round: null, round_since: null, round_until: null, round_number: null, round_kind: null };

/** What the made-up collector does. The companies of the room have ids from 1 on. */
function play(room: MadeRoom, number: number, words: string): void {
  const [, kind = '', seconds = '', ...rest] = words.split(' ');
  const [question = null, list = ''] = kind === 'guess' ? (rest.shift() ?? '').split(':') : [];
  const ids = list.split(',').filter((one) => one !== '');
  const choices = question === 'most' ? ids.map((id) => String(room.rows('companies')[Number(id) - 1]?.[1])) : ids;
  const round_until = room.time + Number(seconds) * 1000;
  const is = { round: rest.join(' '), round_since: room.time, round_until, round_number: number, round_kind: kind };
  room.lead({ ...is, question, choices, ...NONE });
}

function playing(asked: string[], more: MadeOptions = {}): MadeOptions {
  let number = 0;
  const votes = [0, 0, 0, 0];
  const answer = (words: string, room: MadeRoom): Readonly<Record<string, unknown>> => {
    if (words === 'me') return { ok: { device: 1, may: ['me', 'vote'] } };
    asked.push(words);
    const [verb, , choice] = words.split(' ');
    if (verb === 'play') {
      votes.fill(0);
      play(room, (number += 1), words);
    }
    if (verb === 'time-up') room.lead({ round_until: room.time });
    if (verb === 'round-end') room.lead({ ...NO_ROUND, question: null, choices: [], ...NONE });
    const column = VOTES[Number(choice) - 1];
    if (verb === 'vote' && column) {
      const at = Number(choice) - 1;
      votes[at] = (votes[at] ?? 0) + 1;
      room.lead({ [column]: votes[at] });
    }
    return { ok: {} };
  };
  return { role: 'facilitator', answer, ...more };
}

interface Scene {
  readonly made: Made;
  readonly browser: Browser;
  readonly asked: string[];
  readonly desk: Page;
  readonly wall: Page;
  readonly phones: readonly Page[];
}

async function scene(): Promise<Scene> {
  const asked: string[] = [];
  const { made, browser } = await household(stage(), 6, playing(asked));
  const { url } = made.server;
  const desk = await openView(browser, url, 'view=desk', 'desk', PHONE);
  const wall = await openView(browser, url, 'view=display', 'wall', { viewport: { width: 1920, height: 1080 } });
  const phones = await Promise.all(
    Array.from({ length: PHONES }, () => openView(browser, url, 'view=devices', 'devices', PHONE)),
  );
  return { made, browser, asked, desk, wall, phones };
}

async function isOver({ desk, wall, phones }: Scene): Promise<void> {
  await press(desk, 'End the round');
  await Promise.all([wall, ...phones].map((page) => page.locator('section.round').waitFor({ state: 'detached' })));
}

test('the quiet minute has a dot for each that begins, for who comes later too', { timeout: 180_000 }, async () => {
  const there = await scene();
  const { made, browser, asked, desk, wall, phones } = there;
  await press(desk, 'Start: The quiet minute');
  await allShow([wall, ...phones], 'Put your phones and laptops down');
  await allShow([wall], 'No new conversation has begun by itself');
  made.server.send(made.room.delta(100, { coming: 3 }));
  await allShow([wall], '3 conversations began by themselves');
  expect(await wall.locator('.round-dots circle').count()).toBe(3);
  const late = await openView(browser, made.server.url, 'view=display', 'wall');
  await allShow([late], '3 conversations began by themselves');
  await late.close();
  // one who does not want to play looks around, and comes back
  const [first] = phones;
  if (!first) throw new Error('there is no phone');
  await press(first, 'Look around instead');
  await first.locator('section.devices').waitFor({ timeout: SOON_MS });
  await press(first, 'Back to the round');
  await press(desk, 'Time is up: show what came of it');
  await allShow([wall, ...phones], 'What began most of them');
  made.server.send(made.room.delta(100, { coming: 5 }));
  await allShow([wall], '3 conversations began by themselves');
  await isOver(there);
  expect(asked).toEqual(['play quiet 60 The quiet minute', 'time-up', 'round-end']);
});

test('an app is opened, and each phone has its own list, over a reload too', { timeout: 180_000 }, async () => {
  const there = await scene();
  const { made, desk, wall, phones } = there;
  await press(desk, 'Start: Open one app');
  await Promise.all(phones.map((phone) => press(phone, 'I open the app now')));
  await allShow(phones, 'Open the app now');
  const [first] = phones;
  if (!first) throw new Error('there is no phone');
  await first.reload();
  // whose they are is left to dice
  await until('the device to meet somebody', SOON_MS, async () => {
    made.server.send(made.room.delta(500, { coming: 20 }));
    return (await first.locator('.round-contacts').allInnerTexts()).join().includes('after');
  });
  await press(first, 'I have closed it');
  expect(await first.locator('.round-contacts li').first().innerText()).toMatch(/after 0:\d\d$/);
  await allShow([wall], 'Whom most devices met in this round');
  await press(desk, 'Time is up: show what came of it');
  await Promise.all(phones.map((phone) => phone.locator('.round-contacts li').first().waitFor({ timeout: SOON_MS })));
  await isOver(there);
});

test('a question is asked, each phone votes once, and the truth is shown', { timeout: 180_000 }, async () => {
  const there = await scene();
  const { asked, desk, wall, phones } = there;
  await press(desk, 'Start: Guess first');
  const question = 'How many countries has this room been in touch with?';
  await allShow([wall, ...phones], question);
  const told = (): Promise<string> => wall.locator('.wall-numbers dd').nth(2).innerText();
  await expect.poll(told).toBe('?');
  expect(await wall.locator('.round-choices li').count()).toBe(4);
  for (const [i, phone] of phones.entries()) {
    // the last one by keyboard
    const radio = phone.getByRole('radio').nth(i % 2);
    if (i < PHONES - 1) await radio.check();
    else {
      await radio.focus();
      await phone.keyboard.press('Space');
    }
    await press(phone, 'Vote');
  }
  await allShow(phones, 'Your vote is counted.');
  await allShow([wall, desk], `${PHONES} votes`);
  expect(await wall.locator('.round-right').count()).toBe(0);
  await press(desk, 'Time is up: show what came of it');
  await wall.getByRole('img', { name: 'right' }).waitFor({ timeout: SOON_MS });
  await allShow(phones, 'countries');
  // each of its own, and of nobody else's
  await allShow(phones, 'your answer');
  for (const page of [wall, desk]) expect(await page.getByText('your answer').count()).toBe(0);
  await expect.poll(told).toMatch(/^\d+$/);
  const [truth] = await wall.locator('.round-result .round-large').allInnerTexts();
  const chosen =
    /^play guess 60 countries:(\S+) Guess first$/
      .exec(asked[0] ?? '')?.[1]
      ?.split(',')
      .map(Number) ?? [];
  const right = chosen.filter((least) => least <= Number.parseInt(truth ?? '', 10)).length - 1;
  expect(await wall.locator('.round-result').first().locator('li').nth(right).getAttribute('class')).toBe('right');
  expect(asked.filter((words) => words.startsWith('vote 1 '))).toHaveLength(PHONES);
  await isOver(there);
  // which company has most
  await desk.getByLabel('Which of these companies has this room sent most to?').check();
  await press(desk, 'Start: Guess first');
  await allShow([wall, ...phones], 'Which of these companies has this room sent most to?');
  await press(desk, 'Time is up: show what came of it');
  await until('a bar to be the right one', SOON_MS, async () => (await wall.locator('.round-bars .right').count()) > 0);
});

const STATES: readonly (readonly [what: string, words: string, over: boolean])[] = [
  ['quiet', 'play quiet 60 The quiet minute', false],
  ['quiet-over', 'play quiet 60 The quiet minute', true],
  ['app', 'play app 60 Open one app', false],
  ['app-over', 'play app 60 Open one app', true],
  ['guess', 'play guess 60 countries:0,5,12,20 Guess first', false],
  ['guess-over', 'play guess 60 countries:0,5,12,20 Guess first', true],
  ['most-over', 'play guess 60 most:1,2,3,4 Guess first', true],
];

const isWithin = (page: Page): Promise<boolean> =>
  page.evaluate(() => (document.scrollingElement?.scrollHeight ?? 0) <= innerHeight);

test.each([1, 50])('they are played by a room of so many devices: %i', { timeout: 240_000 }, async (devices) => {
  const size = { devices, remotes: 120, conversations: 5 * devices, lookups: 100 };
  const { made, browser } = await household(stage(), 0, playing([], { step: 0, size }));
  const { room, server } = made;
  const wall = await openView(browser, server.url, 'view=display', 'wall', { viewport: { width: 1920, height: 1080 } });
  const phone = await openView(browser, server.url, 'view=devices', 'devices', PHONE);
  let rounds = 0;
  const begin = (words: string): void => {
    play(room, (rounds += 1), words);
    server.send(room.delta(1000));
  };
  const timeIsUp = async (text: string, own = text): Promise<void> => {
    room.lead({ round_until: room.time });
    server.send(room.delta(50));
    await allShow([wall], text);
    await allShow([phone], own);
    expect(await isWithin(wall), text).toBe(true);
    expect(await fitsAcross(phone), text).toBe(true);
  };
  begin('play quiet 60 The quiet minute');
  server.send(room.delta(1000, { coming: 6 * devices }));
  await allShow([wall], `${6 * devices} conversations began by themselves`);
  expect(await isWithin(wall)).toBe(true);
  await timeIsUp('What began most of them');

  begin('play app 60 Open one app');
  await allShow([phone], 'I open the app now');
  server.send(room.delta(1000, { coming: 6 * devices }));
  await allShow([wall], 'Whom most devices met in this round');
  await timeIsUp('Whom most devices met in this round', 'Whom your device talked with');

  begin('play guess 60 countries:0,5,12,20 Guess first');
  room.lead({ votes_first: devices });
  server.send(room.delta(50));
  await allShow([wall], devices === 1 ? 'One vote' : `${devices} votes`);
  await timeIsUp('With these it exchanged most');
});

for (const theme of THEMES) {
  const here = sharedStage();
  test.each(SIZES)(
    `nothing is wrong with them: $what, ${theme}`,
    { timeout: 240_000 },
    async ({ what, width, height }) => {
      const { made, browser } = await household(here, 0, playing([], { step: 0 }));
      const part = what === 'wall' ? 'view=display' : 'view=devices';
      for (const locale of ['en', 'fi']) {
        made.room.lead({ ...NO_ROUND, question: null, choices: [], ...NONE });
        made.server.send(made.room.delta(50));
        const options = { viewport: { width, height }, colorScheme: theme, locale, reducedMotion: 'reduce' } as const;
        const page = await openView(browser, made.server.url, part, what === 'wall' ? 'wall' : 'devices', options);
        for (const [i, [state, words, over]] of STATES.entries()) {
          play(made.room, i + 1, words);
          made.server.send(made.room.delta(50, { coming: 12 }));
          made.room.lead({ ...(over ? { round_until: made.room.time } : {}), votes_first: 3, votes_second: 12 });
          made.server.send(made.room.delta(50));
          await page.locator(`section.round`).waitFor({ timeout: SOON_MS });
          await until('the round', SOON_MS, async () =>
            over
              ? (await page.locator('.round-bars, .round-contacts').count()) > 0
              : (await page.locator('.round-say, .round-ballot').count()) > 0,
          );
          expect(await axeFinds(page), `${state} ${locale}`).toEqual([]);
          if (what !== 'wall') expect(await fitsAcross(page), `${state} ${locale}`).toBe(true);
          if (what === 'phone') expect(await smallTargets(page, 'round'), `${state} ${locale}`).toEqual([]);
          const shots = process.env.CONNVIS_SHOTS;
          if (shots) await page.screenshot({ path: `${shots}/round-${state}-${what}-${theme}-${locale}.png` });
        }
        await page.context().close();
      }
    },
  );
}
