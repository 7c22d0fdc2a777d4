// SPDX-License-Identifier: MIT
// Where what somebody looks for was seen, when nothing of it goes on now. Pure.

import type { Conversation, Lookup } from './rows';
import type { Selection } from './selection';

export interface Traces {
  /** The latest question for it, and under how many domains the lookups have it. */
  readonly asked: Lookup | null;
  readonly domains: number;
  /** The conversation with it that was active last, of those that were answered. */
  readonly talked: Conversation | null;
}

function latest<T>(rows: readonly T[], time: (row: T) => number): T | null {
  return rows.reduce<T | null>((best, row) => (best === null || time(row) > time(best) ? row : best), null);
}

/** Somebody answered, or, where nothing is counted, nobody can tell. */
function wasAnswered({ open, connecting, total, upPackets, downPackets }: Conversation): boolean {
  return open > 0 || downPackets > 0 || (upPackets === 0 && total > connecting);
}

/** Of all that the filter leaves. */
export function tracesOf({ lookups, held }: Pick<Selection, 'lookups' | 'held'>): Traces {
  return {
    asked: latest(lookups, (one) => one.asked),
    domains: new Set(lookups.map(({ name }) => name.domain)).size,
    talked: latest(held.filter(wasAnswered), (one) => one.active),
  };
}
