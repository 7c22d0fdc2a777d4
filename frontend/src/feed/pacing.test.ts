// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { dice } from './dice';
import { DRAW, GLIDE, Pacer, SELECT, UPDATE, type Pace } from './pacing';

describe('Pacer', () => {
  it('lets the first run begin at once, and the next after its time', () => {
    const pacer = new Pacer({ every: 100, share: 1 });
    expect(pacer.wait(5)).toBe(0);
    pacer.ran(5, 20);
    expect(pacer.wait(30)).toBe(75);
    expect(pacer.wait(200)).toBe(0);
  });

  it('waits longer after what was expensive', () => {
    const pacer = new Pacer({ every: 0, share: 0.05 });
    pacer.ran(0, 10);
    expect(pacer.wait(0)).toBe(200);
  });
});

/** One stage: what comes waits for the next run, and is out when that has ended. */
function pass(arrivals: readonly number[], pace: Pace, cost: number): number[] {
  const pacer = new Pacer(pace);
  const out: number[] = [];
  for (let i = 0; i < arrivals.length;) {
    const begins = (arrivals[i] ?? 0) + pacer.wait(arrivals[i] ?? 0);
    pacer.ran(begins, cost);
    for (; i < arrivals.length && (arrivals[i] ?? 0) <= begins; i += 1) out.push(begins + cost);
  }
  return out;
}

/** A picture comes with the screen's next one, and the worker that draws asks for one of its own. */
const FRAMES = 2 * (1000 / 60);
/** A glide slows down: half of the way is done after this part of its time. */
const HALF_WAY = 1 - 0.5 ** (1 / 3);

/** From the kernel to the middle of the glide, sorted; each: milliseconds between two changes, in the mean. */
function delays(each: number, costs: { readonly select: number; readonly draw: number }): number[] {
  const roll = dice(11);
  const changes: number[] = [];
  for (let at = 0; at < 600_000; at += -Math.log(1 - roll()) * each) changes.push(at);
  // the collector gathers what is new for up to 40 ms: its option feed.flush
  const frames = pass(changes, { every: 40, share: 1 }, 1);
  const posted = pass(
    frames.map((at) => at + 3),
    UPDATE,
    2,
  );
  const selected = pass(posted, SELECT, costs.select);
  const drawn = pass(selected, DRAW, costs.draw);
  return drawn.map((at, i) => at + FRAMES + GLIDE * HALF_WAY - (changes[i] ?? 0)).sort((a, b) => a - b);
}

describe('from the kernel to the pixel', () => {
  const at = (list: readonly number[], part: number): number => list[Math.floor(list.length * part)] ?? Infinity;

  it.each([
    ['a quiet room', 3000, { select: 1, draw: 4 }],
    ['a household', 500, { select: 1, draw: 6 }],
  ])('%s: half within 150 ms, 99 of 100 within 400 ms', (_, each, costs) => {
    const list = delays(each, costs);
    expect(list.length).toBeGreaterThan(100);
    expect(at(list, 0.5)).toBeLessThanOrEqual(150);
    expect(at(list, 0.99)).toBeLessThanOrEqual(400);
  });

  it('a room with 5,000 conversations and ten new ones a second: 99 of 100 within 600 ms', () => {
    expect(at(delays(100, { select: 4, draw: 10 }), 0.99)).toBeLessThanOrEqual(600);
  });

  it('leaves the page its time, however much there is to draw', () => {
    for (const cost of [5, 50, 500]) {
      const runs = new Set(
        pass(
          Array.from({ length: 6000 }, (_, i) => i * 10),
          DRAW,
          cost,
        ),
      ).size;
      expect((runs * cost) / 60_000).toBeLessThanOrEqual(DRAW.share + 0.01);
    }
  });
});
