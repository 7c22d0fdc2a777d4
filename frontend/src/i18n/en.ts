// SPDX-License-Identifier: MIT
// English. `one | {n} many`: see Translate.

export const en = {
  title: 'connvis',
  tagline: 'Where your devices send their data, live',
} as const;
