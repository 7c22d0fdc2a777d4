// SPDX-License-Identifier: MIT
// What companies and names are for. After common/PROTOCOL.md.

import type { Key, Translate } from '../i18n';

export const CATEGORIES = [
  'advertising',
  'analytics',
  'social',
  'video',
  'music',
  'games',
  'messaging',
  'calls',
  'search',
  'shopping',
  'news',
  'education',
  'work',
  'mail',
  'storage',
  'cdn',
  'cloud',
  'system',
  'updates',
  'security',
  'finance',
  'travel',
  'smart-home',
  'ai',
  'dns',
  'encrypted-dns',
  'relay',
  'malware',
  'adult',
  'other',
] as const;

export type Category = (typeof CATEGORIES)[number];

const KNOWN: ReadonlySet<string> = new Set(CATEGORIES);

/** Null for nil and for a category of a later feed. */
export function readCategory(text: string | null): Category | null {
  if (text === null) return null;
  return KNOWN.has(text) ? (text as Category) : 'other';
}

export function categoryKey(category: Category): Key {
  return `category.${category}`;
}

export function categoryText(category: Category, t: Translate): string {
  return t(categoryKey(category));
}

/** Advertising and what measures people: marked in every view, and not by colour alone. */
export function isTracking(category: Category | null): boolean {
  return category === 'advertising' || category === 'analytics';
}

/** What is for these is played as it comes; what flows as steadily elsewhere may be anything. */
const PLAYED: readonly (Category | null)[] = ['video', 'music', 'social'];

export function isPlayed(category: Category | null): boolean {
  return PLAYED.includes(category);
}

/** How much of something is for advertising or measures people. */
export type Tracking = 'none' | 'some' | 'all';

export function trackingOf(trackers: number, all: number): Tracking {
  return trackers === 0 ? 'none' : trackers === all ? 'all' : 'some';
}

const DNS_PORT = 53;
const TCP = 6;
const UDP = 17;

interface Service {
  readonly protocol: number;
  readonly port: number | null;
  readonly inbound: boolean;
}

/** Questions to a DNS server that anybody on the way can read. */
export function isPlainDns({ protocol, port, inbound }: Service): boolean {
  return port === DNS_PORT && (protocol === TCP || protocol === UDP) && !inbound;
}

/** What hides the names that a device asks for from this network. */
export function isHiding(category: Category | null): boolean {
  return category === 'encrypted-dns' || category === 'relay';
}
