// SPDX-License-Identifier: MIT
// Open one app: whom a device talked with in a while, in the order of contact. Pure.

import type { Conversation, Device } from '../../store/rows';
import { groupKey } from '../../store/grouping';
import type { Span } from './quiet';

export interface Contact {
  /** Of a group by company. */
  readonly key: string;
  /** When it was first met in that time, after its beginning. Milliseconds. Null: it was known before, and goes on. */
  readonly after: number | null;
}

/** Those that were met first, and then those that were known before and have been talked with since. */
export function contactsOf(held: readonly Conversation[], device: Device, { from, until }: Span): readonly Contact[] {
  const found = new Map<string, number | null>();
  for (const one of held) {
    if (one.device !== device || one.seen > until) continue;
    const began = one.seen >= from;
    if (!began && one.active < from) continue;
    const key = groupKey(one, 'company');
    const known = found.get(key) ?? null;
    const after = began ? one.seen - from : null;
    found.set(key, known === null ? after : after === null ? known : Math.min(known, after));
  }
  const order = (after: number | null): number => after ?? Infinity;
  return [...found]
    .map(([key, after]) => ({ key, after }))
    .sort((a, b) => (order(a.after) === order(b.after) ? a.key.localeCompare(b.key) : order(a.after) - order(b.after)));
}

export interface Met {
  readonly key: string;
  /** Devices that met it in that time. */
  readonly devices: number;
}

/** Whom most devices met in that time, at most so many. */
export function metByMost(held: readonly Conversation[], { from, until }: Span, limit: number): readonly Met[] {
  const found = new Map<string, Set<number>>();
  for (const one of held) {
    if (one.seen < from || one.seen > until) continue;
    const key = groupKey(one, 'company');
    const devices = found.get(key) ?? new Set<number>();
    found.set(key, devices.add(one.device.id));
  }
  return [...found]
    .map(([key, devices]) => ({ key, devices: devices.size }))
    .sort((a, b) => b.devices - a.devices || a.key.localeCompare(b.key))
    .slice(0, limit);
}
