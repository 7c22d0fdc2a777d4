// SPDX-License-Identifier: MIT
// The page's words. A language is a folder, and a row in LANGUAGES; tests hold all of them to the same keys.

import { en, type Dictionary, type Key } from './en';

export type { Key };
export type Values = Readonly<Record<string, string | number>>;

/**
 * The text for a key; `{name}` in it is replaced from values. A text with several forms, as `one thing | {n} things`, gives that
 * for the number `n` in values: one form for each plural category of its language, in the order of CATEGORIES.
 */
export type Translate = (key: Key, values?: Values) => string;

interface LanguageRow {
  /** As its speakers call it. */
  readonly name: string;
  /** Who reads another one does not wait for it. */
  readonly load: () => Promise<Dictionary>;
}

const ROWS = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  fi: { name: 'Suomi', load: () => import('./fi').then(({ fi }) => fi as Dictionary) },
} as const satisfies Readonly<Record<string, LanguageRow>>;

export type Language = keyof typeof ROWS;

export const LANGUAGES = Object.keys(ROWS) as readonly Language[];
const ELSE: Language = 'en';

/** Unicode CLDR's; a language has some of them. */
const CATEGORIES: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** The categories that a language has, in the order in which its texts give their forms. language: BCP 47. */
export function pluralCategories(language: string): readonly Intl.LDMLPluralRule[] {
  const { pluralCategories: has } = new Intl.PluralRules(language).resolvedOptions();
  return CATEGORIES.filter((category) => has.includes(category));
}

export function languageName(language: Language): string {
  return ROWS[language].name;
}

const loaded = new Map<Language, Dictionary>([['en', en]]);
const added: Partial<Record<Language, Partial<Dictionary>>> = {};

/** Makes a language's words ready. Rejects where they cannot be fetched. */
export async function loadWords(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  loaded.set(language, Object.assign(await ROWS[language].load(), added[language]));
}

/** More words, of a part of the page that was fetched just now. */
export function addWords(words: Readonly<Record<Language, Partial<Dictionary>>>): void {
  for (const language of LANGUAGES) {
    added[language] = { ...added[language], ...words[language] };
    Object.assign(loaded.get(language) ?? {}, words[language]);
  }
}

/** English until they are ready. */
export function wordsOf(language: Language): Dictionary {
  return loaded.get(language) ?? en;
}

/** The first of the viewer's languages that we speak; English else. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const known = LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0]);
    if (known) return known;
  }
  return ELSE;
}

export function translator(language: Language): Translate {
  const words = wordsOf(language);
  const number = new Intl.NumberFormat(language);
  const plural = new Intl.PluralRules(language);
  const categories = pluralCategories(language);
  const formFor = (text: string, n: string | number | undefined): string => {
    const forms = text.split(' | ');
    const form = typeof n === 'number' ? forms[categories.indexOf(plural.select(n))] : undefined;
    return form ?? forms.at(-1) ?? text;
  };
  return (key, values) => {
    const text: string = words[key];
    if (!values) return text;
    return formFor(text, values.n).replace(/\{([a-z]+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}
