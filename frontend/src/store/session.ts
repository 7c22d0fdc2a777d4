// SPDX-License-Identifier: MIT
// What each group of conversations had in this session: in all that is held one by one, ended ones too, and in the sums of
// what is not any more. Pure.

import { isTracking } from './category';
import { groupKey, restKey, sumKey } from './grouping';
import type { Conversation, Device, Site, Sum } from './rows';
import type { Grouping } from './selection';

export interface Tally {
  readonly upBytes: number;
  readonly downBytes: number;
  /** Conversations, and those of them that are for advertising or measure people. */
  readonly talks: number;
  readonly tracking: number;
  /** When the first of them began, on the feed's clock. */
  readonly first: number;
}

export interface Group extends Tally {
  readonly key: string;
}

export interface Groups {
  readonly all: ReadonlyMap<string, Group>;
  /** What each device had, by its id. NOBODY: devices that had to make room for others. */
  readonly ofDevices: ReadonlyMap<number, ReadonlyMap<string, Group>>;
}

/** No row has this id. */
export const NOBODY = 0;

const NONE: ReadonlyMap<string, Group> = new Map();

export function groupsOfDevice({ ofDevices }: Groups, { id }: Pick<Device, 'id'>): ReadonlyMap<string, Group> {
  return ofDevices.get(id) ?? NONE;
}

interface Amounts {
  readonly upBytes: number;
  readonly downBytes: number;
  readonly seen: number;
}

class GrowingGroup implements Group {
  upBytes = 0;
  downBytes = 0;
  talks = 0;
  tracking = 0;
  first = Infinity;
  constructor(readonly key: string) {}

  count({ upBytes, downBytes, seen }: Amounts, talks: number, tracking: number): void {
    this.upBytes += upBytes;
    this.downBytes += downBytes;
    this.talks += talks;
    this.tracking += tracking;
    this.date(seen);
  }

  date(first: number): void {
    if (first < this.first) this.first = first;
  }
}

function take(groups: Map<string, GrowingGroup>, key: string): GrowingGroup {
  let group = groups.get(key);
  if (!group) groups.set(key, (group = new GrowingGroup(key)));
  return group;
}

/** A map for each device, and not for each group, for these are thousands. */
class Builder implements Groups {
  readonly all = new Map<string, GrowingGroup>();
  readonly ofDevices = new Map<number, Map<string, GrowingGroup>>();

  add(key: string, device: number, amounts: Amounts, talks: number, tracks: boolean): void {
    const tracking = tracks ? talks : 0;
    take(this.all, key).count(amounts, talks, tracking);
    let own = this.ofDevices.get(device);
    if (!own) this.ofDevices.set(device, (own = new Map()));
    take(own, key).count(amounts, talks, tracking);
  }

  /** It may have begun as early as what is the same in the others. */
  date(key: string, device: number, others: Builder, same: string): void {
    const room = others.all.get(same);
    if (!room) return;
    this.all.get(key)?.date(room.first);
    const own = others.ofDevices.get(device)?.get(same);
    if (own) this.ofDevices.get(device)?.get(key)?.date(own.first);
  }
}

/**
 * By group. Left out are sums that cannot tell which group they belong to: of a company neither the domains nor the
 * networks are known, of a domain not the networks. But what they stand for may have been with any of them, so these
 * count as known since then.
 */
export function groupsOf(conversations: readonly Conversation[], sums: readonly Sum[], by: Grouping): Groups {
  const builder = new Builder();
  const rests = by === 'country' || by === 'category' ? null : new Builder();
  for (const sum of sums) {
    const { conversations: talks, category } = sum;
    const device = sum.device?.id ?? NOBODY;
    const key = sumKey(sum, by);
    if (key !== null) builder.add(key, device, sum, talks, isTracking(category));
    const rest = rests && sumKey(sum, 'rest');
    if (rest !== null) rests?.add(rest, device, sum, talks, false);
  }
  for (const one of conversations) {
    const key = groupKey(one, by);
    builder.add(key, one.device.id, one, 1, isTracking(one.category));
    if (rests && rests.all.size > 0) builder.date(key, one.device.id, rests, restKey(one));
  }
  return builder;
}

/** So long after a beginning everything is met for the first time, and so nothing is said to be new. Milliseconds. */
const SETTLED = 60_000;

export interface Moment {
  readonly now: number;
  readonly site: Site | null;
}

/** When this session began, on the feed's clock. */
function watchedSince(site: Site | null): number {
  return site?.session ?? 0;
}

/**
 * Since when a device is known: before that, whom it met cannot be told. Of the session and of what the collector found
 * when it started it is not known when they began. device: whether it is the device that came so late.
 */
export function knownSince(device: Device, { site }: Moment): { readonly at: number; readonly device: boolean } {
  const watched = Math.max(watchedSince(site), 0);
  return device.seen > watched ? { at: device.seen, device: true } : { at: watched, device: false };
}

/**
 * Whether something is new: first met within the last `span` milliseconds, in this session, by the room or (with a device)
 * by that device. The same in every page, since it follows from the feed alone. What was met within the first minute of
 * the session, of the collector's run (which finds what was there before) or of the device itself is not new.
 */
export function isNew(tally: Pick<Tally, 'first'>, span: number, { now, site }: Moment, device?: Device): boolean {
  const { first } = tally;
  if (now - first > span) return false;
  const begins = [watchedSince(site), 0, ...(device ? [device.seen] : [])];
  return begins.every((begin) => first < begin || first - begin >= SETTLED);
}

/** What was first met within this time is called new in the pictures, and on a device's page. Milliseconds. */
export const NEW_FOR = 12_000;
export const NEW_LATELY = 600_000;

/** The groups that are new in the room. */
export function newGroups(groups: Groups, moment: Moment): ReadonlySet<string> {
  const found = new Set<string>();
  for (const group of groups.all.values()) if (isNew(group, NEW_FOR, moment)) found.add(group.key);
  return found;
}
