// SPDX-License-Identifier: MIT
// What companies are known for and from where: fetched with the details of the first of them, in the viewer's language alone.

import type { Language } from './index';

type ByName = Readonly<Record<string, string>>;

export interface KnownCompany {
  /** Goes on after "Known for"; no sentence. */
  readonly knownFor: string;
  /** ISO 3166 code of the country of its head office; null where that says nothing or is not certain. */
  readonly country: string | null;
}

const LOADS: Readonly<Record<Language, () => Promise<{ readonly companies: ByName }>>> = {
  en: () => import('./en/companies'),
  fi: () => import('./fi/companies'),
};

const loaded = new Map<Language, { readonly knownFor: ByName; readonly countries: ByName }>();

export function hasCompanies(language: Language): boolean {
  return loaded.has(language);
}

/** Rejects where they cannot be fetched. */
export async function loadCompanies(language: Language): Promise<void> {
  const [{ companies }, { countries }] = await Promise.all([LOADS[language](), import('./company-countries')]);
  loaded.set(language, { knownFor: companies, countries });
}

/** Names come from outside. Null: nothing is known of it, or has been fetched yet. */
export function knownCompany(name: string, language: Language): KnownCompany | null {
  const of = (table: ByName | undefined): string | null =>
    table && Object.hasOwn(table, name) ? (table[name] ?? null) : null;
  const words = loaded.get(language);
  const knownFor = of(words?.knownFor);
  return knownFor === null ? null : { knownFor, country: of(words?.countries) };
}
