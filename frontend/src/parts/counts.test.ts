// SPDX-License-Identifier: MIT
// The numbers tell no room the answer that it is to guess.

import { expect, it } from 'vitest';
import { emptyFields } from '../store/fields';
import type { Room } from '../store/rows';
import { sampleConversation, sampleDevice, sampleRemote, sampleSelection } from '../store/sample';
import { summarise } from '../store/summary';
import { countsOf } from './counts';

const guess = { roundKind: 'guess', question: 'countries', roundUntil: 100 } as const;
const counts = (rest: Partial<Room>, now = 99): Readonly<Record<string, string>> => {
  const room = { ...(emptyFields('room') as Room), ...rest };
  const one = sampleConversation(sampleDevice('Mila'), sampleRemote());
  return countsOf(summarise(sampleSelection([one], { room, now })), { count: String });
};

it.each(['countries', 'companies'] as const)('how many %s there are is not told while they guess', (question) => {
  expect(counts({ ...guess, question })).toEqual({ devices: '1', destinations: '?', countries: '?' });
  expect(counts({ ...guess, question, roundUntil: null }).destinations).toBe('?');
});

it('all is told when the time is up, and while something else is asked or played', () => {
  expect(counts(guess, 100).destinations).toBe('1');
  expect(counts({ ...guess, question: 'most' }).destinations).toBe('1');
  expect(counts({ ...guess, roundKind: 'quiet' }).destinations).toBe('1');
  expect(counts({}).destinations).toBe('1');
});
