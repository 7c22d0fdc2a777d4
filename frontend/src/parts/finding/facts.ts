// SPDX-License-Identifier: MIT
// What the rules look at: what is shown now, counted once for all of them. Pure.

import { isPlayed, isTracking } from '../../store/category';
import { groupKey, isKnown } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import type { Past } from '../rate-history';
import type { Continent } from './continents';

/** What moved within this time is going on: the pauses between two requests of a page that is read are shorter. Milliseconds. */
export const LATELY = 60_000;
/** Of more than these the newest are looked at: a moment's work on a slow phone. */
const LOOKED_AT = 10_000;

/** What a device has with a company, or what all have. */
export interface Part {
  readonly key: string;
  /** It is a company that has a name, and not a site of nobody known, or an address. */
  company: boolean;
  /** All that is known is whose addresses they are: nobody was heard asking for a name of it. */
  owned: boolean;
  /** All of it is for advertising or measures people. */
  tracking: boolean;
  // Bytes a second:
  up: number;
  down: number;
  /** When the first that is shown of it began. */
  seen: number;
  readonly devices: Set<Device>;
}

export interface Busy {
  readonly device: Device;
  readonly companies: ReadonlyMap<string, Part>;
  /** Conversations of the last minute: that are for ads or measure people, and with whom there is no name for. */
  tracking: number;
  nameless: number;
}

export interface Stay {
  readonly devices: Set<Device>;
  /** When the first conversation there began, of those that are shown. */
  seen: number;
  /** The clock is asked for, and nothing else. */
  clock: boolean;
  readonly companies: Set<string>;
}

/** What a page remembers, and where it is. */
export interface Memory {
  /** Of the last two minutes, by the device's id. */
  readonly past: (device: number) => Past;
  /** Null where it is not known. */
  readonly home: Continent | null;
}

export interface Facts {
  readonly selection: Selection;
  readonly memory: Memory;
  /** Devices of which something moved lately: the router is none of them. */
  readonly busy: ReadonlyMap<Device, Busy>;
  readonly companies: ReadonlyMap<string, Part>;
  /** By ISO code: where it is known, and one place. */
  readonly countries: ReadonlyMap<string, Stay>;
  /** Companies that a stream comes from, and the devices that play one. */
  readonly streams: { readonly devices: ReadonlySet<Device>; readonly companies: ReadonlySet<string> };
  /** Bytes a second of all. */
  readonly rate: number;
}

const NTP = 123;

function part(parts: Map<string, Part>, key: string): Part {
  let found = parts.get(key);
  if (!found) {
    found = { key, company: false, owned: true, tracking: true, up: 0, down: 0, seen: Infinity, devices: new Set() };
    parts.set(key, found);
  }
  return found;
}

function count(found: Part, one: Conversation): void {
  found.company ||= one.company !== null;
  // where this viewer may not see names, the company may still be that of a name
  found.owned &&= one.asked === null && (one.company === null || one.company === one.remote.company);
  found.tracking &&= isTracking(one.category);
  found.up += one.upRate;
  found.down += one.downRate;
  found.seen = Math.min(found.seen, one.seen);
  found.devices.add(one.device);
}

class Count implements Facts {
  readonly busy = new Map<Device, Busy & { companies: Map<string, Part> }>();
  readonly companies = new Map<string, Part>();
  readonly countries = new Map<string, Stay>();
  readonly streams = { devices: new Set<Device>(), companies: new Set<string>() };
  rate = 0;

  constructor(
    readonly selection: Selection,
    readonly memory: Memory,
  ) {
    const { conversations, now } = selection;
    const isDevice = isOneOf(selection);
    for (const one of conversations.slice(-LOOKED_AT)) {
      if (isDevice(one.device) && one.remote.special === null && now - one.active <= LATELY) this.#take(one);
    }
  }

  #take(one: Conversation): void {
    const { device, remote } = one;
    const key = groupKey(one, 'company');
    let own = this.busy.get(device);
    if (!own) this.busy.set(device, (own = { device, companies: new Map(), tracking: 0, nameless: 0 }));
    count(part(own.companies, key), one);
    count(part(this.companies, key), one);
    if (isTracking(one.category)) own.tracking += 1;
    if (one.asked === null) own.nameless += 1;
    this.rate += one.upRate + one.downRate;
    if (one.behaviour === 'stream' && one.gone === null && isPlayed(one.category)) {
      this.streams.devices.add(device);
      if (isKnown(key)) this.streams.companies.add(key);
    }
    const country = remote.anycast === true ? null : (remote.place?.country ?? null);
    if (country !== null) this.#stay(country, key, one);
  }

  #stay(country: string, key: string, { device, port, seen }: Conversation): void {
    let stay = this.countries.get(country);
    if (!stay)
      this.countries.set(country, (stay = { devices: new Set(), seen: Infinity, clock: true, companies: new Set() }));
    stay.devices.add(device);
    stay.companies.add(key);
    stay.seen = Math.min(stay.seen, seen);
    stay.clock &&= port === NTP;
  }
}

/** A router is none of its devices; a machine that routes for nobody is the one that there is. */
export function isOneOf({ site }: Pick<Selection, 'site'>): (device: Device) => boolean {
  const alone = site?.mode === 'machine';
  return ({ gone, self }) => gone === null && (alone || !self);
}

export function factsOf(selection: Selection, memory: Memory): Facts {
  return new Count(selection, memory);
}

/** Of two directions. */
export const rateOf = ({ up, down }: Pick<Part, 'up' | 'down'>): number => up + down;

/** Those that have a name, with most first. */
export function largest(parts: Iterable<Part>, most: number, by: (part: Part) => number = rateOf): string[] {
  return [...parts]
    .filter(({ key, company }) => company && isKnown(key))
    .sort((a, b) => by(b) - by(a) || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ key }) => key);
}
