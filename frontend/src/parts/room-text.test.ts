// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { clockText, hourText } from './room-text';

it('says how much is left, and nothing only when nothing is', () => {
  expect([0, 1, 1000, 59_001, 187_000, 3_787_000].map(clockText)).toEqual([
    '0:00',
    '0:01',
    '0:01',
    '1:00',
    '3:07',
    '1:03:07',
  ]);
});

it('says when a moment of the feed was, by the clock on the wall', () => {
  const date = new Date(2026, 3, 1, 14, 5).getTime();
  expect(hourText(1_000, { now: 61_000, date: date + 60_000 }, 'en')).toBe('14:05');
  expect(hourText(-60_000, { now: 0, date }, 'fi')).toBe('14.04');
});
