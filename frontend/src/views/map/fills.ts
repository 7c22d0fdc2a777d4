// SPDX-License-Identifier: MIT
// How strongly a country is filled: in steps of its share of all conversations whose place is known.

/** Shares at which the next step begins. */
const BOUNDS = [0, 0.03, 0.1, 0.25] as const;
/** A step is left downwards only when the share is so much below its beginning: a country does not flicker between two. */
const HOLD = 0.85;

/** 0 for none, else 1 to 4. before: the step until now. */
export function fillStep(count: number, all: number, before = 0): number {
  if (count <= 0 || all <= 0) return 0;
  const share = count / all;
  const reached = BOUNDS.filter((bound) => share >= bound).length;
  const held = BOUNDS.filter((bound) => share >= bound * HOLD).length;
  return Math.max(reached, Math.min(before, held));
}

export function fillSteps(countries: ReadonlyMap<string, number>, all: number, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...countries].map(([country, count]) => [country, fillStep(count, all, before.get(country))]));
}

export function sameSteps(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([country, step]) => b.get(country) === step);
}
