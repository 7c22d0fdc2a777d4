// SPDX-License-Identifier: MIT
// What is drawn, in Firefox: it goes on being drawn, at every size, and without a word in the console.

import { beforeAll, describe, expect, it } from 'vitest';
import { Firefox } from '../harness/firefox';
import { PageServer } from '../harness/page-server';
import { sharedStage } from '../harness/stage';
import { builtPage } from './made';
import { Story } from './story';

const TICK = 250;
const stage = sharedStage();
const story = new Story();
let server: PageServer;
let firefox: Firefox;

beforeAll(async () => {
  server = await PageServer.open(builtPage(stage), { keyframe: () => story.keyframe() });
  const timer = setInterval(() => server.send(story.go(TICK, 6)), TICK);
  stage.onClose(() => {
    clearInterval(timer);
    return server.close();
  });
  firefox = await Firefox.open(stage);
}, 120_000);

interface Drawn {
  /** Whether the canvas is at the size of its box. */
  readonly fits: boolean;
  /** The part of its rows that have a dot, and what its dots come to. */
  readonly rows: number;
  readonly sum: number;
}

/** What a canvas shows, by copying it. */
const look = (selector: string): Promise<Drawn | null> =>
  firefox.evaluate<Drawn | null>(`new Promise((done) => requestAnimationFrame(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)});
    if (!canvas || canvas.width === 0 || canvas.height === 0) return done(null);
    const copy = document.createElement('canvas');
    const { width, height } = canvas;
    copy.width = width;
    copy.height = height;
    const context = copy.getContext('2d');
    context.drawImage(canvas, 0, 0);
    const dots = context.getImageData(0, 0, width, height).data;
    const box = canvas.getBoundingClientRect();
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
    const ratio = Math.min(2, devicePixelRatio);
    done({ fits: Math.abs(width / ratio - box.width) < 2, rows: rows / height, sum });
  }))`);

const SIZES = [
  { width: 390, height: 844 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

describe.each([
  ['flows', 'canvas.picture', 0.5],
  ['map', 'canvas.world-front', 0.2],
  ['display', '.view canvas', 0.3],
])('%s in Firefox', (view, canvas, least) => {
  it('is drawn at every size and goes on', async () => {
    for (const size of SIZES) {
      await firefox.show(`${server.url}?${size.width}#view=${view}`, size);
      await expect.poll(() => look(canvas), { timeout: 15_000 }).toMatchObject({ fits: true });
      await expect.poll(async () => (await look(canvas))?.rows ?? 0, { timeout: 15_000 }).toBeGreaterThan(least);
      const before = (await look(canvas))?.sum;
      await expect.poll(async () => (await look(canvas))?.sum, { timeout: 15_000 }).not.toBe(before);
    }
    // and while it is open
    await firefox.resize(1000, 700);
    await expect.poll(() => look(canvas), { timeout: 15_000 }).toMatchObject({ fits: true });
    // a page that is left while it connects says so, which is no fault
    expect(firefox.complaints.filter((text) => !text.includes('/feed'))).toEqual([]);
  });
});
