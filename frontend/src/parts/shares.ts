// SPDX-License-Identifier: MIT
// What shares a device has in groups: bytes, how many conversations, and how much of it is for advertising or measures people.
// Pure.

import { trackingOf, type Tracking } from '../store/category';
import type { Device } from '../store/rows';
import { groupsOfDevice, type Groups } from '../store/session';
import { compareText } from './steps';

export interface Share {
  /** As groupKey gives it. */
  readonly key: string;
  /** Totals of the session, both directions. */
  readonly bytes: number;
  readonly conversations: number;
  readonly tracking: Tracking;
}

/** Of one device. The most bytes first. */
export function sharesOf(groups: Groups, device: Device): readonly Share[] {
  const shares: Share[] = [];
  for (const { key, upBytes, downBytes, talks, tracking } of groupsOfDevice(groups, device).values())
    shares.push({ key, bytes: upBytes + downBytes, conversations: talks, tracking: trackingOf(tracking, talks) });
  return shares.sort((a, b) => b.bytes - a.bytes || compareText(a.key, b.key));
}
