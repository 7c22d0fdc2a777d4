// SPDX-License-Identifier: MIT
// How many there are, as it stands above the picture and beside the wall's. Pure.

import type { Format } from '../i18n/format';
import type { Summary } from '../store/summary';

/** What the room is to guess is not told. */
const UNTOLD = '?';

export function countsOf(
  { devices, destinations, countries, guessing }: Summary,
  format: Pick<Format, 'count'>,
): Readonly<Record<'devices' | 'destinations' | 'countries', string>> {
  const asked = (n: number): string => (guessing ? UNTOLD : format.count(n));
  return { devices: format.count(devices), destinations: asked(destinations), countries: asked(countries) };
}
