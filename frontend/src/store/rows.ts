// SPDX-License-Identifier: MIT
// The rows of the store, as the views see them. Each mirrors a table of common/PROTOCOL.md.
//
// A row is one object for as long as it lives: updates change it in place, so a reference to it stays good and
// identity may be used as a key. All times are milliseconds on the feed's clock: compare them with Selection.now
// and never with the viewer's clock. Names come from outside: they may only ever become text nodes.

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
}

export interface Source extends Row {
  readonly kind: string;
  readonly state: string;
  readonly detail: string | null;
  readonly type: string | null;
  /** Seconds of Unix time. */
  readonly built: number | null;
  readonly attribution: string | null;
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
}

export type NameSource = 'dns' | 'dns-other' | 'network' | 'special' | 'address';

export interface Remote extends Row {
  /** As text. */
  readonly address: string;
  readonly name: string;
  readonly how: NameSource;
  readonly place: Place | null;
  readonly network: Network | null;
  readonly special: string | null;
  readonly seen: number;
}

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
}
