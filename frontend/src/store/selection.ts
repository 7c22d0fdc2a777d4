// SPDX-License-Identifier: MIT
// What is to be shown, and what of it the viewer has picked.

import type { Category } from './category';
import type { Conversation, Device, Lookup, Mark, Name, Place, Room, Site, Source, Sum } from './rows';
import type { Groups } from './session';

/**
 * What is to be shown now. A new object for each update of the picture (at least one a second while the feed is live,
 * at most as many as feed/pacing.ts allows); the same object, with rows that stand still, while the picture is paused.
 */
export interface Selection {
  /** Grows by one with each new selection. */
  readonly version: number;
  /** The feed's clock: age = now - row.active. Milliseconds. */
  readonly now: number;
  /** The same moment by the collector's clock. Milliseconds of Unix time. */
  readonly date: number;
  readonly site: Site | null;
  /** What whoever leads the room says; null where nothing is known of that. */
  readonly room: Room | null;
  /** Moments that were marked, the oldest first. */
  readonly marks: readonly Mark[];
  readonly sources: readonly Source[];
  /** All devices, whatever the filter, ordered by id. */
  readonly devices: readonly Device[];
  /** The same by id. */
  readonly deviceTable: ReadonlyMap<number, Device>;
  /** Ids of the devices that have something to show now, whatever the filter. */
  readonly busy: ReadonlySet<number>;
  /** The device of this viewer, when it is one of them. */
  readonly me: Device | null;
  /** The viewer sits at the machine that serves this page, or comes by way of it. */
  readonly local: boolean;
  /** Each of several sites that are shown together has a device with the viewer's address: nobody can tell which it is. */
  readonly ambiguous: boolean;
  /** The one device that the filter leaves, or null for everyone. */
  readonly only: Device | null;
  /** The filter leaves but a part of what a device does. */
  readonly narrowed: boolean;
  /**
   * The conversations that views show (open, not idle for long, that the filter leaves), and those that have just ended
   * and fade out (`gone` set), ordered by id. Counts of what is there now are of both: of what is short there is nothing else.
   */
  readonly conversations: readonly Conversation[];
  /** This viewer sees what was looked up; else there are neither lookups nor names. */
  readonly lookupsTold: boolean;
  /** Not yet, but in a moment. */
  readonly lookupsComing: boolean;
  // What follows is made when it is first asked for.
  /** All conversations that the feed holds and the filter leaves, also idle ones, those still being made and those that have ended. */
  readonly held: readonly Conversation[];
  /** What became of those that are not held any more, as far as the filter leaves it. */
  readonly sums: readonly Sum[];
  /** What each group had in this session, of all that the filter leaves. Made once for each grouping. */
  readonly groups: (by: Grouping) => Groups;
  /** The same whatever the filter: whom the room talked with, and since when. */
  readonly allGroups: (by: Grouping) => Groups;
  /** The lookups that the filter leaves, ordered by id. */
  readonly lookups: readonly Lookup[];
  /** All names that somebody looked up, ordered by id. */
  readonly names: readonly Name[];
  /** The categories that all conversations of the session have, whatever the filter, in the order of category.ts. */
  readonly categories: readonly Category[];
}

/** By what the destinations are put together: `company` is the company, or the domain where it has none. */
export type Grouping = 'company' | 'domain' | 'network' | 'country' | 'category';

/** What the viewer has picked; the shell shows its details beside the view and keeps it in the URL. */
export type Target =
  | { readonly kind: 'device'; readonly device: number }
  | { readonly kind: 'group'; readonly by: Grouping; readonly key: string }
  | { readonly kind: 'link'; readonly device: number; readonly by: Grouping; readonly key: string }
  /** One place of the map, or all of a cluster, by placeKey. */
  | { readonly kind: 'places'; readonly places: readonly string[] };

/** Devices that are here, but for the router itself. */
export function hereOf(devices: readonly Device[]): Device[] {
  return devices.filter(({ gone, self }) => gone === null && !self);
}

export function sameTarget(a: Target | null, b: Target): boolean {
  if (!a || a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'device':
      return b.kind === 'device' && a.device === b.device;
    case 'group':
      return b.kind === 'group' && a.by === b.by && a.key === b.key;
    case 'link':
      return b.kind === 'link' && a.device === b.device && a.by === b.by && a.key === b.key;
    case 'places':
      return b.kind === 'places' && a.places.join('\n') === b.places.join('\n');
  }
}

const spots = new WeakMap<Place, string>();

/** The same for rows that are of one place: each of several sites has rows of its own. */
export function placeSpot(place: Place): string {
  let spot = spots.get(place);
  if (spot === undefined) {
    spot = `${placeKey(place)} ${place.latitude} ${place.longitude}`;
    spots.set(place, spot);
  }
  return spot;
}

const keys = new WeakMap<Place, string>();

/** Country, region and city: for no eye, but for the address of the page. */
export function placeKey(place: Place): string {
  let key = keys.get(place);
  if (key === undefined) {
    key = [place.country, place.region, place.city].map((part) => part ?? '').join('|');
    keys.set(place, key);
  }
  return key;
}
