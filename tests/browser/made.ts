// SPDX-License-Identifier: MIT
// The page in a real browser on a made-up room, for what the lab's own traffic cannot show at will: thousands of entries, names of
// any kind, the same in each run.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import { MadeConnections } from '../harness/made-connections';
import { MadeRoom, type RoomSize } from '../harness/made-room';
import { PageServer } from '../harness/page-server';
import { root } from '../harness/paths';
import type { Stage } from '../harness/stage';
import { openBrowser } from './watcher';

/** The folder of the page as it is now, built before all tests (setup.ts). */
export const builtPage = (): string => inject('page');

export const SMALL: RoomSize = { devices: 14, remotes: 120, conversations: 260, lookups: 700, ended: 80, sums: 60 };
export const EMPTY: RoomSize = { devices: 0, remotes: 1, conversations: 0, lookups: 0 };

export interface Entries {
  readonly count: number;
  /** That no conversation stands for. */
  readonly leftOut: number;
}

/** What a participant may do there. */
const MAY = ['me', 'name', 'end', 'end-all'];
/** What passes between two deltas. Milliseconds. */
const TICK = 500;

export interface MadeOptions {
  /** See MadeRoom. */
  readonly text?: (value: string) => string;
  /** How much later it is at the room's own clock with each delta, as much as here by default; with 0, time stands still there. */
  readonly step?: number;
  /** What the viewer is, and what is answered to what they ask for; by default they hold the first device. */
  readonly role?: string;
  readonly answer?: (words: string, room: MadeRoom) => Readonly<Record<string, unknown>>;
  /** A household of its own size. */
  readonly size?: RoomSize;
  /** As a room has it: only overview is for this viewer. */
  readonly kept?: boolean;
}

export class Made {
  readonly room: MadeRoom;
  readonly entries: MadeConnections;
  readonly server: PageServer;

  private constructor(room: MadeRoom, entries: MadeConnections, server: PageServer) {
    this.room = room;
    this.entries = entries;
    this.server = server;
  }

  /** moving: so many conversations move with each delta, and as many entries. */
  static async open(
    stage: Stage,
    folder: string,
    size: RoomSize,
    { count, leftOut }: Entries,
    moving: number,
    { text, step = TICK, role, answer, kept }: MadeOptions = {},
  ): Promise<Made> {
    const room = text ? new MadeRoom(size, text) : new MadeRoom(size);
    const entries = new MadeConnections(room, count, leftOut);
    const server = await PageServer.open(folder, {
      keyframe: (topic) => room.keyframe(topic) ?? entries.keyframe(),
      // who looks holds the first device
      ...(role === undefined ? {} : { role }),
      ...(kept === true ? { topics: ['overview'], refused: ['identities', 'lookups', 'connections', 'history'] } : {}),
      answer: (words) =>
        answer ? answer(words, room) : words === 'me' ? { ok: { device: 1, may: MAY } } : { error: 'not-allowed' },
    });
    const timer = setInterval(() => {
      server.send(room.delta(step, { moving }));
      server.send(entries.delta(Math.min(moving, entries.count)));
    }, TICK);
    stage.onClose(() => {
      clearInterval(timer);
      return server.close();
    });
    return new Made(room, entries, server);
  }
}

/** A small household, which goes on unless it is told otherwise, and a browser to see it in. */
export async function household(
  stage: Stage,
  moving = 6,
  options: MadeOptions = {},
): Promise<{ readonly made: Made; readonly browser: Browser }> {
  const made = await Made.open(stage, builtPage(), options.size ?? SMALL, { count: 300, leftOut: 20 }, moving, options);
  return { made, browser: await openBrowser(stage) };
}

export const SIZES = [
  { what: 'phone', width: 390, height: 844, hasTouch: true },
  { what: 'laptop', width: 1440, height: 900, hasTouch: false },
  { what: 'wall', width: 3840, height: 2160, hasTouch: false },
] as const;

export const THEMES = ['light', 'dark'] as const;

/** The section that a view draws itself in, by its part of the address. */
export const sectionOf = (view: string): string => (view === 'display' ? 'wall' : (view.split(/[/&]/)[0] ?? ''));

/** A page of that size which has shown the view. */
export async function openView(
  browser: Browser,
  url: string,
  part: string,
  view: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', ...options });
  const page = await context.newPage();
  await page.goto(`${url}#${part}`, { waitUntil: 'load' });
  await page.locator(`section.${view}`).first().waitFor();
  return page;
}

const axe = readFileSync(join(root, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe-core finds wrong with the page as it is: nothing, if all is well. */
export async function axeFinds(page: Page): Promise<string[]> {
  // a colour on its way to another is neither, and what comes in is pale: neither now, nor while it is looked at
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .map((one) => (one.effect?.getComputedTiming().endTime === Infinity ? undefined : one.finished)),
    ),
  );
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResult;
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.length} as ${nodes[0]?.html.slice(0, 200) ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
  );
}

/** True when nothing of the page is wider than its screen. */
export async function fitsAcross(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}

/** Controls in the view that are smaller than a finger: as "text width x height". */
export async function smallTargets(page: Page, view: string): Promise<string[]> {
  return page.locator(`section.${view} :is(button, select, summary, a)`).evaluateAll((found) =>
    found
      .map((one) => ({ text: (one as HTMLElement).innerText, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 0 && (box.height < 43.5 || box.width < 24))
      .map(({ text, box }) => `${text.slice(0, 30)} ${Math.round(box.width)} x ${Math.round(box.height)}`),
  );
}

const HOSTILE = '<img src=x onerror=alert(1)>\u202e\u0007"\'&';

/** Makes a hostile text of each: mark-up, a turn of direction, a bell, and at most 253 letters. */
export function hostile(value: string): string {
  return `${HOSTILE}${value}`.padEnd(180, 'x');
}
