// SPDX-License-Identifier: MIT
// When an app was opened and closed, as its holder said: kept in the browser alone, for a phone lets go of a page that is not
// looked at.

export interface Use {
  /** Milliseconds of Unix time, by the collector's clock. end: null while it is open. */
  readonly begin: number;
  readonly end: number | null;
}

const KEPT = 'connvis.app';
/** The same round may seem to have begun this much earlier or later. Milliseconds. */
const NEAR = 3000;

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** round: when the round began, by the same clock. Null: nothing is kept of this round. */
export function readUse(round: number): Use | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    if (!Array.isArray(kept)) return null;
    const [of, begin, end] = kept as unknown[];
    if (!isTime(of) || Math.abs(of - round) > NEAR || !isTime(begin)) return null;
    return { begin, end: isTime(end) ? end : null };
  } catch {
    return null;
  }
}

export function keepUse(round: number, { begin, end }: Use): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([round, begin, end]));
  } catch {
    // It is known for as long as the page is there.
  }
}
