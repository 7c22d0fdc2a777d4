// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Update } from '../feed/update';
import type { Cells } from '../feed/table';
import { PastStore } from './past';
import type { Device } from './rows';
import { sampleDevice } from './sample';

const COLUMNS = {
  kept: ['hours', 'full'],
  past_devices: ['device', 'alias'],
  parties: ['company', 'name', 'network', 'asn', 'special', 'category', 'country'],
  spans: ['at', 'minutes', 'watched'],
  events: ['at', 'kind', 'device', 'party', 'amount', 'text', 'first', 'more'],
} as const;

type Rows = { readonly [Name in keyof typeof COLUMNS]?: Cells[] };

function update(rows: Rows, more: Partial<Update> = {}, gone: readonly number[] = []): Update {
  const tables = Object.entries(rows).map(([name, list]) => ({
    name,
    columns: COLUMNS[name as keyof typeof COLUMNS],
    rows: list,
    gone: name === 'events' ? gone : [],
  }));
  const usual = { kind: 'update', topic: 'history', site: 'home', epoch: 'one', began: 0, time: 900_000 } as const;
  return { ...usual, whole: false, more: false, fresh: true, tables, ...more };
}

const event = (
  id: number,
  at: number,
  kind = 'back',
  device: number | null = 1,
  party: number | null = null,
): Cells => [...[id, at, kind, device, party, null, null, false, 0]];
const STATE: Rows = {
  kept: [[1, 24, 0]],
  past_devices: [[1, 7, 'Ann']],
  parties: [[1, 'Tuya', null, null, null, null, 'smart-home', 'CN']],
  spans: [[1, 0, 1, 60_000]],
  events: [event(1, 100), event(2, 300, 'country', 1, 1), event(3, 200)],
};

describe('what happened', () => {
  const devices = new Map<number, Device>();
  const made = (): PastStore => new PastStore((id) => devices.get(id ?? 0) ?? null);

  it('is the newest first, with whom it was, who may be known later', () => {
    const store = made();
    // of what was followed before
    expect(store.take(update({ events: [event(9, 900)] }))).toBe(false);
    expect(store.take(update(STATE, { whole: true }))).toBe(true);
    expect(store.hours).toBe(24);
    expect(store.events.map(({ id }) => id)).toEqual([2, 3, 1]);
    const [first] = store.events;
    expect(first).toMatchObject({ kind: 'country', party: { company: 'Tuya', country: 'CN', category: 'smart-home' } });
    expect(first?.device).toMatchObject({ alias: 'Ann', here: null });
    const ann = sampleDevice('Ann', { id: 7 });
    devices.set(7, ann);
    expect(first?.device?.here).toBe(ann);
  });

  it('takes what comes and what goes, at once', () => {
    const store = made();
    store.take(update(STATE, { whole: true }));
    store.take(update({ events: [event(4, 400, 'left')] }, {}, [2]));
    expect(store.events.map(({ id }) => id)).toEqual([4, 3, 1]);
  });

  it('forgets what a new state has not, and everything of another epoch', () => {
    const store = made();
    store.take(update(STATE, { whole: true }));
    store.take(update({ ...STATE, events: [event(3, 200)] }, { whole: true }));
    expect(store.events.map(({ id }) => id)).toEqual([3]);
    store.take(update({ kept: [[1, 0, 0]], events: [] }, { whole: true, epoch: 'two' }));
    expect([store.events, store.hours]).toEqual([[], 0]);
  });

  it('shows nothing before the last part', () => {
    const store = made();
    expect(store.take(update({ ...STATE, events: [event(1, 100)] }, { whole: true, more: true }))).toBe(false);
    expect(store.take(update({ events: [event(2, 300)] }))).toBe(true);
    expect(store.events.map(({ id }) => id)).toEqual([2, 1]);
  });

  it('leaves out what only a later page knows, and a country that is none', () => {
    const store = made();
    const parties: Cells[] = [[1, 'Tuya', null, null, null, null, 'nonsense', '<b>']];
    store.take(
      update({ ...STATE, parties, events: [event(1, 100, 'eclipse'), event(2, 90, 'call', 1, 1)] }, { whole: true }),
    );
    expect(store.events.map(({ id }) => id)).toEqual([2]);
    expect(store.events[0]?.party).toMatchObject({ country: null, category: 'other' });
  });
});
