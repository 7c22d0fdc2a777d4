// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { sampleDevice, sampleSelection, sampleSource } from '../../store/sample';
import { checksOf } from './checks';

const DNS = [sampleSource('dns', 'ok')];
const said = (rest: Parameters<typeof sampleSelection>[1], safe = true): string[] =>
  checksOf(sampleSelection([], rest), safe).map(({ good, key }) => `${good ? '+' : '-'} ${key}`);

it('says that all is well', () => {
  expect(said({ devices: [sampleDevice('Mila', { lookedUp: 1, total: 9 })], sources: DNS })).toEqual([
    '+ desk.ready.devices',
    '+ desk.ready.names',
    '+ desk.ready.safe',
  ]);
});

it('says what is missing, and of names one thing alone', () => {
  const busy = sampleDevice('Mila', { lookedUp: null, total: 9 });
  expect(said({ devices: [sampleDevice('Mila', { self: true })], sources: [] }, false)).toEqual([
    '- desk.ready.nobody',
    '- desk.ready.blind',
    '- desk.ready.open',
  ]);
  expect(said({ devices: [busy], sources: DNS })).toContain('- desk.ready.silent');
  expect(said({ devices: [busy], sources: [] })).not.toContain('- desk.ready.silent');
});
