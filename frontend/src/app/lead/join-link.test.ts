// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { joinUrl, readLink, readLinks, writeWish } from './join-link';

const GUEST = { id: '0123abcd', role: 'guest', once: true, used: false, made: 1, until: 1764262429, viewers: 2 };

it('reads links, and passes by what is none', () => {
  expect(readLink({ ...GUEST, token: 'abc' })).toEqual({
    ...{ id: '0123abcd', role: 'guest', once: true, used: false, until: 1764262429000, viewers: 2, token: 'abc' },
  });
  expect(readLink({ id: 'x', role: 'display', until: 0 })).toMatchObject({ until: null, viewers: 0, token: '' });
  for (const bad of [null, 7, 'text', {}, { id: 7, role: 'guest' }, { id: 'x', role: 'facilitator' }])
    expect(readLink(bad)).toBeNull();
  expect(readLinks([GUEST, null, 'x']).map(({ id }) => id)).toEqual(['0123abcd']);
  expect(readLinks('none')).toEqual([]);
});

it('asks for what is wanted', () => {
  expect(writeWish({ role: 'guest', once: false, hours: 8 })).toBe('guest 8');
  expect(writeWish({ role: 'guest', once: true, hours: 24 })).toBe('guest once 24');
  expect(writeWish({ role: 'display', once: false, hours: 8 })).toBe('display');
});

it('leads to the page beside this one', () => {
  expect(joinUrl('https://router:8080/', 'T')).toBe('https://router:8080/join#link=T');
  expect(joinUrl('https://router/connvis/', 'T')).toBe('https://router/connvis/join#link=T');
  expect(joinUrl('https://router/connvis/index.html', 'T')).toBe('https://router/connvis/join#link=T');
});
