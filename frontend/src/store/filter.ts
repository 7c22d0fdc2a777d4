// SPDX-License-Identifier: MIT
// What the viewer wants to see: of whom, of which kind, with which words. Pure.

import type { Me } from './myself';
import { isHiding, isTracking, type Category } from './category';
import type { Conversation, Lookup, Sum } from './rows';

/** tracking: advertising and what measures people; hiding: what hides names from this network. */
export type Kind = 'all' | 'tracking' | 'hiding' | Category;

export interface Filter {
  /** The viewer's address, as the broadcaster told it. */
  readonly address: string;
  /** The viewer's device, as the collector told it; null: it did not, and the address has to do. */
  readonly own: Me | null;
  /** everyone, me, or a device by its alias. */
  readonly only:
    { readonly kind: 'all' } | { readonly kind: 'me' } | { readonly kind: 'alias'; readonly alias: string };
  readonly kind: Kind;
  /** Words that somebody typed: each has to be part of what is shown. */
  readonly find: string;
  /** What was looked up comes, or has come. */
  readonly awaitsLookups: boolean;
}

export const EVERYTHING: Filter = {
  address: '',
  own: null,
  only: { kind: 'all' },
  kind: 'all',
  find: '',
  awaitsLookups: false,
};

export function isKind(category: Category | null, kind: Kind): boolean {
  if (kind === 'all') return true;
  if (kind === 'tracking') return isTracking(category);
  return kind === 'hiding' ? isHiding(category) : category === kind;
}

export function words(find: string): readonly string[] {
  return find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);
}

export function hasAll(wanted: readonly string[], texts: readonly (string | null | undefined)[]): boolean {
  return wanted.every((word) => texts.some((text) => text?.toLowerCase().includes(word)));
}

export function conversationFilter({ kind, find }: Filter): ((one: Conversation) => boolean) | null {
  const wanted = words(find);
  if (kind === 'all' && wanted.length === 0) return null;
  return (one) => {
    if (!isKind(one.category, kind)) return false;
    if (wanted.length === 0) return true;
    const { device, remote } = one;
    const { place, network } = remote;
    return hasAll(wanted, [
      one.fullName,
      one.company?.name,
      device.alias,
      device.hostName,
      remote.address,
      remote.cloud,
      network?.name,
      place?.city,
      place?.country,
      one.category,
    ]);
  };
}

/** Of what a sum does not keep (addresses, whole names, cities) no words can be found in it. */
export function sumFilter({ kind, find }: Filter): ((one: Sum) => boolean) | null {
  const wanted = words(find);
  if (kind === 'all' && wanted.length === 0) return null;
  return ({ category, name, company, network, device, country }) =>
    isKind(category, kind) &&
    hasAll(wanted, [name?.name, company?.name, network?.name, device?.alias, device?.hostName, country, category]);
}

export function lookupFilter({ kind, find }: Filter): ((one: Lookup) => boolean) | null {
  const wanted = words(find);
  if (kind === 'all' && wanted.length === 0) return null;
  return ({ name, device }) =>
    isKind(name.category, kind) &&
    hasAll(wanted, [name.name, name.company?.name, name.category, device.alias, device.hostName]);
}
