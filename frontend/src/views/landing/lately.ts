// SPDX-License-Identifier: MIT
// What one device did in the last minutes, in a few numbers. Pure.

import { isTracking } from '../../store/category';
import { groupKey, isKnown } from '../../store/grouping';
import type { Device } from '../../store/rows';
import { groupsOfDevice } from '../../store/session';
import type { Selection } from '../../store/selection';

/** Milliseconds. */
const LATELY = 300_000;

export interface Lately {
  /** That something moved with, by a name that was asked for. */
  readonly companies: number;
  /** How many of them are for advertising or measure people, in all that was with them. */
  readonly ads: number;
  /** With whom it had most data in this session; null where that is nobody with a name. */
  readonly most: string | null;
}

export function latelyOf(device: Device, { held, now, groups }: Pick<Selection, 'held' | 'now' | 'groups'>): Lately {
  const companies = new Map<string, boolean>();
  for (const one of held) {
    if (one.device !== device || now - one.active > LATELY) continue;
    const key = groupKey(one, 'company');
    if (one.how === 'address' || !isKnown(key)) continue;
    companies.set(key, (companies.get(key) ?? true) && isTracking(one.category));
  }
  let most: { readonly key: string; readonly bytes: number } | null = null;
  for (const { key, upBytes, downBytes } of groupsOfDevice(groups('company'), device).values())
    if (isKnown(key) && upBytes + downBytes > (most?.bytes ?? 0)) most = { key, bytes: upBytes + downBytes };
  return {
    companies: companies.size,
    ads: [...companies.values()].filter(Boolean).length,
    most: most?.key ?? null,
  };
}
