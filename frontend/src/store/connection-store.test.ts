// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Update } from '../feed/update';
import type { Cells } from '../feed/table';
import { ConnectionStore } from './connection-store';
import { FADE } from './freshness';
import type { Conversation } from './rows';
import { sampleConversation, sampleDevice, sampleRemote } from './sample';

const COLUMNS = [
  'active',
  'state',
  'status',
  'orig_bytes',
  'conversation',
  'kernel_id',
  'protocol',
  'orig_src',
  'orig_dst',
  'orig_sport',
  'orig_dport',
];

function update(time: number, rows: Cells[], more: Partial<Update> & { readonly gone?: number[] } = {}): Update {
  const { gone = [], ...rest } = more;
  const tables = [{ name: 'connections', columns: COLUMNS, rows, gone }];
  return {
    kind: 'update',
    topic: 'connections',
    site: 'home',
    epoch: 'one',
    began: 1_700_000_000_000,
    time,
    whole: false,
    more: false,
    fresh: true,
    tables,
    ...rest,
  };
}

function row(id: number, bytes: number | null, conversation: number | null = 4): Cells {
  return [
    id,
    900,
    'ESTABLISHED',
    14,
    bytes,
    conversation,
    777,
    6,
    Uint8Array.of(192, 168, 1, 5),
    Uint8Array.of(192, 0, 2, 1),
    4000,
    443,
  ];
}

it('keeps one row for each entry, with what it belongs to', () => {
  const known = new Map<number, Conversation>();
  const store = new ConnectionStore((id) => (id === null ? null : (known.get(id) ?? null)));
  expect(store.ready).toBe(false);
  expect(store.take(update(1000, [row(1, 10)], { whole: true, more: true }))).toBe(false);
  expect(store.take(update(1000, [row(2, null, null)]))).toBe(true);
  expect(store.rows.map((one) => [one.id, one.kernelId, one.origBytes, one.conversation])).toEqual([
    [1, 777, 10, null],
    [2, 777, null, null],
  ]);
  expect(store.rows[0]).toMatchObject({
    origSource: '192.168.1.5',
    origTarget: '192.0.2.1',
    origTargetPort: 443,
    replySource: null,
    state: 'ESTABLISHED',
  });

  // the overview tells of the conversation later
  const talk = sampleConversation(sampleDevice('Aino'), sampleRemote());
  known.set(4, talk);
  expect(store.rows[0]?.conversation).toBe(talk);

  store.take(update(2000, [row(1, 50)], { gone: [2] }));
  expect(store.rows.map((one) => [one.origBytes, one.gone])).toEqual([
    [50, null],
    [null, 2000],
  ]);
  store.take(update(2001 + FADE, []));
  expect(store.rows.map((one) => one.id)).toEqual([1]);
  expect(store.now).toBe(2001 + FADE);

  store.take(update(5, [row(1, 1)], { whole: true, epoch: 'two' }));
  expect(store.rows.map((one) => one.origBytes)).toEqual([1]);
});

it('lets what ended go although one of two sites says nothing more', () => {
  const store = new ConnectionStore(() => null);
  const lab = { site: 'lab' };
  store.take(update(1000, [row(1, 1)], { whole: true, more: true }));
  store.take(update(1000, [row(2, 1)], lab));
  store.take(update(10_000, [], lab));
  expect(store.now).toBe(10_000);
  // the clock of the silent one stands still, and that of the page does not go back
  store.take(update(2000, [row(1, 2)]));
  expect(store.now).toBe(10_000);
  store.take(update(11_000, [], { ...lab, gone: [2] }));
  store.take(update(3000, [], {}));
  store.take(update(11_001 + FADE, [], lab));
  expect(store.rows.map((one) => one.id)).toEqual([1]);
  // another epoch has another clock
  store.take(update(5, [row(1, 1)], { whole: true, epoch: 'two' }));
  expect(store.now).toBe(5);
});
