// SPDX-License-Identifier: MIT
// The few numbers above the picture. Pure.

import { groupKey } from './grouping';
import { isPlaying } from './room';
import type { Selection } from './selection';

export interface Summary {
  readonly devices: number;
  readonly destinations: number;
  readonly countries: number;
  readonly upRate: number;
  readonly downRate: number;
  /** The room is to guess how many there are: it is not said until the time is up. */
  readonly guessing: boolean;
}

const GUESSED: readonly unknown[] = ['countries', 'companies'];

function isGuessing({ room, now }: Selection): boolean {
  return room?.roundKind === 'guess' && GUESSED.includes(room.question) && isPlaying(room, now);
}

export function summarise(selection: Selection): Summary {
  const devices = new Set<number>();
  const destinations = new Set<string>();
  const countries = new Set<string>();
  let upRate = 0;
  let downRate = 0;
  for (const one of selection.conversations) {
    // what has just ended counts as long as it is in the picture: most of what is short would count never
    upRate += one.upRate;
    downRate += one.downRate;
    devices.add(one.device.id);
    destinations.add(groupKey(one, 'company'));
    const country = one.remote.place?.country;
    if (country) countries.add(country);
  }
  const counts = { devices: devices.size, destinations: destinations.size, countries: countries.size };
  return { ...counts, upRate, downRate, guessing: isGuessing(selection) };
}
