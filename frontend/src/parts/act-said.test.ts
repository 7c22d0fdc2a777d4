// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { endedSaid } from './act-said';

it('says how many were ended, and what was not', () => {
  const said = (ended: number, gone: number, kept: number, left: number) =>
    endedSaid({ alias: 'Mila', ended, gone, kept, left });
  expect(said(14, 3, 0, 0)).toMatchObject({ key: 'act.ended', values: { n: 14 } });
  expect(said(14, 3, 0, 0).values.name).toContain('Mila');
  expect(said(0, 3, 0, 0).key).toBe('act.ended.none');
  expect(said(0, 0, 0, 0).key).toBe('act.ended.none');
  expect(said(2, 1, 4, 0)).toEqual({ key: 'act.ended.kept', values: { done: 2, all: 7 } });
  expect(said(8192, 0, 1, 10)).toEqual({ key: 'act.ended.left', values: { done: 8192, all: 8203 } });
  expect(endedSaid({ alias: 'Mila', ended: '14' }).key).toBe('act.ended.none');
});
