// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { sampleConversation, sampleDevice, sampleName, sampleRemote } from '../store/sample';
import { readChoice, writeChoice } from './pick';
import { groupsOf } from '../store/session';
import { sentShares, sharesOf } from './shares';
import { ageStep, rateStep } from './steps';

it('puts ages into steps that widen', () => {
  expect([0, 20_000, 20_001, 60_001, 300_001, 1e9].map(ageStep)).toEqual([0, 0, 1, 2, 3, 6]);
});

it('puts speeds into steps of ten times', () => {
  expect([0, 999, 1000, 9999, 10_000, 1e6].map(rateStep)).toEqual([0, 0, 1, 1, 2, 4]);
});

it('reads choices, and leaves the first out of the URL', () => {
  const choices = ['a', 'b'] as const;
  expect(['b', 'x', undefined].map((text) => readChoice(text, choices))).toEqual(['b', 'a', 'a']);
  expect([writeChoice('a', choices), writeChoice('b', choices)]).toEqual([null, 'b']);
});

describe('sharesOf', () => {
  it('adds up by group, the most bytes first, and marks what tracks', () => {
    const device = sampleDevice('Aino');
    const to = (name: string, upBytes: number, category: 'advertising' | null = null) =>
      sampleConversation(device, sampleRemote(), { own: sampleName(name, { category }), upBytes, downBytes: 1 });
    const groups = groupsOf([to('a.example', 5), to('b.example', 3), to('b.example', 3, 'advertising')], [], 'domain');
    expect(sharesOf(groups, sampleDevice('Onni'))).toEqual([]);
    expect(sharesOf(groups, device)).toEqual([
      { key: 'b.example', up: 6, down: 2, conversations: 2, tracking: 'some' },
      { key: 'a.example', up: 5, down: 1, conversations: 1, tracking: 'none' },
    ]);
  });

  it('counts for where data goes what went out, and not what came in', () => {
    const [film, post, feed] = [
      { key: 'film', up: 3, down: 900 },
      { key: 'post', up: 80, down: 1 },
      { key: 'feed', up: 0, down: 50 },
    ].map((share) => ({ ...share, conversations: 1, tracking: 'none' as const }));
    expect(sentShares([film, post, feed].flatMap((share) => share ?? []))).toEqual([post, film]);
  });
});
