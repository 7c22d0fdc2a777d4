// SPDX-License-Identifier: MIT
// What shares conversations have in groups: bytes, how many, and whether any is for advertising or measures people. Pure.

import { isTracking } from '../../store/category';
import { groupKey } from '../../store/grouping';
import type { Conversation } from '../../store/rows';
import type { Grouping } from '../types';
import { compareText } from './steps';

export interface Share {
  /** As groupKey gives it. */
  readonly key: string;
  /** Totals of the session, both directions. */
  readonly bytes: number;
  readonly conversations: number;
  readonly tracking: boolean;
}

type Growing = { -readonly [K in keyof Share]: Share[K] };

/** The most bytes first. */
export function sharesOf(conversations: readonly Conversation[], by: Grouping): Share[] {
  const shares = new Map<string, Growing>();
  for (const one of conversations) {
    const key = groupKey(one, by);
    let share = shares.get(key);
    if (!share) shares.set(key, (share = { key, bytes: 0, conversations: 0, tracking: false }));
    share.bytes += one.upBytes + one.downBytes;
    share.conversations += 1;
    share.tracking ||= isTracking(one.category);
  }
  return [...shares.values()].sort((a, b) => b.bytes - a.bytes || compareText(a.key, b.key));
}
