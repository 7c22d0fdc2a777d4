// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { fitted, lettersOf } from './letters';

/** Of what a font is called: Helvetica, Roboto, Segoe UI, DejaVu. */
const CAPITALS = [0.72, 0.711, 0.7, 0.729];

it.each([
  [1920, 1080],
  [2560, 1440],
  [3840, 2160],
  [1366, 768],
])('capital letters have 3.3 %% of the height at %s x %s', (width, height) => {
  for (const capital of CAPITALS)
    expect((fitted(lettersOf({ width, height }), 12) * capital) / height).toBeGreaterThanOrEqual(0.033);
});

it('a wall that stands upright has names that fit beside each other', () => {
  expect(lettersOf({ width: 1080, height: 1920 })).toBeLessThan(30);
});

it('more devices than have room below each other are smaller', () => {
  expect(fitted(50, 12)).toBe(50);
  expect(fitted(50, 24)).toBe(25);
  expect(fitted(50, 0)).toBe(50);
});
