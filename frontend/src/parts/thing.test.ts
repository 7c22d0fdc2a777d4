// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { translator } from '../i18n';
import '../i18n/every-language';
import { thingBeside, thingText } from './thing';

const en = translator('en');
const fi = translator('fi');
const television = { thing: 'television', thingSure: true } as const;

it('says what a device is, as surely as that is known', () => {
  expect(thingText({ thing: null, thingSure: false }, en)).toBe('');
  expect(thingText(television, en)).toBe('Television');
  expect(thingText(television, fi)).toBe('Televisio');
  expect(thingText({ thing: 'lamp', thingSure: false }, en)).toBe('Lamp, probably');
});

it('says nothing twice', () => {
  expect(thingBeside({ ...television, alias: 'Television' }, en)).toBe('');
  expect(thingBeside({ ...television, alias: 'Television 12' }, en)).toBe('');
  expect(thingBeside({ ...television, alias: 'Television' }, fi)).toBe('Televisio');
  expect(thingBeside({ ...television, alias: 'Television of Ann' }, en)).toBe('Television');
  expect(thingBeside({ ...television, alias: 'Mila' }, en)).toBe('Television');
  expect(thingBeside({ ...television, thingSure: false, alias: 'Television' }, en)).toBe('Television, probably');
});
