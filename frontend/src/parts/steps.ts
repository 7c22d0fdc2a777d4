// SPDX-License-Identifier: MIT
// Numbers in coarse steps: a list that is ordered by them keeps its places while they only wobble. Pure.

/** Milliseconds: hot, and then ever longer. */
const AGES: readonly number[] = [20_000, 60_000, 300_000, 1_200_000, 3_600_000, 14_400_000];

/** 0 for what was just now, more for what is older. */
export function ageStep(age: number): number {
  const step = AGES.findIndex((limit) => age <= limit);
  return step < 0 ? AGES.length : step;
}

/** 0 for next to nothing, one more for each tenfold: bytes a second. */
export function rateStep(bytesPerSecond: number): number {
  return bytesPerSecond < 1000 ? 0 : Math.floor(Math.log10(bytesPerSecond)) - 2;
}

/** Text by its code units: the same order in every language, and soon found. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
