// SPDX-License-Identifier: MIT
// Where in the world the home is: as somebody has set it, else as the viewer's time zone lets guess. Nothing in the feed says it.
// Pure.

import type { Spotted } from './camera';
import { zoneOf, zones, type Zone } from '../../parts/zones';

export interface HomePlace extends Spotted {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Somebody has said so; else it is a guess. */
  readonly sure: boolean;
}

/** In the address, where no lines are wanted. No country has it. */
export const NOWHERE = 'none';

const first = new Map<string, Zone>();
for (const zone of zones) if (!first.has(zone.country)) first.set(zone.country, zone);

/** All that one can choose from. */
export const COUNTRIES: readonly string[] = [...first.keys()];

/** A country, NOWHERE, or null for what is none of them. */
export function readHome(text: string | undefined): string | null {
  return text !== undefined && (text === NOWHERE || first.has(text)) ? text : null;
}

/** Null where it is not known, or not wanted. set: as readHome gives it. zone: the viewer's, as the browser names it. */
export function homeOf(set: string | null, zone?: string): HomePlace | null {
  const found = set === null ? zoneOf(zone ?? '') : first.get(set);
  if (!found) return null;
  const { country, latitude, longitude } = found;
  return { country, latitude, longitude, sure: set !== null };
}
