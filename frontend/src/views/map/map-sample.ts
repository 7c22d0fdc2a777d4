// SPDX-License-Identifier: MIT
// Rows for the tests of the map.

import type { Conversation, Place, Remote } from '../../store/rows';
import * as rows from '../../store/sample';

export const sampleDevice = rows.sampleDevice;

export function samplePlace(longitude: number | null, latitude: number | null, rest: Partial<Place> = {}): Place {
  return rows.samplePlace({ longitude, latitude, ...rest });
}

export function sampleRemote(place: Place | null, name: string, network: string | null = null): Remote {
  return rows.sampleRemote({
    place,
    asked: rows.sampleName(name),
    network: network === null ? null : rows.sampleNetwork(network),
  });
}

export function sampleConversation(...args: Parameters<typeof rows.sampleConversation>): Conversation {
  return rows.sampleConversation(...args);
}
