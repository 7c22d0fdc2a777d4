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
  /** Totals of the session: what the device sent, and what came back. */
  readonly up: number;
  readonly down: number;
  readonly conversations: number;
  readonly tracking: Tracking;
}

/** Of one device. The most bytes first. */
export function sharesOf(groups: Groups, device: Device): readonly Share[] {
  const shares: Share[] = [];
  for (const { key, upBytes, downBytes, talks, tracking } of groupsOfDevice(groups, device).values())
    shares.push({ key, up: upBytes, down: downBytes, conversations: talks, tracking: trackingOf(tracking, talks) });
  return shares.sort((a, b) => b.up + b.down - a.up - a.down || compareText(a.key, b.key));
}

/** Where something went: what only came in did not go anywhere. The most sent first. */
export function sentShares(shares: readonly Share[]): readonly Share[] {
  return shares.filter(({ up }) => up > 0).sort((a, b) => b.up - a.up || compareText(a.key, b.key));
}
