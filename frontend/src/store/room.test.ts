// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Cell } from '../feed/payload';
import { columnsOf } from '../feed/schema';
import { isLit, spotlightName, spotlightOf, timeLeft } from './room';
import { Store } from './store';
import { EVERYTHING } from './filter';

const names = (table: string): string[] => columnsOf(table).map(({ name }) => name);
const row = (table: string, id: number, values: Readonly<Record<string, Cell>>): Cell[] => [
  id,
  ...names(table).map((name) => values[name] ?? null),
];

function storeOf(tables: Readonly<Record<string, readonly Cell[][]>>): Store {
  const store = new Store();
  store.take({
    ...{ kind: 'update', topic: 'overview', site: 'home', epoch: '1-1', began: 0, time: 61_000 },
    ...{ whole: true, more: false, fresh: true },
    tables: Object.entries(tables).map(([name, rows]) => ({ name, columns: names(name), gone: [], rows })),
  });
  return store;
}

const HOME = {
  companies: [row('companies', 4, { name: 'Wide Video' })],
  devices: [row('devices', 7, { alias: 'Mila' })],
};

it('is nothing where an older collector says nothing', () => {
  const { room, marks } = storeOf({}).select(EVERYTHING);
  expect([room, marks, spotlightOf(room), spotlightName(room)]).toEqual([null, [], null, '']);
});

it('is what the row says, with what it refers to', () => {
  const { room, marks } = storeOf({
    ...HOME,
    room: [row('room', 1, { round: 'Quiet', round_since: 1000, round_until: 91_000, device: 7, names_locked: true })],
    marks: [row('marks', 2, { at: 5, text: 'Later' }), row('marks', 1, { at: 3, text: 'First' })],
  }).select(EVERYTHING);
  expect(room).toMatchObject({ round: 'Quiet', roundUntil: 91_000, frozen: null, view: null, namesLocked: true });
  expect(marks.map(({ text }) => text)).toEqual(['First', 'Later']);
  expect(spotlightName(room)).toBe('Mila');
  expect(spotlightOf(room)).toEqual({ kind: 'device', device: 7 });
});

it('is of the site where something goes on, where several are shown', () => {
  const { room } = storeOf({
    ...HOME,
    room: [row('room', 1, {}), row('room', 2, { company: 4 })],
  }).select(EVERYTHING);
  expect(spotlightOf(room)).toEqual({ kind: 'group', by: 'company', key: 'Wide Video' });
});

it('has a timer that ends at nothing', () => {
  expect([90_000, 91_000, 95_000].map((now) => timeLeft({ roundUntil: 91_000 }, now))).toEqual([1000, 0, 0]);
  expect(timeLeft({ roundUntil: null }, 5)).toBeNull();
});

it('lights what is of the device or the company alone', () => {
  const lit = (spotlight: Parameters<typeof isLit>[0]): boolean =>
    isLit(
      spotlight,
      (id) => id === 7,
      (name) => name === 'Wide Video',
    );
  expect(lit(null)).toBe(false);
  expect(lit({ kind: 'device', device: 7 })).toBe(true);
  expect(lit({ kind: 'device', device: 8 })).toBe(false);
  expect(lit({ kind: 'group', by: 'company', key: 'Wide Video' })).toBe(true);
  expect(lit({ kind: 'group', by: 'company', key: 'Ad Firm' })).toBe(false);
});
