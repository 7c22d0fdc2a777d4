// SPDX-License-Identifier: MIT
// How fresh something is, from its age on the feed's clock. Milliseconds.

/** What went stays so long to fade out. */
export const FADE = 4000;
/** What was idle for longer is not shown, where the feed does not say otherwise; and what is cold. */
export const IDLE = 300_000;
/** What was active so lately is strong in every view; what was not has faded by half. */
export const HOT = 10_000;

/**
 * 1 for what is active now, 0 for what is about to leave the picture. Falls to a half over the first seconds, and from
 * there slowly, each further step taking longer.
 */
export function heat(age: number): number {
  if (age <= 0) return 1;
  if (age <= HOT) return 1 - (0.5 * age) / HOT;
  const cold = Math.log(age / HOT) / Math.log(IDLE / HOT);
  return Math.max(0, 0.5 * (1 - cold));
}

/** How visible something is: 1, or from 1 to 0 while it fades out after it has gone. */
export function presence(gone: number | null, now: number): number {
  return gone === null ? 1 : Math.max(0, 1 - (now - gone) / FADE);
}

/** What a conversation's connections are: one is open, one is only being made, or it has ended. */
export type Phase = 'open' | 'beginning' | 'ended';

export function phaseOf({ open, connecting }: { readonly open: number; readonly connecting: number }): Phase {
  if (open > 0) return 'open';
  return connecting > 0 ? 'beginning' : 'ended';
}
