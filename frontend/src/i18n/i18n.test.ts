// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { formatter } from './format';
import { LANGUAGES, languageName, pickLanguage, pluralCategories, translator, wordsOf, type Key } from './index';

const keys = Object.keys(en) as Key[];
const others = LANGUAGES.filter((language) => language !== 'en');
const names = (text: string): string[] => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name ?? '').sort();
const formsOf = (text: string): number => text.split(' | ').length;

describe.each(LANGUAGES)('the words in %s', (language) => {
  const words = wordsOf(language);

  it('have the keys that English has, none empty', () => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
    for (const key of keys) expect(words[key].trim(), key).not.toBe('');
  });

  it('use the values that English uses, and have one form or as many as the language asks for', () => {
    const categories = pluralCategories(language).length;
    for (const key of keys) {
      expect(new Set(names(words[key])), key).toEqual(new Set(names(en[key])));
      expect([1, categories], key).toContain(formsOf(words[key]));
      if (formsOf(en[key]) > 1) expect(formsOf(words[key]), key).toBe(categories);
    }
  });

  it('come by their own name', () => {
    expect(languageName(language)).not.toBe('');
    expect(pickLanguage([language])).toBe(language);
  });
});

it.each(others)('English and %s say nothing alike: what differs is translated', (language) => {
  const words = wordsOf(language);
  expect(keys.filter((key) => en[key] === words[key]).sort()).toEqual([
    'age.hours',
    'age.minutes',
    'age.seconds',
    'title',
  ]);
});

it('asks each language for its own plural forms, in one order', () => {
  expect(pluralCategories('en')).toEqual(['one', 'other']);
  expect(pluralCategories('pl')).toEqual(['one', 'few', 'many', 'other']);
  expect(pluralCategories('ar')).toEqual(['zero', 'one', 'two', 'few', 'many', 'other']);
  expect(pluralCategories('ja')).toEqual(['other']);
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

describe('words that come later', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !path.startsWith('app/sentences/'),
  );
  const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
  /** What a file brings along when it is fetched. */
  const importsOf = (path: string): string[] =>
    [...textOf(path).matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?'(\.[^']*)';$/gm)].flatMap(([, to = '']) =>
      ['.ts', '.tsx', '/index.ts'].map((end) => join(dirname(path), to) + end).filter((one) => sources.includes(one)),
    );
  const closureOf = (path: string): Set<string> => {
    const all = new Set([path]);
    for (const one of all) for (const next of importsOf(one)) all.add(next);
    return all;
  };
  const later = sources.filter((path) => /^i18n\/later.*\.ts$/.test(path));
  const keysOf = (path: string): string[] =>
    importsOf(path)
      .filter((one) => one.startsWith('i18n/en/'))
      .flatMap((one) => [...textOf(one).matchAll(/^ {2}'([^']+)':/gm)].map(([, key = '']) => key));

  it('are there for whoever says them', () => {
    const missing: string[] = [];
    for (const words of later) {
      // whole, or put together of what they begin with and something else
      const quoted = keysOf(words).flatMap((key) => [`'${key}'`, `\`${key.split('.')[0]}.\${`]);
      expect(quoted.length, words).toBeGreaterThan(0);
      for (const path of sources)
        if (
          !path.startsWith('i18n/') &&
          quoted.some((key) => textOf(path).includes(key)) &&
          !closureOf(path).has(words)
        )
          missing.push(`${path} does not import ${words}`);
    }
    expect(missing).toEqual([]);
  });
});
