// SPDX-License-Identifier: MIT
// The household of the sentences: two devices that talk, one with a video service, one with an advertiser; nothing is odd.

import { BEGAN, change, MINUTE, NOW, SECOND, type Patch, type Tables, type Values } from './made-feed';

export const ip = (text: string): Uint8Array => Uint8Array.from(text.split('.').map(Number));

const LONG_AGO = 60 * MINUTE;
const DAY = 86_400_000;
/** The day on which it all happens, in seconds of Unix time. */
export const TODAY = BEGAN / 1000;
export const daysAgo = (days: number): number => TODAY - (days * DAY) / 1000;

const HOME: Patch = {
  site: {
    1: {
      name: 'home',
      mode: 'router',
      connections: 4,
      shown: 2,
      accounting: true,
      events: true,
      interval: SECOND,
      session: 0,
      lookups: 2,
      idle: 5 * MINUTE,
    },
  },
  sources: {
    1: { kind: 'dns', state: 'ok', name: 'journal' },
    2: { kind: 'companies', state: 'ok' },
    3: { kind: 'city', state: 'ok', type: 'City Lite', built: daysAgo(5) },
    4: { kind: 'asn', state: 'ok', type: 'ASN Lite', built: daysAgo(5) },
    5: { kind: 'list', state: 'ok', name: 'own list' },
  },
  places: {
    1: { country: 'FI', region: 'Uusimaa', city: 'Helsinki', latitude: 60.2, longitude: 24.9 },
    2: { country: 'SE', region: null, city: 'Luleå', latitude: 65.6, longitude: 22.1 },
  },
  networks: { 1: { asn: 64496, name: 'Wide Net' } },
  companies: { 1: { name: 'Wide Video' }, 2: { name: 'Ad Firm' } },
  names: {
    1: { name: 'www.wide.example', domain: 'wide.example', company: 1, category: 'video', list: 2 },
    2: { name: 'px.ads.example', domain: 'ads.example', company: 2, category: 'advertising', list: 2 },
  },
  devices: {
    1: device('Ann'),
    2: device('Bob'),
  },
  identities: {
    1: { host_name: 'anns-laptop', mac: Uint8Array.of(2, 0, 0, 0, 0, 1), mac_kind: 'vendor', vendor: 'Acme' },
    2: { mac: Uint8Array.of(2, 0, 0, 0, 0, 2), mac_kind: 'random' },
  },
  addresses: { 1: { device: 1, address: ip('192.0.2.11') }, 2: { device: 2, address: ip('192.0.2.12') } },
  lookups: {
    1: { asked: NOW - 40 * SECOND, count: 3, device: 1, name: 1, result: 'answered', seen: NOW - LONG_AGO },
    2: { asked: NOW - 50 * SECOND, count: 1, device: 2, name: 2, result: 'answered', seen: NOW - LONG_AGO },
  },
  remotes: {
    1: { address: ip('198.51.100.1'), place: 1, network: 1, seen: NOW - LONG_AGO },
    2: { address: ip('198.51.100.2'), place: 2, network: 1, seen: NOW - LONG_AGO },
  },
  conversations: {
    1: conversation(1, 1),
    2: conversation(2, 2),
  },
  remote_names: { 1: { name: 1, names: [1] }, 2: { name: 2, names: [2] } },
  conversation_names: { 1: { name: 1 }, 2: { name: 2 } },
};

export function device(alias: string, rest: Values = {}): Values {
  const usual = {
    active: NOW,
    up_bytes: 4_000_000,
    down_bytes: 90_000_000,
    alias,
    seen: NOW - LONG_AGO,
    total: 20,
    unseen: 0,
    looked_up: NOW - 40 * SECOND,
  };
  return { ...usual, ...rest };
}

export function conversation(device: number, remote: number, rest: Values = {}): Values {
  const usual = {
    active: NOW,
    up_bytes: 4_000_000,
    down_bytes: 90_000_000,
    up_packets: 4000,
    down_packets: 9000,
    open: 1,
    total: 3,
    device,
    remote,
    protocol: 6,
    port: 443,
    seen: NOW - LONG_AGO,
  };
  return { ...usual, ...rest };
}

/** As it is, but for these rows. */
export const home = (patch: Patch = {}): Tables => change(change(new Map(), HOME), patch);
