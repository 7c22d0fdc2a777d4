// SPDX-License-Identifier: MIT
// Rows for tests, as the store makes them.

import type { Selection } from './selection';
import { emptyFields } from './fields';
import { ConversationEntity, DeviceEntity, SumEntity } from './entities';
import {
  CompanyEntity,
  LookupEntity,
  NameEntity,
  NetworkEntity,
  PlaceEntity,
  RemoteEntity,
  SourceEntity,
} from './knowledge';
import type { Company, Conversation, Device, Lookup, Name, Network, Place, Remote, Site, Source, Sum } from './rows';
import { groupsOf } from './session';

let ids = 0;
const nextId = (): number => (ids += 1);

export function samplePlace(rest: Partial<Place> = {}): Place {
  return { ...new PlaceEntity(nextId()), country: 'FI', city: 'Town', longitude: 25, latitude: 60, ...rest };
}

export function sampleNetwork(name: string, rest: Partial<Network> = {}): Network {
  return { ...new NetworkEntity(nextId()), name, ...rest };
}

export function sampleCompany(name: string, category: Company['category'] = null): Company {
  return { ...new CompanyEntity(nextId()), name, category };
}

/** domain: the registrable one, when it is not the name itself. */
export function sampleName(name: string, rest: Partial<Name> = {}): Name {
  return { ...new NameEntity(nextId()), company: null, list: null, name, domain: name, ...rest };
}

export function sampleDevice(alias: string, rest: Partial<Device> = {}): Device {
  return { ...new DeviceEntity(nextId()), alias, ...rest };
}

export function sampleRemote(rest: Partial<Remote> = {}): Remote {
  return { ...new RemoteEntity(nextId()), answers: [], address: '192.0.2.1', ...rest };
}

/** own: what the device looked up; without, whoever looked it up was this device; null: another one. */
export function sampleConversation(
  device: Device,
  remote: Remote,
  rest: Partial<Conversation> & { readonly own?: Name | null } = {},
): Conversation {
  const { own = remote.asked, ...fields } = rest;
  // as the collector does
  const { company } = own ?? remote;
  const category = own?.category ?? remote.category;
  const list = own?.list ?? (!own || remote.category ? remote.list : null);
  const entity = Object.assign(
    new ConversationEntity(nextId()),
    { device, remote, own, company, category, list },
    { open: 1, total: 1, protocol: 6, port: 443 },
  );
  const { asked, how, name, fullName } = entity;
  return { ...entity, device, remote, asked, how, name, fullName, ...fields };
}

export function sampleSum(device: Device | null, rest: Partial<Sum> = {}): Sum {
  return { ...new SumEntity(nextId()), device, conversations: 1, total: 1, ...rest };
}

export function sampleLookup(device: Device, name: Name, rest: Partial<Lookup> = {}): Lookup {
  return { ...new LookupEntity(nextId()), count: 1, device, name, result: 'answered', ...rest };
}

export function sampleSource(kind: string, state: string, rest: Partial<Source> = {}): Source {
  return { ...new SourceEntity(nextId()), kind, state, ...rest };
}

export function sampleSite(rest: Partial<Site> = {}): Site {
  const none: Site = emptyFields('site');
  return { ...none, name: 'home', accounting: true, interval: 1000, events: true, ...rest };
}

/** Devices and what else they mention follow from the conversations, unless they are given. */
export function sampleSelection(conversations: readonly Conversation[], rest: Partial<Selection> = {}): Selection {
  const { held = conversations, sums = [] } = rest;
  const devices = rest.devices ?? [...new Set(conversations.map((one) => one.device))].sort((a, b) => a.id - b.id);
  return {
    version: 1,
    now: 0,
    date: 1_700_000_000_000,
    site: null,
    room: null,
    marks: [],
    sources: [],
    devices,
    deviceTable: new Map(devices.map((device) => [device.id, device])),
    busy: new Set(conversations.map((one) => one.device.id)),
    me: null,
    local: false,
    ambiguous: false,
    only: null,
    narrowed: false,
    lookupsTold: true,
    lookupsComing: false,
    conversations,
    held,
    sums,
    groups: (by) => groupsOf(held, sums, by),
    allGroups: (by) => groupsOf(held, sums, by),
    lookups: [],
    names: [],
    categories: [],
    ...rest,
  };
}
