// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { encodeFrame } from './encode';
import type { Update } from './update';
import { Outbox } from './outbox';
import { Reader } from './reader';

const keyframe = (sequence: number, rows: unknown[]): Uint8Array =>
  encodeFrame({
    kind: 'keyframe',
    sequence,
    payload: [
      ['a', ['+n'], rows],
      ['b', ['x'], [[1, 'x']]],
    ],
  });

const take = (outbox: Outbox, reader: Reader): Update[] => [...outbox.take(reader, true)];

it('tells everything first, and then what was touched alone', async () => {
  const reader = new Reader('home', 'overview');
  const outbox = new Outbox();
  expect(take(outbox, reader)).toEqual([]);
  await reader.accept(
    keyframe(1, [
      [1, 5],
      [2, 6],
    ]),
  );
  const [first] = take(outbox, reader);
  expect(first).toMatchObject({ whole: true, more: false, time: 1000 });
  expect(first?.tables.map((table) => table.rows)).toEqual([
    [
      [1, 5],
      [2, 6],
    ],
    [[1, 'x']],
  ]);

  await reader.accept(encodeFrame({ kind: 'delta', sequence: 2, payload: [[0, [2], [[3, 1]], [1, 1, 4]]] }));
  await reader.accept(encodeFrame({ kind: 'delta', sequence: 3, payload: [[0, [], [], [1, 1, 1]]] }));
  const [second] = take(outbox, reader);
  expect(second).toMatchObject({ whole: false, more: false, time: 3000 });
  expect(second?.tables).toHaveLength(1);
  expect(second?.tables[0]?.gone).toEqual([2]);
  expect(second?.tables[0]?.rows).toEqual([
    [3, 1],
    [1, 10],
  ]);
  expect(take(outbox, reader)[0]?.tables).toEqual([]);

  outbox.again();
  expect(take(outbox, reader)[0]).toMatchObject({ whole: true });
  await reader.accept(keyframe(9, [[1, 5]]));
  expect(take(outbox, reader)[0]).toMatchObject({ whole: true });
});

it('sends much in parts that together are all of it', async () => {
  const reader = new Reader('home', 'overview');
  await reader.accept(
    keyframe(
      1,
      Array.from({ length: 5001 }, (_, i) => [i + 1, i]),
    ),
  );
  const parts = take(new Outbox(), reader);
  expect(parts.map((part) => [part.whole, part.more])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  const ids = parts.flatMap((part) =>
    part.tables.filter((table) => table.name === 'a').flatMap((table) => table.rows.map((row) => row[0])),
  );
  expect(ids).toEqual(Array.from({ length: 5001 }, (_, i) => i + 1));
  expect(
    Math.max(...parts.map((part) => part.tables.reduce((sum, table) => sum + table.rows.length, 0))),
  ).toBeLessThanOrEqual(2000);
  expect(
    parts.flatMap((part) => part.tables.filter((table) => table.name === 'b').flatMap((table) => table.rows)),
  ).toEqual([[1, 'x']]);
});
