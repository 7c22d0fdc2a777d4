// SPDX-License-Identifier: MIT
// What a target stands for: which conversations, and their sums. Pure.

import { groupKey } from '../../store/grouping';
import { type Selection, type Target, placeKey } from '../../store/selection';
import type { Conversation, Device, Place } from '../../store/rows';

export interface Totals {
  readonly upRate: number;
  readonly downRate: number;
  readonly upBytes: number;
  readonly downBytes: number;
}

export interface Subject {
  readonly device: Device | null;
  /** The latest active first. */
  readonly conversations: readonly Conversation[];
  readonly devices: readonly Device[];
  readonly totals: Totals;
}

function belongs(conversation: Conversation, target: Target): boolean {
  switch (target.kind) {
    case 'device':
      return conversation.device.id === target.device;
    case 'group':
      return groupKey(conversation, target.by) === target.key;
    case 'link':
      return conversation.device.id === target.device && groupKey(conversation, target.by) === target.key;
    case 'places':
      return conversation.remote.place !== null && target.places.includes(placeKey(conversation.remote.place));
  }
}

export function totalsOf(conversations: readonly Totals[]): Totals {
  const sum = { upRate: 0, downRate: 0, upBytes: 0, downBytes: 0 };
  for (const one of conversations) {
    sum.upRate += one.upRate;
    sum.downRate += one.downRate;
    sum.upBytes += one.upBytes;
    sum.downBytes += one.downBytes;
  }
  return sum;
}

/** Where they lead, most conversations first: as the map calls a cluster. */
export function placesOf(conversations: readonly Conversation[]): Place[] {
  const counts = new Map<Place, number>();
  for (const { remote } of conversations)
    if (remote.place) counts.set(remote.place, (counts.get(remote.place) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].id - b[0].id).map(([place]) => place);
}

export function subjectOf(selection: Selection, target: Target): Subject {
  const conversations = selection.conversations
    .filter((conversation) => belongs(conversation, target))
    .sort((a, b) => b.active - a.active || a.id - b.id);
  const device = 'device' in target ? (selection.devices.find((one) => one.id === target.device) ?? null) : null;
  return {
    device,
    conversations,
    devices: [...new Set(conversations.map((conversation) => conversation.device))].sort((a, b) => a.id - b.id),
    totals: totalsOf(conversations),
  };
}

export interface Reach {
  readonly devices: number;
  readonly all: number;
}

/** Null where it says nothing: of a device, of a place, or when one device alone is shown. */
export function reachOf(selection: Selection, target: Target): Reach | null {
  if (target.kind === 'device' || target.kind === 'places' || selection.only) return null;
  const { by, key } = target;
  const devices = new Set<number>();
  for (const one of selection.held) if (!one.device.self && groupKey(one, by) === key) devices.add(one.device.id);
  const all = selection.devices.filter((device) => device.gone === null && !device.self).length;
  return devices.size === 0 || all < devices.size ? null : { devices: devices.size, all };
}
