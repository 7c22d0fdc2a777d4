// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { OFFLINE, readAsked } from './ask';

it('takes what was done, and why it was not', () => {
  expect(readAsked(true, { role: 'facilitator' })).toEqual({ done: true, result: { role: 'facilitator' } });
  expect(readAsked(false, { error: 'wrong', sentence: 'No.' })).toEqual({ done: false, fault: 'wrong', wait: 0 });
  expect(readAsked(false, { error: 'slowed', wait: 8 })).toEqual({ done: false, fault: 'slowed', wait: 8 });
});

it('takes nothing else for an answer', () => {
  for (const body of [null, 'text', 7, undefined]) {
    expect(readAsked(true, body)).toEqual({ done: false, fault: OFFLINE, wait: 0 });
    expect(readAsked(false, body)).toEqual({ done: false, fault: OFFLINE, wait: 0 });
  }
  expect(readAsked(false, { error: 7, wait: 'long' })).toEqual({ done: false, fault: OFFLINE, wait: 0 });
});
