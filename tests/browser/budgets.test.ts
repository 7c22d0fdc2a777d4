// SPDX-License-Identifier: MIT
// How much of the page a viewer has to fetch, as the broadcaster sends it: gzipped. At a wall of phones on one access point
// it is what the first seconds go by.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { fileOf, sizesOf } from '../harness/built-page';
import { Chromium } from '../harness/chromium';
import { sharedStage } from '../harness/stage';
import { FLOWS, look, SOON } from './drawn';
import { builtPage, household, type Made } from './made';

/** Bytes: until the first flow moves, and of all but the map for who looks closer and what few need. */
const FIRST = 90 * 1024;
const ALL = 220 * 1024;
const FINE_MAP = /^countries-50m-/;
/** Fetched by whoever leads the room, is asked in one, comes by a link, plays a round, puts the page on a home screen or on a
 * wall, or asks who a company is, and nobody else. */
const FEW =
  /^(lead-panel-|desk-view-|asking-|round-|wall-round-|quiet-minute-|join\.|manifest\.|icon-|display-view-|wall-news-|join-code-|companies-|company-countries-)/;

const stage = sharedStage();
let sizes: ReadonlyMap<string, number>;
let made: Made;
let engine: Chromium;

beforeAll(async () => {
  sizes = sizesOf(builtPage());
  const { made: open, browser } = await household(stage);
  made = open;
  engine = await Chromium.open(browser);
}, 120_000);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const sum = (files: Iterable<string>): number =>
  [...files].reduce((bytes, file) => bytes + (sizes.get(file) ?? NaN), 0);

it('shows the first flow that moves for 90 KiB', { timeout: 60_000 }, async () => {
  const fetched = new Set<string>();
  engine.page.on('request', (request) => {
    const { pathname, host } = new URL(request.url());
    if (host === new URL(made.server.url).host && pathname !== '/feed') fetched.add(fileOf(builtPage(), request.url()));
  });
  await engine.show(`${made.server.url}#view=flows`, { width: 1366, height: 768 });
  let first = 0;
  await expect.poll(async () => (first = (await look(engine, FLOWS))?.sum ?? 0), SOON).toBeGreaterThan(0);
  await expect.poll(async () => (await look(engine, FLOWS))?.sum, SOON).not.toBe(first);
  // what comes later, when there is time, is for other views
  const views = [...fetched].flatMap((file) => /^(.*)-view-/.exec(basename(file))?.[1] ?? []);
  expect(new Set(views)).toEqual(new Set(['flows']));
  const bytes = sum(fetched);
  console.log(`${(bytes / 1024).toFixed(1)} KiB, ${fetched.size} files`);
  expect([...fetched].some((file) => basename(file).startsWith('flow-worker-'))).toBe(true);
  expect(bytes).toBeLessThanOrEqual(FIRST);
});

it('is 220 KiB in all, without the fine map and what few need', () => {
  const files = filesIn(builtPage());
  const kept = files.filter((file) => !FINE_MAP.test(basename(file)) && !FEW.test(basename(file)));
  // a script and a sheet each, those of the page for who comes by a link, three scripts and a sheet of the rounds, the manifest
  // with four icons, three scripts and a sheet of the wall, and what companies are, in two languages, with their countries
  expect(files.length - kept.length).toBe(1 + 2 + 2 + 2 + 3 + 4 + 5 + 4 + 3);
  const bytes = sum(kept);
  console.log(`${(bytes / 1024).toFixed(1)} KiB, ${kept.length} files`);
  expect(bytes).toBeLessThanOrEqual(ALL);
});
