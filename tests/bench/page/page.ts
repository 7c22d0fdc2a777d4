// SPDX-License-Identifier: MIT
// The page's budgets in a real Chromium, on made-up rooms: npx vite-node bench/page/page.ts [PART…] in tests. The parts are
// size, busy, answers, large and hours; without a name, all of them. Fails when a budget is exceeded.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { buildPage, fileOf, sizesOf } from '../../harness/built-page';
import { MadeRoom, type RoomSize } from '../../harness/made-room';
import { PageServer } from '../../harness/page-server';
import { find } from '../../harness/paths';
import { sleep } from '../../harness/wait';
import { answerTimes, heapOf, watchThread } from './measure';

const MB = 1_000_000;
/** An afternoon: besides what is alive, as much as the collector keeps by default of what has ended. */
const ROOM: RoomSize = { devices: 60, remotes: 3000, conversations: 5000, lookups: 4000, ended: 2000, sums: 3000 };
const LARGE: RoomSize = { devices: 200, remotes: 20_000, conversations: 50_000, lookups: 20_000 };
/** Between two deltas; so many conversations move in each. */
const STEP = 100;
const MOVING = 50;
/** An empty page that needs longer to answer says that the machine is busy. Milliseconds. */
const QUIET = 40;

let failed = 0;

function report(what: string, value: number, unit: string, most: number): void {
  const good = value <= most;
  if (!good) failed += 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what.padEnd(58)} ${value.toFixed(1).padStart(8)} ${unit} (at most ${most})`);
}

interface Bench {
  readonly page: Page;
  readonly session: CDPSession;
  readonly room: MadeRoom;
  readonly server: PageServer;
  readonly hosts: ReadonlySet<string>;
  /** Files of the page that were sent. */
  readonly received: ReadonlySet<string>;
  readonly close: () => Promise<void>;
}

function built(): string {
  const folder = process.env.CONNVIS_PAGE ?? mkdtempSync(join(tmpdir(), 'connvis-page-'));
  if (process.env.CONNVIS_PAGE === undefined) {
    buildPage(folder);
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  return folder;
}

async function open(browser: Browser, folder: string, size: RoomSize, view: string, lives = true): Promise<Bench> {
  const room = new MadeRoom(size);
  const server = await PageServer.open(folder, {
    keyframe: (topic) => room.keyframe(topic),
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en',
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  const session = await context.newCDPSession(page);
  const received = new Set<string>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ response }) => received.add(fileOf(folder, response.url)));
  const timer = lives
    ? setInterval(() => server.send(room.delta(STEP, { moving: MOVING, coming: 1, going: 1 })), STEP)
    : undefined;
  await page.goto(`${server.url}#view=${view}`);
  await page.locator('.view > section').waitFor({ timeout: 30_000 });
  return {
    page,
    session,
    room,
    server,
    hosts,
    received,
    close: async () => {
      clearInterval(timer);
      await context.close();
      await server.close();
    },
  };
}

async function size(browser: Browser, folder: string): Promise<void> {
  const sizes = sizesOf(folder);
  for (const view of ['landing', 'flows', 'map']) {
    const bench = await open(browser, folder, { devices: 10, remotes: 100, conversations: 100, lookups: 100 }, view);
    await sleep(3000);
    const bytes = [...bench.received].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    report(`first load of ${view}, gzipped`, bytes / 1024, 'KiB', 120);
    report(
      `other hosts asked by ${view}`,
      [...bench.hosts].filter((host) => host !== `127.0.0.1:${bench.server.port}`).length,
      '',
      0,
    );
    await bench.close();
  }
  const worker = readdirSync(join(folder, 'assets')).find((name) => name.startsWith('worker'));
  if (worker === undefined) throw new Error('The page has no worker.');
}

async function busy(browser: Browser, folder: string): Promise<void> {
  for (const [view, most] of [
    ['flows', 10],
    ['map', 15],
    ['landing', 10],
    ['domains', 15],
    ['devices', 15],
  ] as const) {
    const bench = await open(browser, folder, ROOM, view);
    await sleep(5000);
    const found = await watchThread(bench.session, 20_000);
    report(`${view}: page's thread busy`, found.busy * 100, '%', most);
    console.log(`     on the clock ${(found.clock * 100).toFixed(1)} %; longest task ${found.longest.toFixed(1)} ms`);
    report(`${view}: tasks over 50 ms`, found.long, '', 0);
    await bench.close();
  }
}

/** The machine's own share: how soon a page with nothing on it answers, slowed down as much. */
async function emptyAnswers(browser: Browser): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await page.setContent('<p>Nothing.</p>');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const times = await inputTimes(page);
  await context.close();
  return times[Math.floor(times.length * 0.95)] ?? Infinity;
}

async function inputTimes(page: Page): Promise<number[]> {
  const inputs = Array.from({ length: 40 }, (_, i) => async (): Promise<void> => {
    if (i % 4 === 0) await page.mouse.move(300 + i * 20, 300 + i * 5);
    else await page.keyboard.press(['ArrowDown', 'ArrowUp', 'ArrowRight'][i % 3] ?? 'ArrowDown');
  });
  return (await answerTimes(page, inputs)).sort((a, b) => a - b);
}

async function answers(browser: Browser, folder: string): Promise<void> {
  for (const view of ['flows', 'map']) {
    const before = await emptyAnswers(browser);
    const bench = await open(browser, folder, ROOM, view);
    await sleep(5000);
    await bench.session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await sleep(4000);
    await bench.page.locator('canvas').last().focus();
    const times = await inputTimes(bench.page);
    await bench.close();
    const empty = Math.max(before, await emptyAnswers(browser));
    const most = times[Math.floor(times.length * 0.95)] ?? Infinity;
    console.log(
      `     ${view}: half of ${times.length} inputs answered within ${(times[times.length >> 1] ?? 0).toFixed(0)} ms; an empty page answers 95 % within ${empty.toFixed(0)} ms`,
    );
    if (empty > QUIET && most > 100)
      console.log(
        `     ${view}: 95 % within ${most.toFixed(0)} ms, but the machine is too busy with other things to judge that`,
      );
    else report(`${view}: 4 x slower, 95 % of inputs answered within`, most, 'ms', 100);
  }
}

async function large(browser: Browser, folder: string): Promise<void> {
  for (const view of ['flows', 'map']) {
    const begin = performance.now();
    const bench = await open(browser, folder, LARGE, view);
    console.log(
      `     ${view}: 50,000 conversations are there after ${((performance.now() - begin) / 1000).toFixed(1)} s`,
    );
    await sleep(8000);
    const found = await watchThread(bench.session, 10_000);
    report(`${view}: 50,000 conversations, heap`, (await heapOf(bench.session)) / MB, 'MB', 250);
    report(`${view}: 50,000 conversations, page's thread busy`, found.busy * 100, '%', 50);
    console.log(
      `     longest task ${found.longest.toFixed(0)} ms, ${found.long} over 50 ms in 10 s; ${(found.clock * 100).toFixed(1)} % on the clock`,
    );
    await bench.close();
  }
}

/** Eight hours in frames a second apart, as fast as the page takes them. */
async function hours(browser: Browser, folder: string): Promise<void> {
  const bench = await open(
    browser,
    folder,
    { devices: 30, remotes: 500, conversations: 1000, lookups: 500 },
    'flows',
    false,
  );
  const go = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      bench.server.send(bench.room.delta(1000, { moving: 100, coming: 5, going: 5, turnover: 2 }));
      if (second % 20 === 0) await sleep(60);
      while (bench.server.waiting > MB) await sleep(20);
    }
    await sleep(3000);
  };
  await go(1800);
  const before = await heapOf(bench.session);
  await go(8 * 3600);
  const after = await heapOf(bench.session);
  console.log(
    `     heap ${(before / MB).toFixed(1)} MB after half an hour, ${(after / MB).toFixed(1)} MB eight hours later`,
  );
  report('eight hours of feed: heap grows by', (after / before - 1) * 100, '%', 10);
  await bench.close();
}

const parts = { size, busy, answers, large, hours };
const wanted = process.argv.slice(2).filter((name): name is keyof typeof parts => name in parts);
const executablePath = find('chromium');
if (executablePath === undefined) throw new Error('There is no chromium here.');
const folder = built();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info'],
});
try {
  for (const name of wanted.length > 0 ? wanted : (Object.keys(parts) as (keyof typeof parts)[])) {
    console.log(`== ${name}`);
    await parts[name](browser, folder);
  }
} finally {
  await browser.close();
}
console.log(failed === 0 ? 'All budgets hold.' : `${failed} budgets are exceeded.`);
process.exitCode = failed === 0 ? 0 : 1;
