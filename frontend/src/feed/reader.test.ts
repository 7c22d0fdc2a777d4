// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { encodeFrame, type FrameSpec } from './encode';
import { VERSION } from './limits';
import { Reader } from './reader';

const tables = [
  [
    'devices',
    ['~active', '+up', 'alias'],
    [
      [1, 10, 100, 'Aino'],
      [2, 20],
    ],
  ],
  ['other', ['value'], []],
];
const keyframe = (sequence: number, more: Partial<FrameSpec> = {}): Uint8Array =>
  encodeFrame({ kind: 'keyframe', sequence, payload: tables, ...more });
const delta = (sequence: number, payload: unknown = [], more: Partial<FrameSpec> = {}): Uint8Array =>
  encodeFrame({ kind: 'delta', sequence, payload, ...more });

async function started(): Promise<Reader> {
  const reader = new Reader('home', 'overview');
  expect(await reader.accept(keyframe(5))).toBe('applied');
  return reader;
}

const rows = (reader: Reader, table = 0): unknown[] => [...(reader.tables[table]?.rows.values() ?? [])];

describe('Reader', () => {
  it('takes a keyframe, deflated or not', async () => {
    const reader = await started();
    expect(reader.tables[0]?.columns).toEqual(['active', 'up', 'alias']);
    expect(rows(reader)).toEqual([
      [1, 10, 100, 'Aino'],
      [2, 20],
    ]);
    const other = new Reader('home', 'overview');
    expect(await other.accept(keyframe(5, { deflate: true }))).toBe('applied');
    expect(rows(other)).toEqual(rows(reader));
  });

  it('adds to counters, sets their time, and replaces all else', async () => {
    const reader = await started();
    expect(await reader.accept(delta(6, [[0, [], [], [1, 0b010, 11, 1, 0b100, 'Onni']]], { time: 777 }))).toBe(
      'applied',
    );
    expect(rows(reader)).toEqual([
      [1, 777, 111, 'Aino'],
      [2, 20, null, 'Onni'],
    ]);
    expect(await reader.accept(delta(7, [[0, [], [], [2, 0b010, 5]]], { time: 888 }))).toBe('applied');
    expect(rows(reader)[1]).toEqual([2, 888, 5, 'Onni']);
    expect(await reader.accept(delta(8, [[0, [], [], [1, 0b011, 500, -1]]], { time: 999 }))).toBe('applied');
    expect(rows(reader)[0]).toEqual([1, 500, 110, 'Aino']);
    expect(reader.time).toBe(999);
  });

  it('takes gone, then rows, then changes', async () => {
    const reader = await started();
    expect(
      await reader.accept(
        delta(
          6,
          [
            [0, [1, 1], [[7, 1, 1, 'new'], [9]], [7, 0b100, 'changed', 2, 0b010, 4]],
            [1, [], [[1, 'x']]],
          ],
          { time: 60 },
        ),
      ),
    ).toBe('applied');
    expect(rows(reader)).toEqual([
      [7, 1, 1, 'changed'],
      [9, 60, 4],
    ]);
    expect(rows(reader, 1)).toEqual([[1, 'x']]);
  });

  it('skips what it has: old deltas and keyframes of where it is', async () => {
    const reader = await started();
    const { generation } = reader;
    expect(await reader.accept(delta(5, [[0, [1]]]))).toBe('skipped');
    expect(await reader.accept(keyframe(5))).toBe('skipped');
    expect(await reader.accept(keyframe(4))).toBe('skipped');
    expect(reader.generation).toBe(generation);
    expect(await reader.accept(delta(6))).toBe('applied');
  });

  it('jumps with a later keyframe', async () => {
    const reader = await started();
    expect(await reader.accept(keyframe(50))).toBe('applied');
    expect(await reader.accept(delta(51))).toBe('applied');
  });

  it('says when it is lost, and is whole again with the next keyframe, even one of before', async () => {
    const reader = await started();
    expect(await reader.accept(delta(7))).toBe('lost');
    expect(reader.whole).toBe(false);
    expect(await reader.accept(delta(8))).toBe('lost');
    expect(await reader.accept(keyframe(4))).toBe('applied');
    expect(await reader.accept(delta(5))).toBe('applied');
  });

  it('needs a keyframe first', async () => {
    expect(await new Reader('home', 'overview').accept(delta(1))).toBe('lost');
  });

  it('goes with the newer epoch, and only with a keyframe', async () => {
    const reader = await started();
    expect(await reader.accept(delta(6, [], { epochRandom: 6 }))).toBe('skipped');
    expect(await reader.accept(delta(6, [], { epochRandom: 8 }))).toBe('lost');
    expect(await reader.accept(keyframe(0, { epochRandom: 8 }))).toBe('applied');
    expect(await reader.accept(delta(1, [], { epochRandom: 8 }))).toBe('applied');
    expect(await reader.accept(delta(6))).toBe('skipped');
  });

  it('follows the broadcaster to an older epoch, since a clock may have been set back', async () => {
    const reader = await started();
    expect(await reader.accept(keyframe(90, { epochStart: 1_600_000_000_000 }))).toBe('applied');
    expect(await reader.accept(delta(91, [], { epochStart: 1_600_000_000_000 }))).toBe('applied');
  });

  it('takes any epoch after a new connection, since a clock may have been set back', async () => {
    const reader = await started();
    reader.forget();
    expect(await reader.accept(keyframe(1, { epochStart: 5 }))).toBe('applied');
  });

  it('drops what was cut off and carries on', async () => {
    const reader = await started();
    expect(await reader.accept(keyframe(6).subarray(0, 80))).toBe('dropped');
    expect(reader.whole).toBe(true);
    expect(await reader.accept(delta(6))).toBe('applied');
  });

  it('drops the frames of other sites and topics', async () => {
    const reader = await started();
    expect(await reader.accept(delta(6, [], { site: 'away' }))).toBe('dropped');
    expect(await reader.accept(delta(6, [], { topic: 'connections' }))).toBe('dropped');
  });

  it('says when the collector is newer', async () => {
    expect(await (await started()).accept(delta(6, [], { version: VERSION + 1 }))).toBe('newer');
  });

  it.each([
    ['an unknown table', [[9, [1]]]],
    ['a row that is not there going', [[0, [3]]]],
    ['a row that is not there changing', [[0, [], [], [3, 1, 1]]]],
    ['a row that is there already', [[0, [], [[1]]]]],
    ['an id of 0', [[0, [], [[0, 1]]]]],
    ['an id that is no number', [[0, [], [['x', 1]]]]],
    ['an id beyond 32 bits', [[0, [0xffffffff, 1]]]],
    ['a mask with no such column', [[0, [], [], [1, 0b1000, 1]]]],
    ['a mask without its values', [[0, [], [], [1, 0b101, 1]]]],
    ['a counter that is a text', [[0, [], [], [1, 0b010, 'x']]]],
    ['a payload that is no array', 7],
    ['a payload that is no msgpack', Uint8Array.of(0xc1)],
  ])('is lost after a delta with %s', async (_what, payload) => {
    const reader = await started();
    expect(await reader.accept(delta(6, payload))).toBe('lost');
    expect(reader.whole).toBe(false);
    expect(reader.fault).not.toBe('');
    expect(await reader.accept(keyframe(6))).toBe('applied');
  });

  it.each([
    ['no array', 1],
    ['a table without a name', [[1, [], []]]],
    ['columns that are no array', [['a', 1, []]]],
    ['a column that is a number', [['a', [1], []]]],
    ['the same id twice', [['a', ['b'], [[1], [1]]]]],
    ['too many tables', Array.from({ length: 65 }, () => ['a', [], []])],
    ['too many columns', [['a', Array.from({ length: 65 }, () => 'b'), []]]],
  ])('refuses a keyframe with %s', async (_what, payload) => {
    expect(await new Reader('home', 'overview').accept(encodeFrame({ kind: 'keyframe', sequence: 1, payload }))).toBe(
      'lost',
    );
  });

  it('survives random payloads and random damage', async () => {
    for (let round = 0; round < 3000; round += 1) {
      const reader = await started();
      const frame = delta(6, [[0, [1], [[7, 1, 2, 'x']], [7, 0b111, 1, 2, 'y']]], { deflate: round % 2 === 0 });
      for (let n = 0; n < 1 + (round % 4); n += 1) {
        const from = round % 3 === 0 ? 0 : 62;
        frame[from + Math.floor(Math.random() * (frame.length - from))] = Math.floor(Math.random() * 256);
      }
      expect(['applied', 'skipped', 'dropped', 'lost', 'newer']).toContain(await reader.accept(frame));
    }
  });
});
