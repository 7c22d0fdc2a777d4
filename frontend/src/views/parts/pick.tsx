// SPDX-License-Identifier: MIT
// A menu of a few choices, as the views' bars have it.

import type { Key, Translate } from '../../i18n';

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
