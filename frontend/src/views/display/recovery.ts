// SPDX-License-Identifier: MIT
// A wall has nobody who reloads it: when it should do so itself. Pure.

/** How long the picture may be old before something may be wrong with the page itself. Milliseconds. */
const OLD = 120_000;
/** A page that begins anew each night cannot wear out. */
const LONGEST = 20 * 3_600_000;
/** A view that has failed so often in a row will not do better. */
const FAILURES = 3;
/** Between two reloads, whatever happens. */
const BETWEEN = 120_000;

export interface Health {
  /** On one clock, milliseconds: now, when the page was loaded, and when the picture was last live. */
  readonly now: number;
  readonly loadedAt: number;
  readonly liveAt: number;
  /** Of the view that is shown, in a row. */
  readonly failures: number;
}

/** Whether to load the page anew, once the server answers: a page that cannot be loaded would be the end of the wall. */
export function isDue({ now, loadedAt, liveAt, failures }: Health): boolean {
  if (now - loadedAt < BETWEEN) return false;
  return failures >= FAILURES || now - liveAt > OLD || now - loadedAt > LONGEST;
}
