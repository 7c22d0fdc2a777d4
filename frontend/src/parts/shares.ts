// SPDX-License-Identifier: MIT
// What shares a device has in groups: bytes, how many conversations, and how much of it is for advertising or measures people.
// Pure.

import { trackingOf, type Tracking } from '../store/category';
import type { Device } from '../store/rows';
import type { Groups } from '../store/session';
import { compareText } from './steps';

export interface Share {
  /** As groupKey gives it. */
  readonly key: string;
  /** Totals of the session, both directions. */
  readonly bytes: number;
  readonly conversations: number;
  readonly tracking: Tracking;
}

/** Of each device, by its id. The most bytes first. */
export function sharesOf(groups: Groups): ReadonlyMap<number, readonly Share[]> {
  const shares = new Map<number, Share[]>();
  for (const { key, devices } of groups.values()) {
    for (const [device, { upBytes, downBytes, talks, tracking }] of devices) {
      const share = { key, bytes: upBytes + downBytes, conversations: talks, tracking: trackingOf(tracking, talks) };
      const list = shares.get(device);
      if (list) list.push(share);
      else shares.set(device, [share]);
    }
  }
  for (const list of shares.values()) list.sort((a, b) => b.bytes - a.bytes || compareText(a.key, b.key));
  return shares;
}

export function sharesOfOne(groups: Groups, device: Device): readonly Share[] {
  return sharesOf(groups).get(device.id) ?? [];
}
