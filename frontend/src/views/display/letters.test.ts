// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { lettersOf } from './letters';

/** Of what a font is called: Helvetica, Roboto, Segoe UI, DejaVu. */
const CAPITALS = [0.72, 0.711, 0.7, 0.729];

it.each([
  [1920, 1080],
  [2560, 1440],
  [3840, 2160],
  [1366, 768],
])('capital letters have 3.3 %% of the height at %s x %s', (width, height) => {
  for (const capital of CAPITALS)
    for (const view of ['flows', 'map', 'domains', 'devices'] as const)
      expect((lettersOf(view, { width, height }, 12) * capital) / height).toBeGreaterThanOrEqual(0.033);
});

it('a wall that stands upright has names that fit beside each other', () => {
  expect(lettersOf('map', { width: 1080, height: 1920 }, 12)).toBeLessThan(30);
});

it('more devices than have room in the flows are smaller, and nothing else is', () => {
  const wall = { width: 1920, height: 1080 };
  expect(lettersOf('flows', wall, 24)).toBeCloseTo(lettersOf('flows', wall, 12) / 2);
  expect(lettersOf('domains', wall, 24)).toBe(lettersOf('domains', wall, 12));
});
