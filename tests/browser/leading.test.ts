// SPDX-License-Identifier: MIT
// Whoever leads the room, at the desk in a browser, with the real daemons and a router's kernel behind it: each act is seen on
// the wall, by who watches, and in the kernel.

import { beforeAll, expect, it } from 'vitest';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { addressOf, Block, MACS, REMOTE } from '../harness/block';
import { deviceOf } from '../harness/feed';
import { leaderAndScreen, setPassphrase } from '../harness/signing';
import { sharedStage } from '../harness/stage';
import type { Row, Viewer } from '../harness/viewer';
import { openBrowser, openBrowserOf, press, visit } from './watcher';

const stage = sharedStage();
const SOON_MS = 30_000;
const SOON = { timeout: SOON_MS };
let block: Block;
let browser: Browser;
let desk: Page;
let display: BrowserContext;
let wall: Page;
/** Somebody else who watches. */
let watcher: Viewer;

const aliasOf = (i: number): string => String(deviceOf(watcher, MACS[i] as string)?.alias);
const roomOf = (viewer: Viewer): Row | undefined => viewer.rows('room')[0];
/** What the router's kernel knows of those from there. */
const entries = (i: number): Promise<string> => block.street.router.run('conntrack', '-L', '-s', addressOf(i));
const page = (part: string): string => `http://127.0.0.1:${block.line.port}/#view=${part}`;
const ofDevice = (i: number): string => encodeURIComponent(`device/${aliasOf(i)}`);
const told = (text: string): Promise<void> =>
  expect.poll(() => desk.locator('.desk .outcome').innerText(), SOON).toBe(text);
const seen = (what: string, probe: (room: Row | undefined, viewer: Viewer) => boolean): Promise<void> =>
  watcher.until(what, SOON_MS, (v) => probe(roomOf(v), v));
const onWall = (selector: string): Locator => wall.locator(selector).first();

async function switchOn(): Promise<void> {
  wall = await display.newPage();
  await wall.goto(page('display'));
  await wall.locator('section.wall').waitFor(SOON);
}

/** One more connection of the device, which all see. */
async function connect(i: number, port: number): Promise<void> {
  await block.street.connect(addressOf(i), REMOTE, port);
  await watcher.until('the connection', SOON_MS, (v) => v.rows('conversations').some((row) => row.port === port));
}

beforeAll(async () => {
  setPassphrase(stage.path('secrets'));
  block = await Block.make(stage, { beside: { 'access.folder': stage.path('secrets') } });
  watcher = await block.line.viewer({ faithful: true });
  await watcher.until('all devices', SOON_MS, (v) => MACS.every((mac) => deviceOf(v, mac)));
  browser = await openBrowser(stage);
  const [leader, screen] = await leaderAndScreen(block.line.port);
  display = await visit(browser, screen);
  await switchOn();
  desk = await (await visit(browser, leader)).newPage();
  await desk.goto(page('desk'));
  await desk.locator('section.desk').waitFor(SOON);
}, 180_000);

it('says what the room does, which the wall shows, also when it comes back', { timeout: 240_000 }, async () => {
  await desk.getByLabel('What the round is called').fill('The quiet minute');
  await desk.getByRole('region', { name: 'A round of your own' }).getByLabel('Time').selectOption('1');
  await press(desk, 'Start the round');
  await told('The round has begun.');
  await seen('the round', (room) => room?.round === 'The quiet minute');
  await onWall('.wall-round').waitFor(SOON);
  await desk.getByLabel('In the spotlight').selectOption({ label: aliasOf(1) });
  await told('The wall shows it in the spotlight.');
  await seen('the spotlight', (room, v) => room?.device === deviceOf(v, MACS[1])?.id);
  await expect.poll(() => onWall('.wall-spotlight').innerText(), SOON).toContain(aliasOf(1));
  await desk.getByLabel('It shows').selectOption('devices');
  await onWall('.wall-stage section.devices').waitFor(SOON);
  await desk.getByLabel('What just happened').fill('Everybody opened a page');
  await press(desk, 'Set the mark');
  await desk.locator('.desk-marks', { hasText: 'Everybody opened a page' }).waitFor(SOON);
  await seen('the mark', (_, v) => v.rows('marks').some(({ text }) => text === 'Everybody opened a page'));
  await press(desk, 'Freeze the picture');
  await seen('it to stand still', (room) => room?.frozen != null);
  await onWall('.wall-frozen').waitFor(SOON);
  await press(desk, 'Let the picture go on');
  await onWall('.wall-frozen').waitFor({ state: 'detached', ...SOON });

  // what happens while it is off
  await wall.close();
  await press(desk, 'End the round');
  await seen('the round to be over', (room) => room?.round === null);
  await desk.getByLabel('What the round is called').fill('Open one app');
  await press(desk, 'Start the round');
  await seen('the other round', (room) => room?.round === 'Open one app');
  await desk.getByLabel('In the spotlight').selectOption({ label: aliasOf(2) });
  await seen('the other one', (room, v) => room?.device === deviceOf(v, MACS[2])?.id);
  await switchOn();
  await expect.poll(() => onWall('.wall-round').innerText(), SOON).toContain('Open one app');
  await expect.poll(() => onWall('.wall-spotlight').innerText(), SOON).toContain(aliasOf(2));
  await onWall('.wall-stage section.devices').waitFor(SOON);
});

it('sees on the wall what a phone is called, and that it wants to be hidden', { timeout: 180_000 }, async () => {
  const phone = await (await openBrowserOf(stage, block.chromium(0))).newPage({ locale: 'en' });
  await phone.goto(`${block.url}#view=${ofDevice(0)}`);
  await phone.getByLabel('Name that everybody here sees').fill('Leena’s phone');
  const card = wall.locator('.wall-stage .device-card', { hasText: 'Leena’s phone' });
  let pressed = performance.now();
  await phone.keyboard.press('Enter');
  await card.waitFor(SOON);
  console.log(`the wall showed the name after ${(performance.now() - pressed).toFixed(0)} ms`);
  const choice = (name: string): Locator => phone.getByRole('radio', { name });
  await choice('By a made-up name only').check();
  const named = phone.url();
  pressed = performance.now();
  await phone.getByRole('button', { name: 'Save choice' }).click();
  await card.waitFor({ state: 'detached', ...SOON });
  console.log(`the wall showed another one after ${(performance.now() - pressed).toFixed(0)} ms`);
  await expect.poll(() => wall.locator('.wall-stage .device-card').count(), SOON).toBeGreaterThanOrEqual(MACS.length);
  // it has another page now, and whatever was chosen on the one before is forgotten
  await expect.poll(() => phone.url(), SOON).not.toBe(named);
  await expect.poll(() => choice('By a made-up name only').isChecked(), SOON).toBe(true);
  await choice('As it is').check();
  await phone.getByRole('button', { name: 'Save choice' }).click();
  await watcher.until('it to be there again', SOON_MS, (v) => deviceOf(v, MACS[0]) !== undefined);
});

it('ends one connection, and those of a device, of anybody', { timeout: 180_000 }, async () => {
  for (const port of [600, 601]) await connect(0, port);
  await connect(1, 700);
  await desk.goto(page(`flows&at=${ofDevice(0)}`));
  const row = desk.locator('aside.detail .targets li', { hasText: '601' });
  await row.locator('summary').click(SOON);
  await row.getByRole('button', { name: 'End this connection' }).click(SOON);
  await expect.poll(() => row.locator('.outcome').innerText(), SOON).toMatch(/^One connection of .* was ended\.$/);
  expect(await entries(0)).not.toContain('dport=601 ');
  expect(await entries(0)).toContain('dport=600 ');
  await watcher.until('it to have ended', SOON_MS, (v) =>
    v.rows('conversations').some((one) => one.port === 601 && Number(one.open) === 0),
  );

  await desk.goto(page(ofDevice(0)));
  await desk.getByRole('button', { name: 'End all its connections' }).click(SOON);
  await press(desk, 'End them all');
  await expect
    .poll(() => desk.locator('.end-all .outcome').innerText(), SOON)
    .toMatch(/connections of .* were ended\.$/);
  expect(await entries(0)).not.toMatch(/dport=[56]0\d /);
  expect(await entries(1)).toContain('dport=700 ');
});

it('empties the connection table, and begins a new session', { timeout: 180_000 }, async () => {
  await connect(2, 800);
  const before = Number(watcher.site().session);
  await desk.goto(page('desk'));
  await press(desk, 'Empty the connection table');
  await press(desk, 'Empty it');
  await told('The connection table is empty.');
  for (const i of [0, 1, 2]) expect(await entries(i)).not.toMatch(/dport=\d00 /);
  await watcher.until('nothing to be open', SOON_MS, (v) =>
    v.rows('conversations').every((row) => Number(row.port) % 100 !== 0 || Number(row.open) === 0),
  );
  await press(desk, 'Begin a new session');
  await press(desk, 'Forget it and begin');
  await told('A new session has begun.');
  await seen('a new session', (room, v) => Number(v.site().session) > before && room?.round === null);
  expect(watcher.rows('marks')).toEqual([]);
  await onWall('.wall-round').waitFor({ state: 'detached', ...SOON });
});
