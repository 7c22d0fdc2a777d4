// SPDX-License-Identifier: MIT
// What devices do and did of what the filter leaves. Pure.

import type { Conversation, Device } from './rows';
import type { Selection } from './selection';
import { groupsOfDevice } from './session';

export interface DeviceAmounts {
  // Bytes a second, now:
  readonly upRate: number;
  readonly downRate: number;
  // of the session:
  readonly upBytes: number;
  readonly downBytes: number;
}

export type AmountsSource = Pick<Selection, 'narrowed' | 'conversations' | 'groups'>;

function leftRates(conversations: readonly Conversation[]): ReadonlyMap<number, { up: number; down: number }> {
  const rates = new Map<number, { up: number; down: number }>();
  for (const { device, upRate, downRate } of conversations) {
    const own = rates.get(device.id) ?? { up: 0, down: 0 };
    own.up += upRate;
    own.down += downRate;
    rates.set(device.id, own);
  }
  return rates;
}

type DeviceBytes = Pick<DeviceAmounts, 'upBytes' | 'downBytes'>;

/** Of the session. */
export function bytesOfDevice(device: Device, selection: Omit<AmountsSource, 'conversations'>): DeviceBytes {
  if (!selection.narrowed) return device;
  const sum = { upBytes: 0, downBytes: 0 };
  for (const { upBytes, downBytes } of groupsOfDevice(selection.groups('company'), device).values()) {
    sum.upBytes += upBytes;
    sum.downBytes += downBytes;
  }
  return sum;
}

/** A device counts itself: only where the filter leaves a part of what it does, that is added up. */
export function amountsOfDevices(selection: AmountsSource): (device: Device) => DeviceAmounts {
  if (!selection.narrowed) return (device) => device;
  const rates = leftRates(selection.conversations);
  return (device) => {
    const { up, down } = rates.get(device.id) ?? { up: 0, down: 0 };
    return { upRate: up, downRate: down, ...bytesOfDevice(device, selection) };
  };
}

/** How many conversations it had in this session, whatever the filter. */
export function talksOf(device: Device, { allGroups }: Pick<Selection, 'allGroups'>): number {
  let talks = 0;
  for (const group of groupsOfDevice(allGroups('company'), device).values()) talks += group.talks;
  return talks;
}
