// SPDX-License-Identifier: MIT
// Light or dark, and the language: the browser's wish until the viewer says otherwise; kept in this browser alone.

import { useCallback, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { LANGUAGES, loadWords, pickLanguage, translator, type Language, type Translate } from '../i18n';
import { type Theme, useMedia } from '../parts/screen';

function recall<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    const value = localStorage.getItem(`connvis.${key}`);
    return allowed.find((item) => item === value) ?? null;
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`connvis.${key}`, value);
  } catch {
    // A browser that keeps nothing asks its own settings again next time.
  }
}

/** The viewer's, until they say otherwise. */
export function firstLanguage(): Language {
  return recall<Language>('language', LANGUAGES) ?? pickLanguage(navigator.languages);
}

export interface Preferences {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
  readonly locale: string;
}

export function usePreferences(): Preferences {
  const dark = useMedia('(prefers-color-scheme: dark)');
  const [chosenTheme, chooseTheme] = useState(() => recall<Theme>('theme', ['light', 'dark']));
  const [language, chooseLanguage] = useState(firstLanguage);
  const theme = chosenTheme ?? (dark ? 'dark' : 'light');
  const t = useMemo(() => translator(language), [language]);
  // The viewer's own variety of the language, for its way to write numbers.
  const locale = navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;

  // before the first picture: nothing is to fade from light to dark
  useLayoutEffect(() => {
    const { documentElement: page } = document;
    page.dataset.theme = theme;
    // what a phone draws around the page
    const ground = getComputedStyle(page).getPropertyValue('--ground');
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = ground;
  }, [theme]);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const setTheme = useCallback((next: Theme): void => {
    keep('theme', next);
    chooseTheme(next);
  }, []);
  const setLanguage = useCallback((next: Language): void => {
    const choose = (): void => {
      keep('language', next);
      chooseLanguage(next);
    };
    // where its words cannot be had, the page stays as it is
    loadWords(next).then(choose, () => undefined);
  }, []);
  return useMemo(
    () => ({ theme, setTheme, language, setLanguage, t, locale }),
    [theme, setTheme, language, setLanguage, t, locale],
  );
}
