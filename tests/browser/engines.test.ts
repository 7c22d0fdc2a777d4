// SPDX-License-Identifier: MIT
// The main story of the page, in each engine that people have: every view is drawn, says the same as its table, goes on with the
// traffic and at another size, and is right again after the server was away; and nothing complains.

import { at } from '../../frontend/src/feed/cells';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Chromium } from '../harness/chromium';
import type { Engine } from '../harness/engine';
import { Firefox } from '../harness/firefox';
import { MadeConnections } from '../harness/made-connections';
import { MadeRoom } from '../harness/made-room';
import { PageServer } from '../harness/page-server';
import { sharedStage } from '../harness/stage';
import { WebKit } from '../harness/webkit';
import { bars, barsAreTrue, flowsAreTrue, FLOWS, hold, look, MAP, mapIsTrue, readBytes, SOON } from './drawn';
import { builtPage, SMALL } from './made';
import { openWholeBrowser } from './watcher';

const TICK = 250;
const LAPTOP = { width: 1366, height: 768 };
/** As narrow as WebKit's window can be. */
const PHONE = { width: 460, height: 844 };
const ENTRIES = 200;
/** Three browsers beside all else on a machine that may be busy. */
const LONG = 180_000;

const stage = sharedStage();
const room = new MadeRoom(SMALL);
const entries = new MadeConnections(room, ENTRIES, 0);
const feed = { keyframe: (topic: string) => room.keyframe(topic) ?? entries.keyframe() };
let folder: string;
let server: PageServer;

beforeAll(async () => {
  folder = builtPage();
  server = await PageServer.open(folder, feed);
  const timer = setInterval(() => {
    server.send(room.delta(TICK, { moving: 8 }));
    server.send(entries.delta(8));
  }, TICK);
  stage.onClose(() => {
    clearInterval(timer);
    return server.close();
  });
}, 60_000);

const words = (engine: Engine, selector: string): Promise<string[]> =>
  engine.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent.trim())`);
const aliases = (): string[] => room.rows('devices').map((row) => String(row[at('devices', 'alias')]));

interface View {
  /** In the address. */
  readonly part: () => string;
  /** Its canvas; a view without one is seen in its words. */
  readonly canvas?: string;
  /** What it shows is what its numbers say. */
  readonly isTrue: (engine: Engine, part: string) => Promise<void>;
}

const VIEWS: Readonly<Record<string, View>> = {
  landing: {
    part: () => 'view=landing',
    isTrue: async (engine) => {
      const drawn = (): Promise<number[]> =>
        engine.evaluate(`[...document.querySelectorAll('.thick-flow')].map((one) => one.getBBox().width)`);
      await expect.poll(drawn, SOON).toHaveLength(5);
      for (const width of await drawn()) expect(width).toBeGreaterThan(10);
    },
  },
  flows: { part: () => 'view=flows&by=country&width=total&show=all', canvas: FLOWS, isTrue: flowsAreTrue },
  map: { part: () => 'view=map', canvas: MAP, isTrue: mapIsTrue },
  domains: {
    part: () => 'view=domains',
    isTrue: (engine) =>
      barsAreTrue(engine, '.view', '.domain', '.much .number', (text) => Number(text.replace(/\D/g, ''))),
  },
  devices: {
    part: () => 'view=devices',
    isTrue: async (engine) => {
      await expect
        .poll(async () => (await words(engine, '.device-card h2 button')).sort(), SOON)
        .toEqual(aliases().sort());
    },
  },
  device: {
    part: () => `view=device/${encodeURIComponent(aliases()[0] ?? '')}`,
    isTrue: async (engine) => {
      await expect
        .poll(() => words(engine, '.device-head h2'), SOON)
        .toEqual([expect.stringContaining(aliases()[0] ?? '')]);
      await hold(engine, true);
      await barsAreTrue(engine, '.share-bars', '.share', '.share-much', readBytes);
      await hold(engine, false);
    },
  },
  connections: {
    part: () => 'view=connections',
    isTrue: async (engine) => {
      await expect.poll(async () => (await words(engine, '.entry')).length, SOON).toBeGreaterThan(10);
      expect((await words(engine, '.tally')).join(' ')).toContain(String(ENTRIES));
    },
  },
  display: {
    part: () => 'view=display',
    canvas: '.view canvas',
    isTrue: async (engine) => {
      // it goes to the next view by itself
      await engine.evaluate(`void document.querySelector('.wall-controls [aria-pressed=false]')?.click()`);
      await expect.poll(() => words(engine, '.wall-title h1'), SOON).toEqual(['Flows']);
      const devices = async (): Promise<number> => Number((await words(engine, '.wall-numbers dd'))[0]);
      await expect
        .poll(async () => (await bars(engine, '.view canvas', 'left')).length - (await devices()), SOON)
        .toBe(0);
    },
  },
};

/** What is said of a server that is away, by name or, where nothing else names it, by the kind of failure. */
const AWAY = /\/feed|ERR_CONNECTION_(REFUSED|RESET)/;

/** What one sees of it, as something that is another one when it has changed. */
async function seen(engine: Engine, canvas: string | undefined): Promise<unknown> {
  return canvas === undefined ? engine.evaluate(`document.querySelector('.view').innerHTML`) : look(engine, canvas);
}

async function goesOn(engine: Engine, canvas: string | undefined): Promise<void> {
  const before = await seen(engine, canvas);
  await expect.poll(() => seen(engine, canvas), SOON).not.toEqual(before);
}

const isLive = (engine: Engine): Promise<boolean> =>
  engine.evaluate(`document.querySelector('.status-good, .wall-numbers') !== null`);

/** Is all of it there at this size? */
async function fits(engine: Engine, canvas: string | undefined): Promise<void> {
  if (canvas !== undefined) await expect.poll(() => look(engine, canvas), SOON).toMatchObject({ fits: true });
  await expect
    .poll(() => engine.evaluate('document.documentElement.scrollWidth - innerWidth'), SOON)
    .toBeLessThanOrEqual(0);
}

async function closeServer(engine: Engine): Promise<number> {
  const { port } = server;
  await server.close();
  await expect.poll(() => isLive(engine), SOON).toBe(false);
  return port;
}

async function openServer(engine: Engine, port: number): Promise<void> {
  server = await PageServer.open(folder, feed, port);
  await expect.poll(() => isLive(engine), SOON).toBe(true);
}

const ENGINES: Readonly<Record<string, () => Promise<Engine>>> = {
  Chromium: async () => Chromium.open(await openWholeBrowser(stage)),
  Firefox: () => Firefox.open(stage),
  WebKit: () => WebKit.open(stage),
};

describe.each(Object.keys(ENGINES))('in %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = (await ENGINES[name]?.()) as Engine;
  }, 120_000);

  // whatever became of the test before
  beforeEach(async () => {
    if (!server.serves) server = await PageServer.open(folder, feed, server.port);
  });

  it.each(Object.keys(VIEWS))(
    '%s is drawn, true, goes on, fits and comes back',
    async (view) => {
      const { part, canvas, isTrue } = VIEWS[view] as View;
      // another address each time, so that the page is loaded anew
      await engine.show(`${server.url}?${view}#${part()}`, LAPTOP);
      await expect.poll(() => isLive(engine), SOON).toBe(true);
      await fits(engine, canvas);
      await goesOn(engine, canvas);
      await engine.resize(PHONE);
      await fits(engine, canvas);
      if (canvas === FLOWS) await isTrue(engine, part());
      await engine.resize(LAPTOP);
      await openServer(engine, await closeServer(engine));
      await fits(engine, canvas);
      await isTrue(engine, part());
      await goesOn(engine, canvas);
      // what cannot be connected is said, which is no fault
      expect(engine.complaints.filter((text) => !AWAY.test(text))).toEqual([]);
    },
    LONG,
  );

  it(
    'draws on the next page what could not be fetched ahead on this one',
    async () => {
      server.until = /(map|domains|devices)-view/;
      await engine.show(`${server.url}?ahead#view=flows`, LAPTOP);
      await expect.poll(() => server.serves, SOON).toBe(false);
      const sheets = (): Promise<number> => engine.evaluate(`document.querySelectorAll('link[rel=stylesheet]').length`);
      // each view has one
      await expect.poll(sheets, SOON).toBeGreaterThan(3);
      await openServer(engine, await closeServer(engine));
      for (const view of ['map', 'domains', 'devices']) {
        await engine.show(`${server.url}?after${view}#view=${view}`, LAPTOP);
        const drawn = (): Promise<boolean> => engine.evaluate(`document.querySelector('section.${view}') !== null`);
        await expect.poll(drawn, SOON).toBe(true);
      }
    },
    LONG,
  );
});
