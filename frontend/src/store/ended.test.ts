// SPDX-License-Identifier: MIT
// Conversations that have ended: short ones are shown like all else, and a session goes on counting them, one by one or in sums.

import { beforeEach, describe, expect, it } from 'vitest';
import { cells, type Named } from '../feed/cells';
import { columnsOf, type TableName } from '../feed/schema';
import type { Cells } from '../feed/table';
import type { TableUpdate, Update } from '../feed/update';
import { EVERYTHING, type Filter } from './filter';
import { FADE } from './freshness';
import { summarise } from './summary';
import { Store } from './store';

function table(name: TableName, rows: readonly Cells[], gone: readonly number[] = []): TableUpdate {
  return { name, columns: columnsOf(name).map((column) => column.name), rows: [...rows], gone: [...gone] };
}

function update(time: number, tables: TableUpdate[], more: Partial<Update> = {}): Update {
  const rest = { began: 1_700_000_000_000, whole: false, more: false, fresh: true };
  return { kind: 'update', topic: 'overview', site: 'home', epoch: 'one', time, tables, ...rest, ...more };
}

const START = 1000;

const talk = (id: number, values: Named<'conversations'> = {}): Cells =>
  cells('conversations', id, {
    ...{ active: START, seen: 500, device: 1, remote: 1, protocol: 6, port: 443, open: 1, connecting: 0, total: 1 },
    ...{ up_bytes: 10, down_bytes: 90, up_packets: 2, down_packets: 3, company: 1, category: 'video' },
    ...values,
  });
/** Closed, and answered. */
const short = (id: number, values: Named<'conversations'> = {}): Cells => talk(id, { open: 0, ...values });

const sum = (id: number, values: Named<'sums'> = {}): Cells =>
  cells('sums', id, {
    ...{
      active: START,
      seen: 400,
      device: 1,
      company: 1,
      country: 'FI',
      category: 'video',
      conversations: 2,
      total: 3,
    },
    ...{ up_bytes: 100, down_bytes: 900, up_packets: 20, down_packets: 30 },
    ...values,
  });

/** The sum that is of the second name. */
const OF_B = 7;

function started(tables: TableUpdate[]): Store {
  const store = new Store();
  const rest = [
    table('companies', [cells('companies', 1, { name: 'Example Oy' })]),
    table('networks', [cells('networks', 1, { asn: 64500, name: 'Example Networks' })]),
    table('devices', [
      cells('devices', 1, { alias: 'Aino', seen: 10 }),
      cells('devices', 2, { alias: 'Onni', seen: 10 }),
    ]),
    table('remotes', [cells('remotes', 1, { address: Uint8Array.of(192, 0, 2, 7), network: 1 })]),
  ];
  store.take(update(START, [...rest, ...tables], { whole: true }));
  const names = [
    table('names', [
      cells('names', 1, { name: 'www.a.example', domain: 'a.example', company: 1, category: 'video' }),
      cells('names', 2, { name: 'b.example' }),
    ]),
    table(
      'conversation_names',
      [1, 2].map((id) => cells('conversation_names', id, { name: 1 })),
    ),
    table('sum_names', [cells('sum_names', OF_B, { name: 2 })]),
  ];
  store.take(update(START, names, { whole: true, topic: 'lookups' }));
  return store;
}

describe('a short connection', () => {
  let store: Store;
  const shown = (filter: Filter = EVERYTHING): number[] => store.select(filter).conversations.map(({ id }) => id);
  const go = (time: number, ...rows: Cells[]): void =>
    void store.take(update(time, rows.length === 0 ? [] : [table('conversations', rows)]));
  beforeEach(() => {
    store = started([]);
    shown();
  });

  it('is in the picture, the counts and the filters for some seconds after its last activity', () => {
    go(5000, short(1, { active: 4800 }));
    expect(shown()).toEqual([1]);
    expect(store.select(EVERYTHING).conversations[0]?.gone).toBe(4800);
    expect(summarise(store.select(EVERYTHING))).toMatchObject({ devices: 1, destinations: 1 });
    expect(shown({ ...EVERYTHING, kind: 'video' })).toEqual([1]);
    expect(shown({ ...EVERYTHING, kind: 'news' })).toEqual([]);
    expect(shown({ ...EVERYTHING, find: 'a.example' })).toEqual([1]);
    go(4800 + FADE);
    expect(shown()).toEqual([1]);
    go(4801 + FADE);
    expect(shown()).toEqual([]);
  });

  it('that comes again and again stays, as fresh as the last', () => {
    for (let second = 0; second < 20; second += 1) {
      const time = 5000 + second * 1000;
      const moved = { active: time - 100, total: second + 1, down_packets: 3 * second + 3 };
      go(time, short(1, moved));
      expect(store.select(EVERYTHING).conversations[0]?.gone).toBe(time - 100);
      // the next is being made when one looks, as it always is
      go(time + 400, short(1, { ...moved, active: time + 300, connecting: 1, total: second + 2 }));
      expect(shown()).toEqual([1]);
    }
  });

  it('is not one that is only being made, whatever there was before', () => {
    go(5000, short(1, { active: 5000, connecting: 1, up_packets: 1, down_packets: 0 }));
    expect(shown()).toEqual([]);
    go(5000, short(2, { active: 1000, total: 5 }));
    go(6000, short(2, { active: 6000, total: 6, connecting: 1 }));
    expect(shown()).toEqual([]);
    go(7000, short(2, { active: 7000, total: 6, down_packets: 9 }));
    expect(shown()).toEqual([2]);
  });

  it('is not one that nobody answered, where packets are counted', () => {
    go(5000, short(1, { active: 5000, down_packets: 0 }), short(2, { active: 5000, up_packets: 0, down_packets: 0 }));
    expect(shown()).toEqual([2]);
  });

  it('is there as well for who comes just then', () => {
    store = started([table('conversations', [short(1, { active: START - 3000 }), short(2, { active: START - 5000 })])]);
    expect(shown()).toEqual([1]);
  });
});

describe('a session', () => {
  const bytes = (store: Store, key: string, by: 'company' | 'domain' = 'company'): number | undefined => {
    const group = store.select(EVERYTHING).groups(by).all.get(key);
    return group && group.upBytes + group.downBytes;
  };

  it('counts what has ended, and what is kept as a sum only', () => {
    const store = started([
      table('conversations', [talk(1), short(2, { active: -900_000 })]),
      table('sums', [sum(1), sum(2, { device: 2 }), sum(3, { device: null }), sum(4, { company: null, network: 1 })]),
    ]);
    expect(bytes(store, 'Example Oy')).toBe(3200);
    expect(bytes(store, 'Example Networks')).toBe(1000);
    expect(store.select(EVERYTHING).sums).toMatchObject([
      {
        device: { alias: 'Aino' },
        company: { name: 'Example Oy' },
        country: 'FI',
        category: 'video',
        conversations: 2,
      },
      { device: { alias: 'Onni' } },
      { device: null },
      { network: { name: 'Example Networks' } },
    ]);
  });

  it('counts once what becomes part of a sum', () => {
    const store = started([table('conversations', [talk(1), short(2)]), table('sums', [])]);
    expect(bytes(store, 'Example Oy')).toBe(200);
    const folded = sum(1, { conversations: 1, total: 1, up_bytes: 10, down_bytes: 90 });
    store.take(update(2000, [table('conversations', [], [2]), table('sums', [folded])]));
    expect(bytes(store, 'Example Oy')).toBe(200);
    expect(bytes(store, 'a.example', 'domain')).toBe(100);
    store.take(update(3000, [table('sums', [sum(1, { conversations: 2, up_bytes: 20, down_bytes: 180 })])]));
    expect(bytes(store, 'Example Oy')).toBe(300);
    store.take(update(4000, [table('sums', [sum(2, { device: null })], [1])]));
    expect(bytes(store, 'Example Oy')).toBe(1100);
  });

  it('is filtered by device, kind and words, and has talked with whom it has whatever the filter', () => {
    const store = started([
      table('conversations', [short(1)]),
      table('sums', [sum(1), sum(OF_B, { device: 2, category: null, company: null }), sum(8, { device: null })]),
    ]);
    const left = (filter: Partial<Filter>): number[] =>
      store.select({ ...EVERYTHING, ...filter }).sums.map(({ id }) => id);
    expect(left({ only: { kind: 'alias', alias: 'Onni' } })).toEqual([OF_B]);
    expect(left({ kind: 'video' })).toEqual([1, 8]);
    expect(left({ find: 'b.exam' })).toEqual([OF_B]);
    expect(left({ find: 'onni' })).toEqual([OF_B]);
    const onni = store.select({ ...EVERYTHING, only: { kind: 'alias', alias: 'Onni' } });
    expect([...onni.groups('company').all.keys()]).toEqual(['b.example']);
    expect([...onni.allGroups('company').all.keys()].sort()).toEqual(['Example Oy', 'b.example']);
    expect(store.select(EVERYTHING).categories).toEqual(['video']);
  });

  it('reads what makes no sense as unknown', () => {
    const store = started([table('sums', [sum(1, { country: 'Finland', category: 'later', company: 99 })])]);
    expect(store.select(EVERYTHING).sums[0]).toMatchObject({ country: null, category: 'other', company: null });
  });
});

it('what ended while nobody looked is not shown as if it had just ended', () => {
  const ids = (of: Store): number[] => of.select(EVERYTHING).conversations.map(({ id }) => id);
  const store = started([table('conversations', [talk(1), talk(2), talk(3)])]);
  expect(ids(store)).toEqual([1, 2, 3]);
  const back = 3_600_000;
  const rows = [short(1, { active: 5000 }), short(2, { active: back - 1000 }), talk(9, { active: back })];
  const rest = [
    table('devices', [cells('devices', 1, { alias: 'Aino', seen: 10 })]),
    table('remotes', [cells('remotes', 1, { address: Uint8Array.of(192, 0, 2, 7) })]),
  ];
  store.take(update(back, [...rest, table('conversations', rows)], { whole: true }));
  expect(ids(store)).toEqual([2, 9]);
  expect(store.select(EVERYTHING).devices.map(({ alias }) => alias)).toEqual(['Aino']);
});
