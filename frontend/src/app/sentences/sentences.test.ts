// SPDX-License-Identifier: MIT
// Every sentence of the page, in every language, is shown when it is true, and not in the neighbouring condition.

import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { LANGUAGES, translator, wordsOf, type Key, type Language, type Translate } from '../../i18n';
import { en } from '../../i18n/en';
import { IN_BROWSERS, isLabel, LABELS } from './labels';
import { SENTENCES } from './all';
import { textOf, type Scene } from './sentence';

// nothing is laid out here: as large as on a laptop
vi.mock('../../parts/use-size', () => ({ useSize: () => ({ width: 1200, height: 600 }) }));

/** What was shown of each key: every text that was asked for and can be read. */
async function shownOf(scene: Scene, language: Language): Promise<(key: Key) => string[]> {
  const words = translator(language);
  const asked = new Map<Key, Set<string>>();
  const t: Translate = (key, values) => {
    const text = words(key, values);
    asked.set(key, (asked.get(key) ?? new Set()).add(text));
    return text;
  };
  const text = await textOf(scene, { t, locale: language });
  return (key) => [...(asked.get(key) ?? [])].filter((one) => text.includes(one));
}

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(SENTENCES.map((one) => [one.when, one] as const))('%s', async (_when, { keys, so, not }) => {
    const shown = await shownOf(so, language);
    for (const key of keys) {
      expect(shown(key), key).not.toEqual([]);
      for (const text of shown(key)) expect(text, key).not.toMatch(/\{[a-z]+\}/);
    }
    if (!not) return;
    const elsewhere = await shownOf(not, language);
    for (const key of keys) expect(elsewhere(key), `${key}, in the neighbouring condition`).toEqual([]);
  });
});

it('each text of the dictionary is a sentence that is tried here, or a label', () => {
  const tried = new Set(SENTENCES.flatMap(({ keys }) => keys));
  const all = Object.keys(en) as Key[];
  expect(all.filter((key) => !tried.has(key) && !isLabel(key) && !(key in IN_BROWSERS))).toEqual([]);
  expect(all.filter((key) => tried.has(key) && isLabel(key))).toEqual([]);
  expect(LABELS.filter((label) => !all.some((key) => isLabel(key, [label])))).toEqual([]);
});

it.each(Object.entries(IN_BROWSERS))('%s is tried in a browser', (key, [file, part]) => {
  expect(en[key as Key]).toContain(part);
  expect(readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8')).toContain(part);
});

it('a label is short, in every language', () => {
  const labels = (Object.keys(en) as Key[]).filter((key) => isLabel(key));
  for (const language of LANGUAGES)
    for (const key of labels)
      expect(wordsOf(language)[key].split(' | ')[0]?.length, `${language} ${key}`).toBeLessThan(60);
});
