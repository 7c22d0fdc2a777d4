// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { hasMadeUpNames } from './made-up';

const device = { named: false, self: false, gone: null };

it('says that names are made up while a device here has one', () => {
  expect(hasMadeUpNames([])).toBe(false);
  expect(hasMadeUpNames([{ ...device, named: true }, { ...device, self: true }, { ...device, gone: 5 }])).toBe(false);
  expect(hasMadeUpNames([{ ...device, named: true }, device])).toBe(true);
});
