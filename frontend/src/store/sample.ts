// SPDX-License-Identifier: MIT
// Rows for tests, as the store makes them.

import type { Selection } from './selection';
import { ConversationEntity, DeviceEntity } from './entities';
import { NameEntity, RemoteEntity } from './knowledge';
import type { Company, Conversation, Device, Lookup, Name, Network, Place, Remote, Site, Source } from './rows';

let ids = 0;
const nextId = (): number => (ids += 1);

export function samplePlace(rest: Partial<Place> = {}): Place {
  return { id: nextId(), gone: null, country: 'FI', region: null, city: 'Town', longitude: 25, latitude: 60, ...rest };
}

export function sampleNetwork(name: string, rest: Partial<Network> = {}): Network {
  return { id: nextId(), gone: null, asn: null, name, ...rest };
}

export function sampleCompany(name: string): Company {
  return { id: nextId(), gone: null, name };
}

/** domain: the registrable one, when it is not the name itself. */
export function sampleName(name: string, rest: Partial<Name> = {}): Name {
  return { ...new NameEntity(nextId()), name, domain: name, ...rest };
}

export function sampleDevice(alias: string, rest: Partial<Device> = {}): Device {
  return { ...new DeviceEntity(nextId()), alias, ...rest };
}

export function sampleRemote(rest: Partial<Remote> = {}): Remote {
  return { ...new RemoteEntity(nextId()), address: '192.0.2.1', ...rest };
}

/** own: what the device looked up; without, the remote's own row says what it is called. */
export function sampleConversation(
  device: Device,
  remote: Remote,
  rest: Partial<Conversation> & { readonly own?: Name } = {},
): Conversation {
  const { own = null, ...fields } = rest;
  const entity = Object.assign(
    new ConversationEntity(nextId()),
    { device, remote, own },
    { open: 1, total: 1, protocol: 6, port: 443 },
  );
  const { asked, how, name, fullName, company, category, list } = entity;
  return { ...entity, device, remote, asked, how, name, fullName, company, category, list, ...fields };
}

export function sampleLookup(device: Device, name: Name, rest: Partial<Lookup> = {}): Lookup {
  return { id: nextId(), gone: null, asked: 0, count: 1, device, name, result: 'answered', seen: 0, ...rest };
}

export function sampleSource(kind: string, state: string, rest: Partial<Source> = {}): Source {
  const none = { detail: null, type: null, built: null, attribution: null, name: null, entries: null, broken: null };
  return { id: nextId(), gone: null, kind, state, ...none, ...rest };
}

export function sampleSite(rest: Partial<Site> = {}): Site {
  return {
    name: 'home',
    mode: 'router',
    connections: 0,
    shown: 0,
    hiddenRouter: 0,
    hiddenDns: 0,
    hiddenHome: 0,
    accounting: true,
    interval: 1000,
    events: true,
    eventLosses: 0,
    fullConnections: 0,
    fullDevices: 0,
    fullRemotes: 0,
    fullConversations: 0,
    droppedFrames: 0,
    rivals: false,
    session: 0,
    networks: [],
    lookups: 0,
    lookupLosses: 0,
    fullLookups: 0,
    ...rest,
  };
}

/** Devices and what else they mention follow from the conversations, unless they are given. */
export function sampleSelection(conversations: readonly Conversation[], rest: Partial<Selection> = {}): Selection {
  const devices = rest.devices ?? [...new Set(conversations.map((one) => one.device))].sort((a, b) => a.id - b.id);
  return {
    version: 1,
    now: 0,
    date: 1_700_000_000_000,
    site: null,
    sources: [],
    devices,
    deviceTable: new Map(devices.map((device) => [device.id, device])),
    me: null,
    only: null,
    conversations,
    held: conversations,
    lookups: [],
    names: [],
    categories: [],
    ...rest,
  };
}
