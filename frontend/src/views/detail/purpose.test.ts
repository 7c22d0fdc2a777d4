// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LANGUAGES, translator } from '../../i18n';
import { CATEGORIES, type Category } from '../../store/category';
import { purposeText } from './purpose';

/** The words that the collector can send. */
function sentCategories(): string[] {
  const source = readFileSync(new URL('../../../../collector/lists/category.c', import.meta.url), 'utf8');
  const table = /words\[\] = \{\n(.*?)\n\};/s.exec(source)?.[1] ?? '';
  return [...table.matchAll(/"([^"]+)"/g)].flatMap(([, word = '']) => (word === 'ignored' ? [] : [word]));
}

it('the page knows every category that the collector can send, and no other', () => {
  expect(sentCategories().sort()).toEqual([...CATEGORIES].sort());
});

it.each(LANGUAGES)('each category has one sentence of its own in %s, that fits into the panel', (language) => {
  const t = translator(language);
  const said = sentCategories().map((category) => purposeText(category as Category, t));
  expect(new Set(said).size).toBe(CATEGORIES.length);
  for (const one of said) {
    expect(one).toMatch(/^\p{Lu}[^.!?]*\.$/u);
    expect(one.length, one).toBeLessThan(170);
  }
});
