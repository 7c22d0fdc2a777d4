// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { joined, readOwnLookups, type OwnLookups } from './own-lookups';

const NOW = 90_000;
const item = (name: string, age = 1000): unknown => [name, age, 2, 'answered', null, null];
const read = (lookups: unknown, more: unknown = false): OwnLookups | null => readOwnLookups({ lookups, more }, NOW);
const names = (told: OwnLookups | null): readonly unknown[] | undefined => told?.list.map(({ name }) => name);

describe('what the own device looked up', () => {
  it('is read from the answer', () => {
    expect(
      read([
        ['px.ads.example', 5000, 3, 'blocked', 7, 'advertising'],
        ['new.example', 0, 1, null, null, null],
      ]),
    ).toEqual({
      list: [
        { name: 'px.ads.example', asked: 85_000, result: 'blocked', category: 'advertising' },
        { name: 'new.example', asked: NOW, result: null, category: null },
      ],
      more: false,
    });
  });

  it('is nothing where the answer makes no sense, in part or as a whole', () => {
    expect(read('none')).toBe(null);
    expect(read(undefined)).toBe(null);
    expect(read([null, 'x', [], [1, 2], ['a.example', 'soon'], item('b.example')], 'yes')).toEqual({
      list: [{ name: 'b.example', asked: NOW - 1000, result: 'answered', category: null }],
      more: false,
    });
    expect(read([['a.example', 0, 1, 'later-word', null, 'later-category']])?.list).toEqual([
      { name: 'a.example', asked: NOW, result: null, category: 'other' },
    ]);
  });

  it('goes on behind what was told later, each name once', () => {
    const before = read([item('a.example'), item('b.example'), item('c.example')], false);
    const newer = read([item('c.example', 0), item('d.example')], true);
    expect(names(newer && joined(newer, before))).toEqual(['c.example', 'd.example', 'a.example', 'b.example']);
    expect(newer && joined(newer, before).more).toBe(false);
    expect(newer && joined(newer, null)).toBe(newer);
    // all of it: what else there was is forgotten
    const all = read([item('e.example')], false);
    expect(names(all && joined(all, before))).toEqual(['e.example']);
  });
});
