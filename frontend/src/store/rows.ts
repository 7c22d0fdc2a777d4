// SPDX-License-Identifier: MIT
// The rows of the store, as the views see them. Each mirrors a table of common/PROTOCOL.md.
//
// A row is one object for as long as it lives: updates change it in place, so a reference to it stays good and
// identity may be used as a key. All times are milliseconds on the feed's clock: compare them with Selection.now
// and never with the viewer's clock. Names come from outside: they may only ever become text nodes.

import type { Category } from './category';

/** What every row has. */
export interface Row {
  readonly id: number;
  /** Time at which the feed said that the row is gone; it then stays a few seconds to fade out. Null while alive. */
  readonly gone: number | null;
}

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

export interface Site {
  readonly name: string;
  readonly mode: 'router' | 'machine';
  readonly connections: number;
  readonly shown: number;
  readonly hiddenRouter: number;
  readonly hiddenDns: number;
  readonly hiddenHome: number;
  /** False: the kernel does not count, so bytes and packets are unknown. */
  readonly accounting: boolean;
  readonly interval: number;
  readonly events: boolean;
  readonly eventLosses: number;
  readonly fullConnections: number;
  readonly fullDevices: number;
  readonly fullRemotes: number;
  readonly fullConversations: number;
  readonly droppedFrames: number;
  readonly rivals: boolean;
  /** Time at which the session began. */
  readonly session: number;
  readonly networks: readonly string[];
  /** Questions of devices that were read in this session. */
  readonly lookups: number;
  /** Lines of the DNS server that are known to have been lost. */
  readonly lookupLosses: number;
  /** Lookups that were forgotten before their time. */
  readonly fullLookups: number;
}

/** Where the knowledge comes from: common/PROTOCOL.md lists the kinds. */
export interface Source extends Row {
  readonly kind: string;
  /** ok, missing, broken or off. */
  readonly state: string;
  readonly detail: string | null;
  readonly type: string | null;
  /** Seconds of Unix time. */
  readonly built: number | null;
  readonly attribution: string | null;
  /** What people call it. */
  readonly name: string | null;
  /** How many entries it has, and how many were skipped as broken; null when it does not say. */
  readonly entries: number | null;
  readonly broken: number | null;
}

export interface Place extends Row {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string | null;
  readonly region: string | null;
  /** Null: known only to the country or region. */
  readonly city: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface Network extends Row {
  readonly asn: number | null;
  readonly name: string;
}

export interface Company extends Row {
  readonly name: string;
}

/** A domain name that somebody here looked up. */
export interface Name extends Row {
  /** As it was asked, in small letters. */
  readonly name: string;
  /** The registrable domain; the name itself where it has none. */
  readonly domain: string;
  readonly company: Company | null;
  readonly category: Category | null;
  /** What decided the company and the category. */
  readonly list: Source | null;
}

export interface Device extends Row, Traffic {
  readonly alias: string;
  readonly hostName: string | null;
  /** With colons. */
  readonly mac: string | null;
  readonly macKind: 'vendor' | 'random' | null;
  readonly self: boolean;
  readonly seen: number;
  /** As text, in the order that the feed gave them. */
  readonly addresses: readonly string[];
  /** Conversations so far, and those of them with a remote outside that nobody here had looked up. */
  readonly total: number;
  readonly unseen: number;
  /** Who made it, by its MAC. */
  readonly vendor: string | null;
  /** A person gave the alias. */
  readonly named: boolean;
  /** Time of its last lookup that was read; null: none was. */
  readonly lookedUp: number | null;
  /** Time at which it was last seen with a known service for encrypted DNS or a relay. */
  readonly hiddenDns: number | null;
}

export type LookupResult = 'answered' | 'nodata' | 'nxdomain' | 'blocked' | 'failed';

/** A device asked for a name. */
export interface Lookup extends Row {
  /** Last time. */
  readonly asked: number;
  readonly count: number;
  readonly device: Device;
  readonly name: Name;
  /** Of the last time; null while unknown. */
  readonly result: LookupResult | null;
  /** Time first asked. */
  readonly seen: number;
}

/** A lookup that gave an address, and when it did. */
export interface Answer {
  readonly lookup: Lookup;
  readonly time: number;
}

export interface Remote extends Row {
  /** As text. */
  readonly address: string;
  readonly place: Place | null;
  readonly network: Network | null;
  readonly special: string | null;
  readonly seen: number;
  /** What a device here looked up last and got this address for: of one device's talk with it, Conversation says more. */
  readonly asked: Name | null;
  /** By address list, cloud range or network; see Conversation for what to show. */
  readonly company: Company | null;
  readonly category: Category | null;
  readonly list: Source | null;
  /** Provider and region. */
  readonly cloud: string | null;
  /** The lookups that gave this address, the latest first, and how many more there were. */
  readonly answers: readonly Answer[];
  readonly moreAnswers: number;
}

/**
 * How the name of a conversation's far end is known: this device looked it up; another device did; it is in the range
 * of a cloud; who owns the network; a special range; or nothing but the address is known.
 */
export type How = 'dns' | 'dns-other' | 'cloud' | 'network' | 'special' | 'address';

export type Behaviour = 'download' | 'upload' | 'stream' | 'call' | 'beacon' | 'idle';

export interface Conversation extends Row, Traffic {
  /** Connections alive that views show. */
  readonly open: number;
  readonly connecting: number;
  /** Connections so far. */
  readonly total: number;
  readonly device: Device;
  readonly remote: Remote;
  /** IP protocol number. */
  readonly protocol: number;
  readonly port: number | null;
  readonly inbound: boolean;
  readonly seen: number;
  readonly behaviour: Behaviour | null;

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
  /** Whose it is: of the name that was looked up, else of the address. Null when nobody knows. */
  readonly company: Company | null;
  readonly category: Category | null;
  /** What decided the company and the category. */
  readonly list: Source | null;
}

/** One conntrack entry: the topic `connections`. */
export interface Connection extends Row {
  readonly active: number;
  /** As in the kernel; null where the protocol has none. */
  readonly state: string | null;
  /** The kernel's IPS_* bits. */
  readonly status: number;
  /** Null when the kernel does not count. */
  readonly origPackets: number | null;
  readonly origBytes: number | null;
  readonly replyPackets: number | null;
  readonly replyBytes: number | null;
  /** Seconds left when `active`, `state` or `status` last changed. */
  readonly timeout: number | null;
  readonly mark: number;
  /** Of the overview; null when left out there, or not told yet. */
  readonly conversation: Conversation | null;
  /** The kernel's own number for it; `id` is the row's. */
  readonly kernelId: number;
  readonly zone: number;
  readonly protocol: number;
  readonly origSource: string;
  readonly origTarget: string;
  readonly replySource: string;
  readonly replyTarget: string;
  readonly origSourcePort: number | null;
  readonly origTargetPort: number | null;
  readonly replySourcePort: number | null;
  readonly replyTargetPort: number | null;
  readonly seen: number;
}
