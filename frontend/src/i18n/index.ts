// SPDX-License-Identifier: MIT
// The page's words. One small file a language; tests hold them to the same keys.

import { en, type Dictionary, type Key } from './en';
import { fi } from './fi';

export type { Key };
export type Values = Readonly<Record<string, string | number>>;

/**
 * The text for a key; `{name}` in it is replaced from values. With a number `n` in values, a text of the form
 * `one thing | {n} things` gives its first part for exactly one and its second for all else.
 */
export type Translate = (key: Key, values?: Values) => string;

export type Language = 'en' | 'fi';

const dictionaries: Readonly<Record<Language, Dictionary>> = { en, fi };

/** The first of the viewer's languages that we speak; English else. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'fi' || language === 'en') return language;
  }
  return 'en';
}

export function translator(language: Language): Translate {
  const dictionary = dictionaries[language];
  const number = new Intl.NumberFormat(language);
  return (key, values) => {
    let text: string = dictionary[key];
    if (!values) return text;
    const [one, many] = text.split(' | ');
    if (one !== undefined && many !== undefined) text = values.n === 1 ? one : many;
    return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}
