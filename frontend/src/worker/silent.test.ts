// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { silentOf } from './silent';

it('a site is silent when nothing of it came for some seconds, not while it is still coming', () => {
  const heard = new Map([
    ['a', 9900],
    ['b', 9800],
  ]);
  expect(silentOf(['a', 'b'], heard, 10_000)).toEqual([]);
  expect(silentOf(['a', 'b'], heard.set('a', 14_000), 14_000)).toEqual(['b']);
  expect(silentOf(['a', 'c'], heard, 14_000)).toEqual(['c']);
});

it('of one site alone the status tells', () => {
  expect(silentOf(['a'], new Map(), 10_000)).toEqual([]);
  expect(silentOf([], new Map(), 10_000)).toEqual([]);
});
