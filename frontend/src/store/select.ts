// SPDX-License-Identifier: MIT
// From the tables to what is to be shown. What few views need is made when it is first asked for.

import type { Grouping, Selection } from './selection';
import { isLoopback } from './bytes';
import { CATEGORIES, type Category } from './category';
import type { ConversationEntity, DeviceEntity, SumEntity } from './entities';
import { IDLE } from './freshness';
import { conversationFilter, lookupFilter, sumFilter, type Filter } from './filter';
import type { LookupEntity, NameEntity, SourceEntity } from './knowledge';
import type { MarkEntity } from './room';
import type { Conversation, Device, Lookup, Name, Room, Site, Sum } from './rows';
import { groupsOf, type Groups } from './session';

export interface Tables {
  readonly version: number;
  readonly now: number;
  readonly date: number;
  readonly site: Site | null;
  /** Several sites are shown. */
  readonly together: boolean;
  readonly room: Room | null;
  readonly marks: ReadonlyMap<number, MarkEntity>;
  readonly sources: ReadonlyMap<number, SourceEntity>;
  readonly devices: ReadonlyMap<number, DeviceEntity>;
  readonly names: ReadonlyMap<number, NameEntity>;
  readonly lookups: ReadonlyMap<number, LookupEntity>;
  readonly lookupsTold: boolean;
  readonly conversations: ReadonlyMap<number, ConversationEntity>;
  readonly sums: ReadonlyMap<number, SumEntity>;
}

/** Who looks. */
export interface Viewer {
  /** In the form of addressText. */
  readonly address: string;
  /** The device's id, as the collector told it; null: it did not. */
  readonly own: number | null;
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

interface Wanted {
  readonly only: DeviceEntity | null;
  /** Null: all of them. */
  readonly leaves: ((one: Conversation) => boolean) | null;
}

/** Those that views show now; and which devices have any and how fast they are, whatever the filter. */
function shown(
  { conversations, devices, now, site }: Tables,
  { only, leaves }: Wanted,
): Pick<Selection, 'conversations' | 'busy'> {
  const found: Conversation[] = [];
  const busy = new Set<number>();
  for (const device of devices.values()) device.upRate = device.downRate = 0;
  const idle = site?.idle || IDLE;
  for (const entity of conversations.values()) {
    // judged whatever the filter, for what goes is remembered there
    if (!entity.judge(now, idle)) continue;
    const { placed } = entity;
    if (!placed) continue;
    entity.measure(now);
    const device = devices.get(placed.device.id);
    if (device) {
      device.upRate += placed.upRate;
      device.downRate += placed.downRate;
    }
    busy.add(placed.device.id);
    if ((only && placed.device !== only) || (leaves && !leaves(placed))) continue;
    found.push(placed);
  }
  return { conversations: found.sort(byId), busy };
}

/**
 * The viewer's device: the collector's word for it, or by the address. On a machine that routes for nobody, who comes from the machine itself is its one device; on a
 * router nobody can tell, for a whole room may come by way of it. Sites that are shown together may use the same addresses.
 */
function viewerOf(
  devices: readonly DeviceEntity[],
  { own, address }: Viewer,
  { site, together }: Tables,
): { readonly me: DeviceEntity | null; readonly ambiguous: boolean } {
  const told = devices.find(({ id, gone }) => id === own && gone === null);
  if (told) return { me: told, ambiguous: false };
  const itself = site?.mode === 'machine' && isLoopback(address);
  const found = devices.filter(
    (device) => device.gone === null && (device.addresses.includes(address) || (itself && device.self)),
  );
  const ambiguous = together && found.length > 1;
  return { me: ambiguous ? null : (found[0] ?? null), ambiguous };
}

/** What a part of a table stands for, where it is known and the filter leaves it. */
function kept<T extends { readonly id: number; readonly device: Device }>(
  entities: Iterable<{ readonly left: number | null; readonly placed: T | null }>,
  only: DeviceEntity | null,
  leaves: ((one: T) => boolean) | null,
): T[] {
  const found: T[] = [];
  for (const { left, placed } of entities) {
    if (placed && left === null && (!only || placed.device === only) && (!leaves || leaves(placed))) found.push(placed);
  }
  return found.sort(byId);
}

function keptSums({ sums }: Tables, only: DeviceEntity | null, leaves: ((one: Sum) => boolean) | null): Sum[] {
  const found: Sum[] = [];
  for (const sum of sums.values())
    if (sum.left === null && (!only || sum.device === only) && (!leaves || leaves(sum))) found.push(sum);
  return found;
}

/** Each made when it is first asked for. */
function grouper(held: () => readonly Conversation[], sums: () => readonly Sum[]): (by: Grouping) => Groups {
  const made = new Map<Grouping, Groups>();
  return (by) => {
    let groups = made.get(by);
    if (!groups) made.set(by, (groups = groupsOf(held(), sums(), by)));
    return groups;
  };
}

function categoriesOf({ conversations, sums }: Tables): Category[] {
  const there = new Set<Category | null>();
  for (const { left, category } of sums.values()) if (left === null) there.add(category);
  for (const { left, category } of conversations.values()) if (left === null) there.add(category);
  return CATEGORIES.filter((category) => there.has(category));
}

export function select(tables: Tables, filter: Filter, viewer: Viewer): Selection {
  const { version, now, date, site, room, lookupsTold } = tables;
  const devices = [...tables.devices.values()].sort(byId);
  const { me, ambiguous } = viewerOf(devices, viewer, tables);
  const only = chosen(devices, me, filter);
  const leaves = conversationFilter(filter);
  const held = once(() => kept<Conversation>(tables.conversations.values(), only, leaves));
  const sums = once(() => keptSums(tables, only, sumFilter(filter)));
  const groups = grouper(held, sums);
  const allGroups =
    only || leaves
      ? grouper(
          () => kept<Conversation>(tables.conversations.values(), null, null),
          () => keptSums(tables, null, null),
        )
      : groups;
  const lookups = once(() => kept<Lookup>(tables.lookups.values(), only, lookupFilter(filter)));
  const names = once((): Name[] => [...tables.names.values()].filter((name) => name.left === null).sort(byId));
  const categories = once(() => categoriesOf(tables));
  const deviceTable = once((): ReadonlyMap<number, Device> => new Map(devices.map((device) => [device.id, device])));
  return {
    ...{ version, now, date, site, room, devices, me, ambiguous, only },
    ...{ lookupsTold, lookupsComing: !lookupsTold && filter.awaitsLookups },
    ...{ local: isLoopback(viewer.address), narrowed: leaves !== null },
    marks: [...tables.marks.values()].filter(({ left }) => left === null).sort(byId),
    sources: [...tables.sources.values()],
    ...shown(tables, { only, leaves }),
    get deviceTable() {
      return deviceTable();
    },
    get held() {
      return held();
    },
    get sums() {
      return sums();
    },
    groups,
    allGroups,
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
