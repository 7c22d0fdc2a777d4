// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { FADE, heat, IDLE, presence } from './freshness';
import { Rate } from './rate';

it('cools steadily from 1 to 0, and is half way at the end of the hot span', () => {
  const ages = [-5, 0, 1000, 5000, 9999, 10_000, 20_000, 60_000, 200_000, IDLE];
  const heats = ages.map((age) => heat(age));
  expect(heats[1]).toBe(1);
  expect(heats[5]).toBeCloseTo(0.5);
  expect(heats.at(-1)).toBeCloseTo(0);
  expect(heats).toEqual([...heats].sort((a, b) => b - a));
  expect(heat(10 * IDLE)).toBe(0);
});

it('fades what has gone', () => {
  expect(presence(null, 1e9)).toBe(1);
  expect(presence(1000, 1000)).toBe(1);
  expect(presence(1000, 1000 + FADE / 2)).toBeCloseTo(0.5);
  expect(presence(1000, 1e9)).toBe(0);
});

it('measures a steady rate as what it is, whatever the rhythm, and forgets a burst', () => {
  for (const rhythm of [100, 1000]) {
    const rate = new Rate();
    for (let now = 0; now <= 60_000; now += rhythm) rate.add(rhythm * 2, now);
    expect(rate.get(60_000)).toBeGreaterThan(1600);
    expect(rate.get(60_000)).toBeLessThan(2500);
    expect(rate.get(100_000)).toBe(0);
  }
  const corrected = new Rate();
  corrected.add(-500, 0);
  expect(corrected.get(0)).toBe(0);
});

it('knows a steady rate soon after the first total, and does not take what came in a minute for what came now', () => {
  const young = new Rate();
  young.begin(10_000);
  for (let now = 11_000; now <= 13_000; now += 1000) {
    young.add(2000, now, now - 100);
    expect(young.get(now)).toBeGreaterThan(1800);
    expect(young.get(now)).toBeLessThan(2800);
  }
  const late = new Rate();
  late.begin(10_000);
  late.add(60 * 2000, 70_000, 10_000);
  expect(late.get(70_000)).toBeCloseTo(2000, -1);
  const over = new Rate();
  over.add(60 * 2000, 70_000, 10_000, 40_000);
  expect(over.get(70_000)).toBeLessThan(5);
});
