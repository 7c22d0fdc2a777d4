// SPDX-License-Identifier: MIT
// The frames that the C encoder writes (tests/golden) mean what PROTOCOL.md says.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Reader } from './reader';

const folder = new URL('../../../tests/golden/format/', import.meta.url);
const frame = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));

/** What each frame leads to: the rows of the table things. */
const states: readonly { file: string; sequence: number; time: number; rows: unknown[][] }[] = [
  {
    file: '1-keyframe.bin',
    sequence: 41,
    time: 1500,
    rows: [
      [1, 1000, 1, -0, 'plain', '192.0.2.1', false, [], 4294967295],
      [2, 1001, 256, -0.5, '<b>äiti & 🐧', '2001:db8::1', true, ['item'], 4294967296],
      [3, 1002, 65536, -1, null, '198.51.100.200', false, ['item', 'item'], 4294967297],
    ],
  },
  {
    file: '2-delta.bin',
    sequence: 42,
    time: 2750,
    rows: [
      [1, 2750, 70001, -0, 'plain', '192.0.2.1', false, [], 4294967295],
      [2, 2750, 250, -0.5, 'other', '2001:db8::1', true, ['item'], 4294967296],
      [3, 2600, 65536, -1, null, '198.51.100.200', true, ['item'], 4294967296],
      [4, 1003, 16777216, -1.5, 'came', '203.0.113.7', true, ['item', 'item', 'item'], 4294967298],
    ],
  },
  {
    file: '3-heartbeat.bin',
    sequence: 43,
    time: 3750,
    rows: [
      [1, 2750, 70001, -0, 'plain', '192.0.2.1', false, [], 4294967295],
      [2, 2750, 250, -0.5, 'other', '2001:db8::1', true, ['item'], 4294967296],
      [3, 2600, 65536, -1, null, '198.51.100.200', true, ['item'], 4294967296],
      [4, 1003, 16777216, -1.5, 'came', '203.0.113.7', true, ['item', 'item', 'item'], 4294967298],
    ],
  },
  {
    file: '4-delta-gone.bin',
    sequence: 44,
    time: 4000,
    rows: [
      [2, 2750, 250, -0.5, 'other', '2001:db8::1', true, ['item'], 4294967296],
      [4, 1003, 16777216, -1.5, null, '203.0.113.7', true, ['item', 'item', 'item'], 4294967298],
      [5, 1004, 4294967296, -2, 'last', '::', false, ['item', 'item', 'item', 'item'], 4294967299],
    ],
  },
];

const ipv6 = new Map([
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['00000000000000000000000000000000', '::'],
]);

function plain(cell: unknown): unknown {
  if (!(cell instanceof Uint8Array)) return cell;
  return cell.length === 4 ? cell.join('.') : ipv6.get(Buffer.from(cell).toString('hex'));
}

function rows(reader: Reader): unknown[][] {
  const things = reader.tables[0];
  expect(things?.name).toBe('things');
  expect(things?.columns).toEqual(['active', 'count', 'degrees', 'name', 'address', 'flag', 'list', 'high_column']);
  const byId = [...(things?.rows.values() ?? [])].sort((a, b) => Number(a[0]) - Number(b[0]));
  return byId.map((cells) => cells.map(plain));
}

test('the golden frames lead from state to state', async () => {
  const reader = new Reader('golden-site', 'format');
  for (const state of states) {
    expect(await reader.accept(frame(state.file))).toBe('applied');
    expect(reader.sequence).toBe(state.sequence);
    expect(reader.time).toBe(state.time);
    expect(rows(reader)).toEqual(state.rows);
  }
  expect(reader.epoch).toEqual({ start: 1767225600000, random: 0xc0ffee });
});

test('the keyframe that follows is the state that the deltas led to', async () => {
  const reader = new Reader('golden-site', 'format');
  expect(await reader.accept(frame('5-keyframe-deflated.bin'))).toBe('applied');
  expect(reader.sequence).toBe(44);
  expect(rows(reader)).toEqual(states[3]?.rows);
  expect(reader.tables[1]?.name).toBe('none');
  expect(reader.tables[1]?.rows.size).toBe(0);
});
