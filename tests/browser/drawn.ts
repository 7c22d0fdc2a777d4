// SPDX-License-Identifier: MIT
// What a canvas shows, dot by dot, in a browser of any kind; and what the page says of it in its tables and to who listens.

import { expect } from 'vitest';
import type { Engine } from '../harness/engine';
import { CITIES } from '../harness/made-room';

/** To look at each dot costs the page time to draw them. */
export const SOON = { timeout: 40_000, interval: 200 };

export const FLOWS = 'canvas.picture';
export const MAP = 'canvas.world-front';

/** Makes `width`, `height`, `dots` and `ratio` of a canvas, which may be drawn elsewhere, for what is to be done with them. */
const looking = (selector: string, work: string): string => `new Promise((done) => requestAnimationFrame(() => {
  const canvas = document.querySelector(${JSON.stringify(selector)});
  if (!canvas || canvas.width === 0 || canvas.height === 0) return done(null);
  const { width, height } = canvas;
  const copy = document.createElement('canvas');
  copy.width = width;
  copy.height = height;
  const context = copy.getContext('2d');
  context.drawImage(canvas, 0, 0);
  const dots = context.getImageData(0, 0, width, height).data;
  const ratio = Math.min(2, devicePixelRatio);
  ${work}
}))`;

export interface Look {
  /** Whether the canvas is at the size of its box. */
  readonly fits: boolean;
  /** The part of its rows that have a dot, and what its dots come to. */
  readonly rows: number;
  readonly sum: number;
}

/** Null while there is no picture. */
export const look = (engine: Engine, selector: string): Promise<Look | null> =>
  engine.evaluate(
    looking(
      selector,
      `const box = canvas.getBoundingClientRect();
      let rows = 0, sum = 0;
      for (let y = 0; y < height; y++) {
        let inked = false;
        for (let x = 0; x < width; x += 3) {
          const at = 4 * (y * width + x);
          if (dots[at + 3] > 0) inked = true;
          sum = (sum * 31 + dots[at] + dots[at + 1] * 7 + dots[at + 3]) % 1000003;
        }
        rows += inked;
      }
      done({ fits: Math.abs(width / ratio - box.width) < 2, rows: rows / height, sum });`,
    ),
  );

/** The heights of the bars at an edge of the flows, top down: its column with the most dots that hide what is below. CSS pixels. */
export async function bars(engine: Engine, selector: string, edge: 'left' | 'right'): Promise<number[]> {
  const found = await engine.evaluate<number[] | null>(
    looking(
      selector,
      `let best = [], most = 0;
      // where there is little room names lie on the flows, and bars at the edge itself
      const room = width / ratio < 620 ? 9 * ratio : 0.35 * width;
      const [from, to] = ${edge === 'left'} ? [0, room] : [width - room, width];
      const runsAt = (x) => {
        const runs = [];
        let run = 0;
        for (let y = 0; y <= height; y++) {
          if (y < height && dots[4 * (y * width + x) + 3] >= 254) run++;
          else { if (run >= 2) runs.push(run / ratio); run = 0; }
        }
        return runs;
      };
      for (let x = Math.ceil(from); x < to; x++) {
        const runs = runsAt(x);
        // on a wall letters are larger than bars, but a bar is the same beside itself
        if (document.querySelector('.wall') && String(runs) !== String(runsAt(Math.min(width - 1, x + Math.round(3 * ratio))))) continue;
        const sum = runs.reduce((a, b) => a + b, 0);
        if (sum > most) [best, most] = [runs, sum];
      }
      done(best);`,
    ),
  );
  return found ?? [];
}

const text = (engine: Engine, selector: string): Promise<string> =>
  engine.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);

const focus = (engine: Engine, selector: string): Promise<void> =>
  engine.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);

/** Holds what is shown, or lets it go on: with the button in the bar, which is in the menu where the bar is narrow. */
export async function hold(engine: Engine, on: boolean): Promise<void> {
  const button = `[...document.querySelectorAll('header button')].find((one) => /^(Pause|Resume)$/.test(one.innerText))`;
  const says = (): Promise<string | null> => engine.evaluate(`${button}?.innerText ?? null`);
  const inMenu = (await says()) === null;
  const turnMenu = (): Promise<void> => engine.evaluate(`void document.querySelector('.menu > button').click()`);
  if (inMenu) await turnMenu();
  await expect.poll(says, SOON).not.toBe(null);
  await engine.evaluate(
    `void (${button}.innerText === ${JSON.stringify(on ? 'Pause' : 'Resume')} && ${button}.click())`,
  );
  await expect.poll(says, SOON).toBe(on ? 'Resume' : 'Pause');
  if (inMenu) await turnMenu();
}

/** What the view that is open says as a table at this moment, which is held: the words of its rows, cell by cell. */
async function tableOf(engine: Engine, part: string): Promise<string[][]> {
  await engine.evaluate(`void (location.hash = ${JSON.stringify(`${part}&table=1`)})`);
  const rows = (): Promise<string[][]> =>
    engine.evaluate(`[...document.querySelectorAll('.as-table tbody tr')].map((row) =>
      [...row.children].map((cell) => (cell.querySelector('button') ?? cell).innerText.trim()))`);
  await expect.poll(async () => (await rows()).length, SOON).toBeGreaterThan(0);
  const found = await rows();
  await engine.evaluate(`void (location.hash = ${JSON.stringify(part)})`);
  return found;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "4.9 MB", or what went out and what came in together: "↑ Out 1.2 MB ↓ In 3.7 MB". Bytes. */
export function readBytes(written: string): number {
  const found = [...written.matchAll(/([\d.,]+)\s(\w+)/g)].map(
    ([, number = '', unit = '']) => Number(number.replace(',', '')) * 1000 ** UNITS.indexOf(unit),
  );
  if (found.length === 0 || found.some((value) => !(value >= 1))) throw new Error(`"${written}" is no amount`);
  return found.reduce((a, b) => a + b);
}

/** The names of the nodes at an edge, top down, as they are said to who goes from one to the next. */
async function nodesAt(engine: Engine, edge: 'left' | 'right', count: number): Promise<string[]> {
  const said = (): Promise<string> => text(engine, `${FLOWS} ~ [role=status]`);
  const names: string[] = [];
  await focus(engine, FLOWS);
  await engine.press('ArrowDown');
  if (edge === 'right') await engine.press('ArrowRight');
  await engine.press('Home');
  let before = '';
  while (names.length <= count) {
    // the last one is said again, which is no other
    const now = await expect
      .poll(said, { timeout: names.length < count ? SOON.timeout : 500 })
      .not.toBe(before)
      .then(said, () => before);
    if (now === before) break;
    names.push(now.split(', ')[0] ?? '');
    before = now;
    await engine.press('ArrowDown');
  }
  return names;
}

/** The width of a flow grows with the root of its amount, and none is without width: frontend/src/views/flows/layout.ts. */
function weigh(rows: readonly string[][], of: 0 | 1): Map<string, number> {
  const roots = rows.map((cells) => Math.sqrt(readBytes(cells[3] ?? '')));
  const least = 0.05 * Math.max(...roots);
  const sums = new Map<string, number>();
  rows.forEach((cells, i) => sums.set(cells[of] ?? '', (sums.get(cells[of] ?? '') ?? 0) + (roots[i] ?? 0) + least));
  return sums;
}

/** Amounts are written with two digits; dots are whole. */
const NEAR = 0.06;
const DOTS = 3;

/** Each bar of the flows is as high as the table says, under the name that the table has. part: all of them, by total. */
export async function flowsAreTrue(engine: Engine, part: string): Promise<void> {
  await hold(engine, true);
  const rows = await tableOf(engine, part);
  await expect.poll(() => look(engine, FLOWS), SOON).toMatchObject({ fits: true });
  for (const [edge, column] of [
    ['left', 0],
    ['right', 1],
  ] as const) {
    const weights = weigh(rows, column);
    const all = [...weights.values()].reduce((a, b) => a + b, 0);
    await expect.poll(async () => (await bars(engine, FLOWS, edge)).length, SOON).toBe(weights.size);
    const heights = await bars(engine, FLOWS, edge);
    const drawn = heights.reduce((a, b) => a + b, 0);
    const names = await nodesAt(engine, edge, weights.size);
    expect([...names].sort()).toEqual([...weights.keys()].sort());
    names.forEach((name, i) => {
      const due = ((weights.get(name) ?? 0) / all) * drawn;
      const off = Math.abs((heights[i] ?? 0) - due);
      expect(off, `${name}: ${heights[i]} instead of ${due}`).toBeLessThan(Math.max(DOTS, NEAR * due));
    });
    await engine.evaluate('void document.activeElement.blur()');
  }
  await hold(engine, false);
}

interface Spot {
  readonly said: string;
  readonly x: number;
  readonly y: number;
}

/** Where the colour of what has the focus is, in CSS pixels: the middle of its ring, which is around one spot. */
const ringAt = (engine: Engine): Promise<{ x: number; y: number } | null> =>
  engine.evaluate(
    looking(
      MAP,
      `const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(accent.slice(at, at + 2), 16));
      let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
      // the badge of the home has that colour, too, and is at the lower edge
      for (let y = 0; y < height - 44 * ratio; y++) for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        if (dots[at + 3] < 250 || Math.abs(dots[at] - r) + Math.abs(dots[at + 1] - g) + Math.abs(dots[at + 2] - b) > 12) continue;
        [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      }
      const round = right > 0 && Math.abs(right - left - bottom + top) < 4 && right - left < 60 * ratio;
      done(round ? { x: (left + right) / 2 / ratio, y: (top + bottom) / 2 / ratio } : null);`,
    ),
  );

/** Two spots are farther from each other; the ring of one may be found a dot aside of where it was before. CSS pixels. */
const ASIDE = 6;

/** All spots of the map from west to east: what is said of them, and where each is drawn. */
async function spotsOf(engine: Engine, count: number): Promise<Spot[]> {
  const spots: Spot[] = [];
  await focus(engine, MAP);
  let before = '';
  for (let i = 0; i < count; i += 1) {
    await engine.press(i === 0 ? 'Home' : 'ArrowRight');
    const said = (): Promise<string> => text(engine, `${MAP} ~ [role=status]`);
    await expect.poll(said, SOON).not.toBe(before);
    before = await said();
    let ring: Awaited<ReturnType<typeof ringAt>> = null;
    const last = spots.at(-1);
    await expect
      .poll(async () => {
        ring = await ringAt(engine);
        return ring !== null && (!last || Math.hypot(ring.x - last.x, ring.y - last.y) > ASIDE);
      }, SOON)
      .toBe(true);
    spots.push({ said: before, ...(ring as unknown as { x: number; y: number }) });
  }
  return spots;
}

/** Degrees by which two places must differ for one to be drawn further east, or north: the earth is round, spots are joined. */
const APART = 30;

/** Each place of the table is in a spot that is drawn where it is on earth, with its devices. */
export async function mapIsTrue(engine: Engine, part: string): Promise<void> {
  await hold(engine, true);
  const rows = await tableOf(engine, part);
  await expect.poll(() => look(engine, MAP), SOON).toMatchObject({ fits: true });
  const label = await engine.evaluate<string>(`document.querySelector('${MAP}').getAttribute('aria-label')`);
  const spots = await spotsOf(engine, Number(/\d+/.exec(label)?.[0]));
  const placed = spots.flatMap((spot) => {
    const city = CITIES.find(([, name]) => spot.said.startsWith(`${name}.`) || spot.said.startsWith(`${name} and`));
    return city ? [{ ...spot, latitude: city[2], longitude: city[3] }] : [];
  });
  expect(placed.length).toBeGreaterThan(5);
  for (const one of placed)
    for (const other of placed) {
      if (one.longitude > other.longitude + APART)
        expect(one.x, `${one.said} > ${other.said}`).toBeGreaterThan(other.x);
      if (one.latitude > other.latitude + APART) expect(one.y, `${one.said} < ${other.said}`).toBeLessThan(other.y);
    }
  // "Paris and 2 more"
  const more = spots.map(({ said }) => Number(/^[^.]* and (\d+|one) more/.exec(said)?.[1]?.replace('one', '1') ?? 0));
  expect(more.reduce((a, b) => a + b, spots.length)).toBe(rows.length);
  for (const [place = '', country = '', devices = ''] of rows) {
    const spot = spots.find(({ said }) => said.startsWith(`${place}.`));
    // whose place is joined with others is named by the largest of them
    for (const word of spot ? [country, ...devices.replace(/ \+\d+$/, '').split(', ')] : [])
      expect(spot?.said).toContain(word);
  }
  await hold(engine, false);
}

/** Bars that are boxes, of one part or more, in the first list of these: each is as long as its number says, of the longest. */
export async function barsAreTrue(
  engine: Engine,
  list: string,
  row: string,
  number: string,
  read: (text: string) => number,
): Promise<void> {
  const look = (): Promise<[number, string][]> =>
    engine.evaluate(`[...(document.querySelector(${JSON.stringify(list)})?.querySelectorAll(${JSON.stringify(row)}) ?? [])].map((one) => [
    [...one.querySelectorAll('.fill')].reduce((sum, fill) => sum + fill.getBoundingClientRect().width, 0) / one.querySelector('.track').getBoundingClientRect().width,
    one.querySelector(${JSON.stringify(number)}).innerText])`);
  // a page that was away has its rows again a moment after it says that it is live
  await expect.poll(async () => (await look()).length, SOON).toBeGreaterThan(2);
  const found = await look();
  const numbers = found.map(([, words]) => read(words));
  const longest = Math.max(...numbers);
  found.forEach(([width, words], i) => {
    const due = (numbers[i] ?? 0) / longest;
    expect(Math.abs(width - due), `${words}: ${width}`).toBeLessThan(Math.max(0.012, NEAR * due));
  });
}
