// SPDX-License-Identifier: MIT
// What a place is called where its row's id would not do, since ids do not outlive the collector.

import type { Place } from './rows';

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
