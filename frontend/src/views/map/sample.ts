// SPDX-License-Identifier: MIT
// Rows for the tests of the map.

import type { Conversation, Device, Network, Place, Remote } from '../../store/rows';

const TRAFFIC = { active: 0, upBytes: 0, downBytes: 0, upPackets: 0, downPackets: 0, upRate: 0, downRate: 0 };

let ids = 0;
const nextId = (): number => (ids += 1);

export function samplePlace(longitude: number | null, latitude: number | null, rest: Partial<Place> = {}): Place {
  return { id: nextId(), gone: null, country: 'FI', region: null, city: 'Town', longitude, latitude, ...rest };
}

export function sampleDevice(alias: string): Device {
  return { id: nextId(), gone: null, ...TRAFFIC, alias, hostName: null, mac: null, macKind: null, self: false, seen: 0, addresses: [] };
}

export function sampleRemote(place: Place | null, name: string, network: string | null = null): Remote {
  const owner: Network | null = network === null ? null : { id: nextId(), gone: null, asn: null, name: network };
  return { id: nextId(), gone: null, address: '192.0.2.1', name, how: 'dns', place, network: owner, special: null, seen: 0 };
}

export function sampleConversation(device: Device, remote: Remote, rest: Partial<Conversation> = {}): Conversation {
  return { id: nextId(), gone: null, ...TRAFFIC, open: 1, connecting: 0, total: 1, device, remote, protocol: 6, port: 443, inbound: false, seen: 0, ...rest };
}

/** Numbers from 0 to 1 that are the same in each run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
