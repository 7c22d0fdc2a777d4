// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { fi } from './fi';
import { formatter } from './format';
import { pickLanguage, translator, type Key } from './index';

const keys = Object.keys(en) as Key[];
const names = (text: string): string[] => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name ?? '').sort();

describe('the dictionaries', () => {
  it('have the same keys, none empty', () => {
    expect(Object.keys(fi).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(en[key].trim(), key).not.toBe('');
      expect(fi[key].trim(), key).not.toBe('');
    }
  });

  it('use the same values for the same key, and as many forms', () => {
    for (const key of keys) {
      const [ours, theirs]: [string, string] = [en[key], fi[key]];
      expect(ours.split(' | ').length, key).toBe(theirs.split(' | ').length);
      expect(new Set(names(theirs)), key).toEqual(new Set(names(ours)));
    }
  });

  it('say nothing in two languages at once: what differs is translated', () => {
    const same = keys.filter((key) => en[key] === fi[key]);
    expect(same.sort()).toEqual(['age.hours', 'age.minutes', 'age.seconds', 'title']);
  });
});

describe('translator', () => {
  const t = translator('en');

  it('picks the form for one and for many, and writes numbers in its language', () => {
    expect(t('flows.sharedBy', { n: 1 })).toBe('one device');
    expect(t('flows.sharedBy', { n: 12 })).toBe('12 devices');
    expect(t('flows.sharedBy', { n: 0 })).toBe('0 devices');
    expect(t('flows.sharedBy', { n: 1234 })).toBe('1,234 devices');
    expect(translator('fi')('flows.sharedBy', { n: 1234 })).toBe('1\u00a0234 laitetta');
  });

  it('puts values in as they are: what looks like a place for a value in them stays text', () => {
    expect(t('who.missing', { name: '{name} <b> | x $1' })).toBe('{name} <b> | x $1 is not here now');
  });
});

describe('pickLanguage', () => {
  it('takes the first that it knows', () => {
    expect(pickLanguage(['sv-FI', 'fi-FI', 'en'])).toBe('fi');
    expect(pickLanguage(['EN-us'])).toBe('en');
    expect(pickLanguage(['ja'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
  });
});

describe('formatter', () => {
  const format = formatter('en', translator('en'));

  it('writes bytes', () => {
    const cases: [number, string][] = [
      [0, '0 B'],
      [999, '999 B'],
      [1000, '1.0 kB'],
      [1234, '1.2 kB'],
      [12_345, '12 kB'],
      [999_600, '1.0 MB'],
      [5.5e9, '5.5 GB'],
      [7e15, '7,000 TB'],
      [-1, '0 B'],
    ];
    for (const [bytes, text] of cases) expect(format.bytes(bytes)).toBe(text);
    expect(format.rate(0.4)).toBe('');
    expect(format.rate(2500)).toBe('2.5 kB/s');
  });

  it('writes ages', () => {
    expect([0, 2400, 3000, 59_400, 60_000, 3_599_000, 7_200_000].map((ms) => format.age(ms))).toEqual([
      'now',
      'now',
      '3 s',
      '59 s',
      '1 min',
      '59 min',
      '2 h',
    ]);
  });

  it('names countries in the language', () => {
    expect(format.country('FI')).toBe('Finland');
    expect(formatter('fi', translator('fi')).country('SE')).toBe('Ruotsi');
    expect(format.country('ZZ')).not.toBe('');
    expect(format.country('<b>!')).toBe('<b>!');
  });
});
