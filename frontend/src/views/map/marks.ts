// SPDX-License-Identifier: MIT
// From conversations to places: one mark for each place, how much each country has, and what is nowhere.

import { isTracking } from '../../store/category';
import { HOT } from '../../store/freshness';
import { groupKey, isNameless } from '../../store/grouping';
import { placeSpot } from '../../store/selection';
import type { Conversation, Device, Place } from '../../store/rows';
import { OF_NOTHING, type IsSpoken } from '../../parts/finding/spoken';

export interface Mark {
  readonly place: Place;
  readonly latitude: number;
  readonly longitude: number;
  /** No better known than to its country or region. */
  readonly vague: boolean;
  readonly devices: ReadonlySet<Device>;
  /** What is there, most conversations first. */
  readonly names: readonly string[];
  /** Those of them that are for advertising or measure people. */
  readonly trackers: readonly string[];
  readonly networks: readonly string[];
  readonly conversations: number;
  /** Those of them that are for advertising or measure people. */
  readonly tracking: number;
  /** Of one of them it is known whom it is with; the sentence above speaks of one. */
  readonly known: boolean;
  readonly spoken: boolean;
  /** Bytes a second: what is sent there, and what is received from there. */
  readonly upRate: number;
  readonly downRate: number;
  /** Last time that a counter moved, on the feed's clock. */
  readonly active: number;
  /** Since when nothing there is alive any more: it fades out. Null while something is. */
  readonly gone: number | null;
}

export interface Marks {
  /** Ordered by the place's id. */
  readonly marks: readonly Mark[];
  /** Conversations by country, two letters. */
  readonly countries: ReadonlyMap<string, number>;
  /** Conversations whose place is known, and whose is not: those that have just ended as well. */
  readonly placed: number;
  readonly nowhere: number;
  /** Whose place is not known: groups by company, most conversations first. */
  readonly unplaced: readonly string[];
}

export const NO_MARKS: Marks = { marks: [], countries: new Map(), placed: 0, nowhere: 0, unplaced: [] };

/** 1 at the moment of activity, 0 after HOT: it glows. */
export function hotness(active: number, now: number): number {
  return Math.min(1, Math.max(0, 1 - (now - active) / HOT));
}

interface Draft {
  readonly place: Place;
  readonly at: readonly [number, number];
  readonly devices: Set<Device>;
  readonly names: Map<string, number>;
  readonly trackers: Set<string>;
  readonly networks: Map<string, number>;
  conversations: number;
  tracking: number;
  known: boolean;
  spoken: boolean;
  upRate: number;
  downRate: number;
  active: number;
  gone: number | null;
}

/** Longitude and latitude of the middle of a country. */
export type Middles = ReadonlyMap<string, readonly [number, number]>;

/** Longitude and latitude, or null. Zero is as good as any; a place with a country alone is in the middle of it. */
function coordinates({ latitude, longitude, country }: Place, middles: Middles): readonly [number, number] | null {
  if (latitude === null || longitude === null) return (country === null ? undefined : middles.get(country)) ?? null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [longitude, latitude] : null;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
}

/** When the last of two went; null while one is there. */
export function lastGone(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

function toMark(draft: Draft): Mark {
  const { place, at, devices, conversations, tracking, known, spoken, upRate, downRate, active, gone } = draft;
  return {
    place,
    longitude: at[0],
    latitude: at[1],
    vague: place.city === null,
    devices,
    names: byCount(draft.names),
    trackers: [...draft.trackers].sort(),
    networks: byCount(draft.networks),
    conversations,
    tracking,
    known,
    spoken,
    upRate,
    downRate,
    active,
    gone,
  };
}

function startDraft(place: Place, middles: Middles): Draft | null {
  const at = coordinates(place, middles);
  return (
    at && {
      place,
      at,
      devices: new Set(),
      names: new Map(),
      trackers: new Set(),
      networks: new Map(),
      conversations: 0,
      tracking: 0,
      known: false,
      spoken: false,
      upRate: 0,
      downRate: 0,
      active: 0,
      gone: -Infinity,
    }
  );
}

function addConversation(draft: Draft, conversation: Conversation, spoken: boolean): void {
  const { remote, device, active, gone } = conversation;
  draft.devices.add(device);
  const guess = conversation.how === 'dns-other' ? '?' : '';
  add(draft.names, conversation.company?.name ?? conversation.name + guess);
  // of a company that does other things too, the name that was looked up says more
  if (isTracking(conversation.category)) {
    draft.trackers.add(conversation.name);
    draft.tracking += 1;
  }
  draft.known ||= !isNameless(conversation);
  draft.spoken ||= spoken;
  if (remote.network) add(draft.networks, remote.network.name);
  draft.conversations += 1;
  draft.upRate += conversation.upRate;
  draft.downRate += conversation.downRate;
  draft.active = Math.max(draft.active, active);
  draft.gone = lastGone(draft.gone, gone);
}

export function buildMarks(
  conversations: readonly Conversation[],
  middles: Middles,
  isSpoken: IsSpoken = OF_NOTHING,
): Marks {
  const drafts = new Map<string, Draft | null>();
  const countries = new Map<string, number>();
  const unplaced = new Map<string, number>();
  let placed = 0;
  let nowhere = 0;
  for (const conversation of conversations) {
    const { place } = conversation.remote;
    const spot = place && placeSpot(place);
    let draft = spot === null ? null : drafts.get(spot);
    if (place && spot !== null && draft === undefined) drafts.set(spot, (draft = startDraft(place, middles)));
    if (!draft) {
      nowhere += 1;
      add(unplaced, groupKey(conversation, 'company'));
      continue;
    }
    addConversation(draft, conversation, isSpoken(conversation));
    placed += 1;
    if (draft.place.country !== null) add(countries, draft.place.country);
  }
  const marks = [...drafts.values()].flatMap((draft) => (draft ? [toMark(draft)] : []));
  return {
    marks: marks.sort((a, b) => a.place.id - b.place.id),
    countries,
    placed,
    nowhere,
    unplaced: byCount(unplaced),
  };
}

/** Of the mark of the home. */
export const HOME_RADIUS = 8;
/** Of the largest disc. */
export const SPOT_RADIUS = 9;
const SPOT_LEAST = 5;

/** The more devices, the larger: a number in it would be read as that of the places, which stands beside it. */
export function spotRadius(devices: number): number {
  return Math.min(SPOT_RADIUS, SPOT_LEAST + Math.sqrt(Math.max(0, devices - 1)));
}

/** The radius of a mark's glow: 10 + 30 x hotness across. */
export function glowRadius(hot: number, scale: number): number {
  return ((10 + 30 * hot) / 2) * scale;
}
