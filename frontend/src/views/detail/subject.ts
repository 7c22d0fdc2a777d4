// SPDX-License-Identifier: MIT
// What a target stands for: which conversations, and their sums. Pure.

import { bytesOfDevice } from '../../store/device-amounts';
import { groupKey, sumKey } from '../../store/grouping';
import { hereOf, type Selection, type Target, placeKey, placeSpot } from '../../store/selection';
import type { Conversation, Device, Place, Sum } from '../../store/rows';
import { groupsOfDevice, type Tally } from '../../store/session';

export interface Totals {
  readonly upRate: number;
  readonly downRate: number;
  readonly upBytes: number;
  readonly downBytes: number;
}

type Bytes = Pick<Tally, 'upBytes' | 'downBytes'>;

export interface Subject {
  readonly device: Device | null;
  /** All of the session that are kept one by one: those that views show first, then the others; the latest active first. */
  readonly conversations: readonly Conversation[];
  /** How many more there were, of which only sums are kept. */
  readonly more: number;
  /** Of those that views show now. */
  readonly devices: readonly Device[];
  /** Rates of now, bytes of the session. */
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
  const counts = new Map<string, { readonly place: Place; n: number }>();
  for (const { remote } of conversations) {
    if (!remote.place) continue;
    const spot = placeSpot(remote.place);
    const counted = counts.get(spot);
    if (counted) counted.n += 1;
    else counts.set(spot, { place: remote.place, n: 1 });
  }
  return [...counts.values()].sort((a, b) => b.n - a.n || a.place.id - b.place.id).map(({ place }) => place);
}

const latestFirst = (a: Conversation, b: Conversation): number => b.active - a.active || a.id - b.id;

/** Of the session, with what is in sums. Null where these cannot tell: of places, and of who is not here. */
function tallyOf(selection: Selection, target: Target, device: Device | null): Bytes | null {
  if (target.kind === 'device') return device && bytesOfDevice(device, selection);
  if (target.kind === 'places') return null;
  const { all, ofDevices } = selection.groups(target.by);
  return (target.kind === 'group' ? all : ofDevices.get(target.device))?.get(target.key) ?? null;
}

/** In the sums, as far as these can tell: of places they cannot. */
function countMore({ sums }: Selection, target: Target): number {
  if (target.kind === 'places') return 0;
  const fits = (sum: Sum): boolean =>
    (target.kind === 'group' || sum.device?.id === target.device) &&
    (target.kind === 'device' || sumKey(sum, target.by) === target.key);
  return sums.reduce((all, sum) => (fits(sum) ? all + sum.conversations : all), 0);
}

export function subjectOf(selection: Selection, target: Target): Subject {
  const shown = selection.conversations.filter((conversation) => belongs(conversation, target)).sort(latestFirst);
  const listed = new Set(shown);
  const held = selection.held.filter((conversation) => belongs(conversation, target));
  const others = held.filter((conversation) => !listed.has(conversation)).sort(latestFirst);
  const conversations = [...shown, ...others];
  const sum = totalsOf(conversations);
  const device = 'device' in target ? (selection.devices.find((one) => one.id === target.device) ?? null) : null;
  const tally = tallyOf(selection, target, device);
  return {
    device,
    conversations,
    more: countMore(selection, target),
    devices: [...new Set(shown.map((conversation) => conversation.device))].sort((a, b) => a.id - b.id),
    totals: {
      ...totalsOf(shown),
      upBytes: tally?.upBytes ?? sum.upBytes,
      downBytes: tally?.downBytes ?? sum.downBytes,
    },
  };
}

/** The company that a target is. Null where it is something else, or whose it is is not known. */
export function companyOf({ sums }: Selection, target: Target, { conversations }: Subject): string | null {
  if ((target.kind !== 'group' && target.kind !== 'link') || target.by !== 'company') return null;
  return [...conversations, ...sums].some(({ company }) => company?.name === target.key) ? target.key : null;
}

export interface Reach {
  readonly devices: number;
  readonly all: number;
}

/**
 * How many of the devices that are here have talked with it in this session, whatever the filter. Null where it says
 * nothing: of a device, of a place, or when one device alone is shown.
 */
export function reachOf(selection: Selection, target: Target): Reach | null {
  if (target.kind === 'device' || target.kind === 'places' || selection.only) return null;
  const groups = selection.allGroups(target.by);
  const here = hereOf(selection.devices);
  const devices = here.filter((device) => groupsOfDevice(groups, device).has(target.key)).length;
  return devices === 0 ? null : { devices, all: here.length };
}
