// SPDX-License-Identifier: MIT
// Which rows of a long list are to be drawn: those in sight and some more on both sides. Pure.

/** Rows beyond what is in sight. */
const MORE = 12;
/** The window moves in such steps, so that not every pixel of scrolling draws anew. */
const STEP = 8;

export interface Window {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

/** top, bottom: what is in sight, from the list's own top on, in the same unit as height: of one row. */
export function windowOf(top: number, bottom: number, height: number, count: number): Window {
  const from = Math.floor((top / height - MORE) / STEP) * STEP;
  const to = Math.ceil((bottom / height + MORE) / STEP) * STEP;
  const last = Math.min(count, Math.max(0, to));
  return { from: Math.min(Math.max(0, from), last), to: last };
}

/** Where a press of a key leads from row `at`; null for other keys. page: rows in sight. */
export function step(key: string, at: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
  const by = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return by === undefined ? null : Math.max(0, Math.min(count - 1, at + by));
}
