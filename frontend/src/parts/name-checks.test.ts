// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { hasMadeUpNames, checkNames, unseenShare, type Check } from './name-checks';
import type { Device } from '../store/rows';
import { sampleDevice, sampleSource } from '../store/sample';

const NOW = 5_000_000;
const dns = [sampleSource('dns', 'missing'), sampleSource('dns', 'ok')];

it.each<[Check, Partial<Device>]>([
  ['seen', { lookedUp: NOW - 1000, total: 40, unseen: 3 }],
  ['seen', { lookedUp: NOW - 1000, total: 2, unseen: 2 }],
  ['partly', { lookedUp: NOW - 1000, total: 40, unseen: 30 }],
  ['partly', { lookedUp: NOW - 1000, hiddenDns: NOW - 1000, total: 40 }],
  ['seen', { lookedUp: NOW - 1000, hiddenDns: NOW - 3_000_000, total: 40 }],
  ['hidden', { hiddenDns: NOW - 1000, total: 40 }],
  ['hidden', { lookedUp: NOW - 3_000_000, hiddenDns: NOW - 1000 }],
  ['clear', { clearDns: NOW - 1000, total: 40, unseen: 40 }],
  ['hidden', { clearDns: NOW - 1000, hiddenDns: NOW - 1000, total: 40 }],
  ['partly', { clearDns: NOW - 1000, lookedUp: NOW - 1000, total: 40 }],
  ['unseen', { clearDns: NOW - 3_000_000, total: 40, unseen: 40 }],
  ['unseen', { total: 40, unseen: 40 }],
  ['quiet', { total: 2 }],
  ['quiet', { total: 40, active: NOW - 3_000_000 }],
])('says %s of %j', (check, device) => {
  expect(checkNames(sampleDevice('Aino', { active: NOW, ...device }), dns, NOW)).toBe(check);
});

it('says nothing of what nobody reads', () => {
  expect(
    checkNames(
      sampleDevice('Aino', { lookedUp: NOW }),
      [sampleSource('dns', 'missing'), sampleSource('city', 'ok')],
      NOW,
    ),
  ).toBe('blind');
});

it('tells the share of what was not looked up, of enough', () => {
  expect(unseenShare({ total: 4, unseen: 4 })).toBe(null);
  expect(unseenShare({ total: 8, unseen: 2 })).toBe(0.25);
  expect(unseenShare({ total: 8, unseen: 9 })).toBe(1);
  expect(unseenShare({ total: 8, unseen: -1 })).toBe(0);
});

const device = { named: false, self: false, gone: null };

it('says that names are made up while a device here has one', () => {
  expect(hasMadeUpNames([])).toBe(false);
  expect(
    hasMadeUpNames([
      { ...device, named: true },
      { ...device, self: true },
      { ...device, gone: 5 },
    ]),
  ).toBe(false);
  expect(hasMadeUpNames([{ ...device, named: true }, device])).toBe(true);
});
