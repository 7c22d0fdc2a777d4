// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { SETTLED, SettledHeight } from './use-settled-height';

it('grows at once, and gives room back only when it was not needed for long', () => {
  const settled = new SettledHeight();
  expect(settled.see(800, 40, 0)).toBe(40);
  expect(settled.see(800, 68, 100)).toBe(68);
  expect(settled.see(800, 40, 200)).toBe(68);
  expect(settled.see(800, 40, 199 + SETTLED)).toBe(68);
  expect(settled.see(800, 40, 200 + SETTLED)).toBe(40);
});

it('does not go to and fro with what goes to and fro because of it', () => {
  const settled = new SettledHeight();
  const kept = Array.from({ length: 100 }, (_, i) => settled.see(800, i % 2 ? 40 : 68, i * 1000));
  expect(new Set(kept)).toEqual(new Set([68]));
});

it('begins anew at another width', () => {
  const settled = new SettledHeight();
  settled.see(320, 200, 0);
  expect(settled.see(1366, 40, 1)).toBe(40);
});
