// SPDX-License-Identifier: MIT
// Numbers and ages for people, in their language.

import type { Translate } from './index';

export interface Format {
  count(value: number): string;
  bytes(value: number): string;
  /** Bytes a second; an empty text when there are none. */
  rate(bytesPerSecond: number): string;
  /** Of one: 0.33 as 33 %, in whole ones. */
  percent(share: number): string;
  /** How long ago; milliseconds. */
  age(ms: number): string;
  country(code: string): string;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function formatter(locale: string, t: Translate): Format {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const countries = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });

  const bytes = (value: number): string => {
    let amount = Math.max(0, value);
    let unit = 0;
    while (amount >= 999.5 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit += 1;
    }
    return `${(amount < 9.95 && unit > 0 ? fine : whole).format(amount)} ${UNITS[unit]}`;
  };

  return {
    count: (value) => whole.format(value),
    bytes,
    rate: (value) => (value < 1 ? '' : `${bytes(value)}/s`),
    percent: (share) => percent.format(share),
    age: (ms) => {
      const seconds = Math.max(0, Math.round(ms / 1000));
      if (seconds < 3) return t('age.now');
      if (seconds < 60) return t('age.seconds', { n: seconds });
      if (seconds < 3600) return t('age.minutes', { n: Math.floor(seconds / 60) });
      return t('age.hours', { n: Math.floor(seconds / 3600) });
    },
    // A code can come from an address that somebody typed; what is none makes `of` throw.
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  };
}
