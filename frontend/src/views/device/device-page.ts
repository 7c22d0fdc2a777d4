// SPDX-License-Identifier: MIT
// What there is to say of one device, from what it does and what it asked for. Pure.

import { isHiding, isPlainDns, isTracking } from '../../store/category';
import { groupKey } from '../../store/grouping';
import type { Behaviour, Conversation, Device, Lookup } from '../../store/rows';
import { sharesOf, type Share } from '../../parts/shares';
import { compareText } from '../../parts/steps';
import type { Selection } from '../../store/selection';

export interface News {
  readonly key: string;
  /** When this device was first seen with it, on the feed's clock. */
  readonly first: number;
  /** No other device here was. */
  readonly alone: boolean;
}

/** Younger is new. Milliseconds. */
export const NEW = 600_000;
/** Of a device that has just come, everything is new: so nothing is. */
const SETTLED = 60_000;

/** Destinations that the device was first seen with lately, the latest first. */
export function newsOf(device: Device, held: readonly Conversation[], now: number): News[] {
  const first = new Map<string, number>();
  const others = new Set<string>();
  for (const one of held) {
    const key = groupKey(one, 'company');
    if (one.device === device) first.set(key, Math.min(one.seen, first.get(key) ?? Infinity));
    else others.add(key);
  }
  return [...first]
    .filter(([, time]) => now - time <= NEW && time - device.seen >= SETTLED)
    .map(([key, time]) => ({ key, first: time, alone: !others.has(key) }))
    .sort((a, b) => b.first - a.first || compareText(a.key, b.key));
}

export interface Doing {
  readonly behaviour: Behaviour;
  /** Of the destinations, the latest active first. */
  readonly keys: readonly string[];
}

const DOINGS: readonly Behaviour[] = ['call', 'stream', 'download', 'upload', 'beacon', 'idle'];

/** What its conversations look like: the most striking first. */
export function doingsOf(conversations: readonly Conversation[]): Doing[] {
  const latest = [...conversations]
    .filter((one) => one.gone === null)
    .sort((a, b) => b.active - a.active || a.id - b.id);
  return DOINGS.flatMap((behaviour) => {
    const keys = new Set(latest.filter((one) => one.behaviour === behaviour).map((one) => groupKey(one, 'company')));
    return keys.size === 0 ? [] : [{ behaviour, keys: [...keys] }];
  });
}

export interface Page {
  readonly device: Device;
  /** All that the feed holds of it, and what views show. */
  readonly held: readonly Conversation[];
  readonly shown: readonly Conversation[];
  readonly companies: readonly Share[];
  readonly countries: readonly Share[];
  readonly trackers: readonly Share[];
  /** Of the held conversations, those for advertising or measuring people. */
  readonly trackerTalks: number;
  /** Of encrypted DNS and relays. */
  readonly hiding: readonly string[];
  /** Addresses of DNS servers elsewhere that it asks in the clear. */
  readonly clear: readonly string[];
  readonly doings: readonly Doing[];
  readonly news: readonly News[];
  /** The latest first. */
  readonly lookups: readonly Lookup[];
}

export function pageOf(device: Device, selection: Pick<Selection, 'held' | 'conversations' | 'lookups' | 'now'>): Page {
  const held = selection.held.filter((one) => one.device === device);
  const shown = selection.conversations.filter((one) => one.device === device);
  const tracking = held.filter((one) => isTracking(one.category));
  const hiding = held.filter((one) => isHiding(one.category));
  const clear = held.filter((one) => isPlainDns(one) && one.remote.special !== 'home');
  return {
    device,
    held,
    shown,
    companies: sharesOf(held, 'company'),
    countries: sharesOf(
      held.filter((one) => one.remote.special === null),
      'country',
    ),
    trackers: sharesOf(tracking, 'company'),
    trackerTalks: tracking.length,
    hiding: [...new Set(hiding.map((one) => one.fullName))],
    clear: [...new Set(clear.map((one) => one.remote.address))],
    doings: doingsOf(shown),
    news: newsOf(device, selection.held, selection.now),
    lookups: selection.lookups.filter((one) => one.device === device).sort((a, b) => b.asked - a.asked || b.id - a.id),
  };
}
