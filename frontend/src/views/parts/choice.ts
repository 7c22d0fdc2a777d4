// SPDX-License-Identifier: MIT
// Choices as they stand in the URL. Pure.

/** The one of the choices that the text is, else the first. */
export function readChoice<T extends string>(text: string | undefined, choices: readonly [T, ...T[]]): T {
  return choices.find((choice) => choice === text) ?? choices[0];
}

/** For the URL: what is as it is at first is left out. */
export function writeChoice<T extends string>(value: T, choices: readonly [T, ...T[]]): string | null {
  return value === choices[0] ? null : value;
}
