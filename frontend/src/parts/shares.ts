// SPDX-License-Identifier: MIT
// What shares conversations have in groups: bytes, how many, and how much of it is for advertising or measures people. Pure.

import { isTracking, trackingOf, type Tracking } from '../store/category';
import { groupKey } from '../store/grouping';
import type { Conversation } from '../store/rows';
import type { Grouping } from '../store/selection';
import { compareText } from './steps';

export interface Share {
  /** As groupKey gives it. */
  readonly key: string;
  /** Totals of the session, both directions. */
  readonly bytes: number;
  readonly conversations: number;
  readonly tracking: Tracking;
}

type Growing = { -readonly [K in keyof Share]: Share[K] } & { trackers: number };

/** The most bytes first. */
export function sharesOf(conversations: readonly Conversation[], by: Grouping): Share[] {
  const shares = new Map<string, Growing>();
  for (const one of conversations) {
    const key = groupKey(one, by);
    let share = shares.get(key);
    if (!share) shares.set(key, (share = { key, bytes: 0, conversations: 0, tracking: 'none', trackers: 0 }));
    share.bytes += one.upBytes + one.downBytes;
    share.conversations += 1;
    if (isTracking(one.category)) share.trackers += 1;
  }
  return [...shares.values()]
    .map(({ trackers, ...share }): Share => ({
      ...share,
      tracking: trackingOf(trackers, share.conversations),
    }))
    .sort((a, b) => b.bytes - a.bytes || compareText(a.key, b.key));
}
