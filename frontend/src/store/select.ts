// SPDX-License-Identifier: MIT
// From the tables to what is to be shown. What few views need is made when it is first asked for.

import type { Selection } from './selection';
import { CATEGORIES, type Category } from './category';
import type { ConversationEntity, DeviceEntity } from './entities';
import { conversationFilter, lookupFilter, type Filter } from './filter';
import type { LookupEntity, NameEntity, SourceEntity } from './knowledge';
import type { Conversation, Device, Lookup, Name, Site } from './rows';

export interface Tables {
  readonly version: number;
  readonly now: number;
  readonly date: number;
  readonly site: Site | null;
  readonly sources: ReadonlyMap<number, SourceEntity>;
  readonly devices: ReadonlyMap<number, DeviceEntity>;
  readonly names: ReadonlyMap<number, NameEntity>;
  readonly lookups: ReadonlyMap<number, LookupEntity>;
  readonly conversations: ReadonlyMap<number, ConversationEntity>;
}

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id;

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function chosen(devices: readonly DeviceEntity[], me: DeviceEntity | null, { only }: Filter): DeviceEntity | null {
  if (only.kind === 'me') return me;
  return only.kind === 'alias' ? (devices.find((device) => device.alias === only.alias) ?? null) : null;
}

/** address: of the viewer, in the form of addressText. */
export function select(tables: Tables, filter: Filter, address: string): Selection {
  const { version, now, date, site } = tables;
  const devices = [...tables.devices.values()].sort(byId);
  for (const device of devices) device.measure(now);
  const me = devices.find((device) => device.gone === null && device.addresses.includes(address)) ?? null;
  const only = chosen(devices, me, filter);
  const leaves = conversationFilter(filter);

  const conversations: Conversation[] = [];
  for (const entity of tables.conversations.values()) {
    // judged whatever the filter, for what goes is remembered there
    if (!entity.judge(now) || (only && entity.device !== only)) continue;
    const { placed } = entity;
    if (!placed || (leaves && !leaves(placed))) continue;
    entity.measure(now);
    conversations.push(placed);
  }
  conversations.sort(byId);

  const held = once(() => {
    const found: Conversation[] = [];
    for (const { left, placed } of tables.conversations.values()) {
      if (placed && left === null && (!only || placed.device === only) && (!leaves || leaves(placed)))
        found.push(placed);
    }
    return found.sort(byId);
  });
  const lookups = once(() => {
    const wanted = lookupFilter(filter);
    const found: Lookup[] = [];
    for (const { left, placed } of tables.lookups.values()) {
      if (placed && left === null && (!only || placed.device === only) && (!wanted || wanted(placed)))
        found.push(placed);
    }
    return found.sort(byId);
  });
  const names = once((): Name[] => [...tables.names.values()].filter((name) => name.left === null).sort(byId));
  const categories = once((): Category[] => {
    const there = new Set<Category | null>();
    for (const { left, category } of tables.conversations.values()) if (left === null) there.add(category);
    return CATEGORIES.filter((category) => there.has(category));
  });
  const deviceTable = once((): ReadonlyMap<number, Device> => new Map(devices.map((device) => [device.id, device])));

  return {
    version,
    now,
    date,
    site,
    sources: [...tables.sources.values()],
    devices,
    me,
    only,
    conversations,
    get deviceTable() {
      return deviceTable();
    },
    get held() {
      return held();
    },
    get lookups() {
      return lookups();
    },
    get names() {
      return names();
    },
    get categories() {
      return categories();
    },
  };
}
