// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { beginOf, momentOf, TURNS, turnsOf } from './wall-turns';

const turns = [
  { view: 'flows', lasts: 40 },
  { view: 'map', lasts: 60 },
] as const;

it('goes round', () => {
  expect(momentOf(turns, 0)).toEqual({ view: 'flows', index: 0, over: 0, left: 40 });
  expect(momentOf(turns, 39)).toMatchObject({ view: 'flows', left: 1 });
  expect(momentOf(turns, 40)).toEqual({ view: 'map', index: 1, over: 0, left: 60 });
  expect(momentOf(turns, 70)).toMatchObject({ view: 'map', over: 0.5 });
  expect(momentOf(turns, 100)).toMatchObject({ view: 'flows', index: 0 });
  expect(momentOf(turns, 1e12 + 45)).toMatchObject({ view: 'map' });
});

it('shows nothing without a view', () => {
  expect(momentOf([], 5)).toBe(null);
});

it('can begin with any of them', () => {
  expect(momentOf(turns, 1000 - beginOf(turns, 1, 1000))).toMatchObject({ view: 'map', over: 0 });
  expect(momentOf(turns, 1000 - beginOf(turns, 0, 1000))).toMatchObject({ view: 'flows', over: 0 });
});

it('leaves out what was looked up where that may not be seen', () => {
  expect(turnsOf({ lookupsTold: true })).toEqual(TURNS);
  expect(TURNS.filter((turn) => !turnsOf({ lookupsTold: false }).includes(turn)).map(({ view }) => view)).toEqual([
    'domains',
  ]);
});

it('gives each view long enough to be read', () => {
  for (const { lasts } of TURNS) expect(lasts).toBeGreaterThanOrEqual(20_000);
});
