// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { isDue } from './wall-health';

const HOUR = 3_600_000;
const well = { now: 5 * HOUR, loadedAt: 0, liveAt: 5 * HOUR, failures: 0 };

it('leaves alone what is well', () => {
  expect(isDue(well)).toBe(false);
  expect(isDue({ ...well, liveAt: well.now - 60_000, failures: 2 })).toBe(false);
});

it('begins anew when the picture has been old for long, when a view keeps failing, and each night', () => {
  expect(isDue({ ...well, liveAt: well.now - 121_000 })).toBe(true);
  expect(isDue({ ...well, failures: 3 })).toBe(true);
  expect(isDue({ ...well, now: 21 * HOUR, liveAt: 21 * HOUR })).toBe(true);
});

it('does not do so again and again', () => {
  expect(isDue({ now: 100_000, loadedAt: 0, liveAt: -HOUR, failures: 9 })).toBe(false);
  expect(isDue({ now: 121_000, loadedAt: 0, liveAt: -HOUR, failures: 9 })).toBe(true);
});
