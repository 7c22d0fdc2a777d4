// SPDX-License-Identifier: MIT
// From conversations to places: one mark for each place, the share of each country, and what is nowhere.

import type { Conversation, Device, Place } from '../../store/rows';

/** A mark is hot when active within this time, and cools over it. Milliseconds. */
export const HOT_MS = 15_000;

export interface Mark {
  readonly place: Place;
  readonly latitude: number;
  readonly longitude: number;
  readonly devices: ReadonlySet<Device>;
  /** What is there, most conversations first. */
  readonly names: readonly string[];
  readonly conversations: number;
  /** Last time that a counter moved, on the feed's clock. */
  readonly active: number;
  /** True when nothing there is alive any more: it fades out. */
  readonly gone: boolean;
}

export interface Marks {
  /** Ordered by the place's id. */
  readonly marks: readonly Mark[];
  /** Conversations by country, two letters. */
  readonly countries: ReadonlyMap<string, number>;
  /** Conversations alive whose place is known, and whose is not. */
  readonly placed: number;
  readonly nowhere: number;
}

/** 1 at the moment of activity, 0 after HOT_MS. */
export function heatOf(active: number, now: number): number {
  return Math.min(1, Math.max(0, 1 - (now - active) / HOT_MS));
}

interface Draft {
  readonly place: Place;
  readonly devices: Set<Device>;
  readonly names: Map<string, number>;
  conversations: number;
  alive: number;
  active: number;
}

/** Where a place is, or null: latitude 0 and longitude 0 are good values. */
function coordinates(place: Place): readonly [number, number] | null {
  const { latitude, longitude } = place;
  if (latitude === null || longitude === null) return null;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return null;
  return [latitude, longitude];
}

function byCount(names: ReadonlyMap<string, number>): string[] {
  return [...names].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
}

export function buildMarks(conversations: readonly Conversation[]): Marks {
  const drafts = new Map<Place, Draft>();
  const countries = new Map<string, number>();
  let placed = 0;
  let nowhere = 0;
  for (const conversation of conversations) {
    const { place } = conversation.remote;
    const alive = conversation.gone === null;
    if (!place || !coordinates(place)) {
      if (alive) nowhere += 1;
      continue;
    }
    let draft = drafts.get(place);
    if (!draft) {
      draft = { place, devices: new Set(), names: new Map(), conversations: 0, alive: 0, active: 0 };
      drafts.set(place, draft);
    }
    draft.devices.add(conversation.device);
    draft.names.set(conversation.remote.name, (draft.names.get(conversation.remote.name) ?? 0) + 1);
    draft.conversations += 1;
    draft.active = Math.max(draft.active, conversation.active);
    if (!alive) continue;
    draft.alive += 1;
    placed += 1;
    if (place.country !== null) countries.set(place.country, (countries.get(place.country) ?? 0) + 1);
  }
  const marks = [...drafts.values()]
    .sort((a, b) => a.place.id - b.place.id)
    .map((draft) => {
      const [latitude, longitude] = coordinates(draft.place) ?? [0, 0];
      return {
        place: draft.place,
        latitude,
        longitude,
        devices: draft.devices,
        names: byCount(draft.names),
        conversations: draft.conversations,
        active: draft.active,
        gone: draft.alive === 0,
      };
    });
  return { marks, countries, placed, nowhere };
}

/** Steps of a country's fill: 0 for none, then 1 to 4 by its share of all conversations with a place. */
export function fillStep(count: number, all: number): number {
  if (count <= 0 || all <= 0) return 0;
  const share = count / all;
  if (share < 0.03) return 1;
  if (share < 0.1) return 2;
  return share < 0.25 ? 3 : 4;
}
