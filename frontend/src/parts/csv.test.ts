// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { csvOf } from './csv';

const lines = (rows: readonly (readonly string[])[]): string[] => csvOf(rows).slice(1).split('\r\n').slice(0, -1);

it('has a line for each row, and says that it is UTF-8', () => {
  expect(
    csvOf([
      ['Device', 'Now'],
      ['Äiti', '3 kB/s'],
    ]),
  ).toBe('\ufeffDevice,Now\r\nÄiti,3 kB/s\r\n');
  expect(csvOf([])).toBe('\ufeff');
});

it('keeps commas, quotes and line breaks within a cell', () => {
  expect(lines([['a,b', 'say "no"', 'x']])).toEqual(['"a,b","say ""no""",x']);
  expect(csvOf([['two\nlines', '']])).toBe('\ufeff"two\nlines",\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes no formula of %j', (text) => {
  expect(csvOf([[text]])).toContain(`'${text}`);
});

it('leaves a dash for nothing, and a minus within a text, as they are', () => {
  expect(lines([['–', 'a-b']])).toEqual(['–,a-b']);
});
