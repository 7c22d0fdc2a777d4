// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownCompany } from './companies';
import { countries } from './company-countries';
import { companies as en } from './en/companies';
import { companies as fi } from './fi/companies';
import { LANGUAGES, type Language } from './index';

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fi };
const names = Object.keys(en);
const firstWord = (text: string): string => /^[\p{L}\d]+/u.exec(text)?.[0] ?? '';

/** Those of the table, by their exact names. */
function listed(): Set<string> {
  const table = readFileSync(new URL('../../../collector/lists/companies.tsv', import.meta.url), 'utf8');
  return new Set(table.split('\n').flatMap((line) => (line.startsWith('#') ? [] : [line.split('\t')[0] ?? ''])));
}

it('are companies of our table', () => {
  const known = listed();
  expect(known.size).toBeGreaterThan(300);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

it('are not those whose name others have among the third parties whom the collector knows', () => {
  expect(names.filter((name) => ['Bolt', 'Polar', 'Signal'].includes(name))).toEqual([]);
});

describe.each(LANGUAGES)('what companies are known for, in %s', (language) => {
  const words = WORDS[language];

  it('is there for the same companies as in English, and fetched by their names', () => {
    expect(Object.keys(words).sort()).toEqual([...names].sort());
    for (const name of names) expect(knownCompany(name, language)?.knownFor, name).toBe(words[name]);
  });

  it('is short, and goes on after what stands before it', () => {
    for (const [name, text] of Object.entries(words)) {
      expect(text.length, text).toBeLessThanOrEqual(60);
      expect(text, name).toMatch(/^[\p{L}\d][^;:?]*[\p{L}\d+]$/u);
      expect(text, name).not.toMatch(/\s\s|['"]|\. /);
    }
  });

  it('begins with a capital only where that is a name, which other languages have too', () => {
    for (const [name, text] of Object.entries(words)) {
      const first = firstWord(text);
      if (/^\p{Lu}/u.test(first))
        for (const other of LANGUAGES) expect(WORDS[other][name], `${name}: ${first}`).toContain(first);
    }
  });
});

it('is said anew in each language', () => {
  expect(names.filter((name) => WORDS.en[name] === WORDS.fi[name])).toEqual([]);
});

it('every country is one that browsers can name, of a company that is known for something', () => {
  const region = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  for (const [name, code] of Object.entries(countries)) {
    expect(names).toContain(name);
    expect(code, name).toMatch(/^[A-Z]{2}$/);
    expect(code, name).not.toBe('ZZ');
    expect(region.of(code), `${name}: ${code}`).toBeDefined();
    expect(knownCompany(name, 'en')?.country, name).toBe(code);
  }
});

it('nothing is known of a name that is none of these, whatever it is', () => {
  for (const name of ['', 'Unheard Of', 'constructor', 'toString', '__proto__', 'criteo'])
    expect(knownCompany(name, 'en'), name).toBe(null);
  expect(knownCompany('Criteo', 'en')).toEqual({ knownFor: en.Criteo, country: null });
});
