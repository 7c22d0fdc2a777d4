// SPDX-License-Identifier: MIT
// A menu of a few choices, as the views' bars have it.

import type { Key, Translate } from '../i18n';

export interface PickProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, Key])[];
  readonly t: Translate;
  readonly onPick: (value: T) => void;
}

export function Pick<T extends string>({ label, value, options, t, onPick }: PickProps<T>) {
  return (
    <label class="pick">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const picked = options.find(([option]) => option === event.currentTarget.value);
          if (picked) onPick(picked[0]);
        }}
      >
        {options.map(([option, key]) => (
          <option key={option} value={option} selected={option === value}>
            {t(key)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The one of the choices that the text is, else the first. */
export function readChoice<T extends string>(text: string | undefined, choices: readonly [T, ...T[]]): T {
  return choices.find((choice) => choice === text) ?? choices[0];
}

/** For the URL: what is as it is at first is left out. */
export function writeChoice<T extends string>(value: T, choices: readonly [T, ...T[]]): string | null {
  return value === choices[0] ? null : value;
}
