// SPDX-License-Identifier: MIT
// The rows of the store, as the views see them. Each has a field for every column of its table, from the schema:
// common/PROTOCOL.md says what they mean.
//
// A row is one object for as long as it lives: updates change it in place, so a reference to it stays good and
// identity may be used as a key. All times are milliseconds on the feed's clock: compare them with Selection.now
// and never with the viewer's clock. Names come from outside: they may only ever become text nodes.

import type { TableName, Words } from '../feed/schema';
import type { Category } from './category';
import type { Fields } from './fields';

/** What every row has. */
export interface Row {
  readonly id: number;
  /** Time at which the feed said that the row is gone; it then stays a few seconds to fade out. Null while alive. */
  readonly gone: number | null;
}

/** The rows that others refer to, by the names of their tables. */
export interface Linked {
  sources: Source;
  places: Place;
  networks: Network;
  companies: Company;
  names: Name;
  devices: Device;
  lookups: Lookup;
  remotes: Remote;
}

/** What the schema gives a row of a table. */
export type FieldsOf<Table extends TableName> = Fields<Table, Linked>;

export interface Traffic {
  /** Last time that a counter moved. */
  readonly active: number;
  /** Totals of the session. */
  readonly upBytes: number;
  readonly downBytes: number;
  readonly upPackets: number;
  readonly downPackets: number;
  /** Smoothed bytes a second as of the selection's time. */
  readonly upRate: number;
  readonly downRate: number;
}

export type Site = Readonly<FieldsOf<'site'>>;

/** Where the knowledge comes from: common/PROTOCOL.md lists the kinds. */
export interface Source extends Row, Readonly<FieldsOf<'sources'>> {
  /** ok, missing, broken or off. */
  readonly state: string;
}

export interface Place extends Row, Readonly<FieldsOf<'places'>> {}

export interface Network extends Row, Readonly<FieldsOf<'networks'>> {
  readonly name: string;
}

export interface Company extends Row, Readonly<FieldsOf<'companies'>> {
  /** Above all, whatever single names of it are for. */
  readonly category: Category | null;
}

/** A domain name that somebody here looked up. */
export interface Name extends Row, Readonly<FieldsOf<'names'>> {
  /** The registrable domain; the name itself where it has none. */
  readonly domain: string;
  readonly company: Company | null;
  readonly category: Category | null;
  /** What decided the company and the category. */
  readonly list: Source | null;
  /** What all names of the domain together are for. */
  readonly domainCategory: Category | null;
}

/** Of a device what its people may be known by. */
export interface Identity extends Readonly<FieldsOf<'identities'>> {
  /** False where that is nothing since it is not shown to this viewer, or has not come yet. */
  readonly identified: boolean;
}

export interface Device extends Row, Traffic, Identity, Readonly<FieldsOf<'devices'>> {
  /** As text, in the order that the feed gave them. */
  readonly addresses: readonly string[];
}

/** What is no person's. */
export type Thing = Words<'devices', 'thing'>;
export type LookupResult = Words<'lookups', 'result'>;

/** A device asked for a name. */
export interface Lookup extends Row, Readonly<FieldsOf<'lookups'>> {
  readonly device: Device;
  readonly name: Name;
}

/** A lookup that gave an address, and when it did. */
export interface Answer {
  readonly lookup: Lookup;
  readonly time: number;
}

export interface Remote extends Row, Readonly<FieldsOf<'remotes'>> {
  readonly category: Category | null;
  /** What was looked up last here and gave this address, as far as that is shown to this viewer. */
  readonly asked: Name | null;
  /** The lookups that gave this address, the latest first, and how many more there were. */
  readonly answers: readonly Answer[];
  readonly moreAnswers: number;
}

/**
 * How the name of a conversation's far end is known: this device looked it up; another device did; it is in the range
 * of a cloud; who owns the network; a special range; or nothing but the address is known.
 */
export type How = 'dns' | 'dns-other' | 'cloud' | 'network' | 'special' | 'address';

export type Behaviour = Words<'conversations', 'behaviour'>;

export interface Conversation extends Row, Traffic, Readonly<FieldsOf<'conversations'>> {
  readonly device: Device;
  readonly remote: Remote;

  /** The name that was looked up, by this device or, with `how` dns-other, by another. */
  readonly asked: Name | null;
  readonly how: How;
  /**
   * Short: the registrable domain, else cloud, network or address. For a special range it is the feed's word for it:
   * write it with conversationName(), which knows the viewer's language.
   */
  readonly name: string;
  /** The whole domain name where there is one; else as `name`. */
  readonly fullName: string;
  readonly category: Category | null;
}

/** What became of conversations of one kind that are not kept one by one any more. */
export interface Sum extends Row, Readonly<FieldsOf<'sums'>> {
  readonly category: Category | null;
  /** The domain, where no company is known and this viewer may know it. */
  readonly name: Name | null;
}

/** What whoever leads the room says: see common/PROTOCOL.md. */
export type Room = Readonly<FieldsOf<'room'>>;

/** A moment that somebody marked. */
export interface Mark extends Row, Readonly<FieldsOf<'marks'>> {}

/** One conntrack entry: the topic `connections`. */
export interface Connection extends Row, Readonly<FieldsOf<'connections'>> {
  /** Of the overview; null when left out there, or not told yet. */
  readonly conversation: Conversation | null;
}
