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
  /** What each device had, by its id. NOBODY: devices that had to make room for others. */
  readonly devices: ReadonlyMap<number, Tally>;
}

export type Groups = ReadonlyMap<string, Group>;

/** No row has this id. */
export const NOBODY = 0;

type Growing = { -readonly [K in keyof Tally]: Tally[K] };
type GrowingGroup = Growing & { readonly key: string; readonly devices: Map<number, Growing> };

const NOTHING: Tally = { upBytes: 0, downBytes: 0, talks: 0, tracking: 0, first: Infinity };

interface Amounts {
  readonly upBytes: number;
  readonly downBytes: number;
  readonly seen: number;
}

function count(tally: Growing, { upBytes, downBytes, seen }: Amounts, talks: number, tracking: number): void {
  tally.upBytes += upBytes;
  tally.downBytes += downBytes;
  tally.talks += talks;
  tally.tracking += tracking;
  if (seen < tally.first) tally.first = seen;
}

class Builder {
  readonly groups = new Map<string, GrowingGroup>();

  add(key: string, device: number, amounts: Amounts, talks: number, tracks: boolean): void {
    const group = this.group(key);
    const own = this.#own(group, device);
    const tracking = tracks ? talks : 0;
    count(group, amounts, talks, tracking);
    count(own, amounts, talks, tracking);
  }

  /** It may have begun as early as this. */
  date(key: string, device: number, room: number, own: number): void {
    const group = this.group(key);
    group.first = Math.min(group.first, room);
    const tally = this.#own(group, device);
    tally.first = Math.min(tally.first, own);
  }

  group(key: string): GrowingGroup {
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = { ...NOTHING, key, devices: new Map() }));
    return group;
  }

  #own({ devices }: GrowingGroup, device: number): Growing {
    let own = devices.get(device);
    if (!own) devices.set(device, (own = { ...NOTHING }));
    return own;
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
    if (!rests || rests.groups.size === 0) continue;
    const before = rests.groups.get(restKey(one));
    if (before) builder.date(key, one.device.id, before.first, before.devices.get(one.device.id)?.first ?? Infinity);
  }
  return builder.groups;
}

/** So long after a beginning everything is met for the first time, and so nothing is said to be new. Milliseconds. */
const SETTLED = 60_000;

export interface Moment {
  readonly now: number;
  readonly site: Site | null;
}

/**
 * Whether something is new: first met within the last `span` milliseconds, in this session, by the room or (with a device)
 * by that device. The same in every page, since it follows from the feed alone. What was met within the first minute of
 * the session, of the collector's run (which finds what was there before) or of the device itself is not new.
 */
export function isNew(tally: Pick<Tally, 'first'>, span: number, { now, site }: Moment, device?: Device): boolean {
  const { first } = tally;
  if (now - first > span) return false;
  const begins = [site?.session ?? 0, 0, ...(device ? [device.seen] : [])];
  return begins.every((begin) => first < begin || first - begin >= SETTLED);
}

/** What was first met within this time is called new in the pictures, and on a device's page. Milliseconds. */
export const NEW_FOR = 12_000;
export const NEW_LATELY = 600_000;

/** The groups that are new in the room. */
export function newGroups(groups: Groups, moment: Moment): ReadonlySet<string> {
  const found = new Set<string>();
  for (const group of groups.values()) if (isNew(group, NEW_FOR, moment)) found.add(group.key);
  return found;
}
