// SPDX-License-Identifier: MIT
// What there is to say of one device, from what it does and what it asked for. Pure.

import { isHiding, isPlainDns, isTracking, type Category } from '../../store/category';
import { amountsOfDevices, talksOf, type AmountsSource, type DeviceAmounts } from '../../store/device-amounts';
import { groupKey, isSpecial } from '../../store/grouping';
import type { Behaviour, Conversation, Device, Lookup } from '../../store/rows';
import { groupsOf, groupsOfDevice, isNew, NEW_LATELY, type Groups, type Moment } from '../../store/session';
import { sharesOf, type Share } from '../../parts/shares';
import { compareText } from '../../parts/steps';
import type { Selection } from '../../store/selection';

export interface News {
  readonly key: string;
  /** When this device was first seen with it, on the feed's clock. */
  readonly first: number;
  /** No other device here was. */
  readonly alone: boolean;
}

/**
 * Destinations that the device was first seen with lately, the latest first. groups: those that the filter leaves;
 * all: whatever the filter, for whether they are new, and whether others had them, does not depend on it.
 */
export function newsOf(device: Device, groups: Groups, all: () => Groups, moment: Moment): News[] {
  const news: News[] = [];
  for (const { key, first } of groupsOfDevice(groups, device).values()) {
    if (moment.now - first > NEW_LATELY) continue;
    const { ofDevices } = all();
    const own = ofDevices.get(device.id)?.get(key);
    if (!own || !isNew(own, NEW_LATELY, moment, device)) continue;
    const havers = [...ofDevices.values()].filter((one) => one.has(key));
    news.push({ key, first: own.first, alone: havers.length === 1 });
  }
  return news.sort((a, b) => b.first - a.first || compareText(a.key, b.key));
}

export interface Doing {
  readonly behaviour: Behaviour;
  /** Of the destinations, the latest active first. */
  readonly keys: readonly string[];
}

const DOINGS: readonly Behaviour[] = ['call', 'stream', 'download', 'upload', 'beacon', 'idle'];

/** What its conversations look like: the most striking first. */
export function doingsOf(conversations: readonly Conversation[]): Doing[] {
  const latest = [...conversations]
    .filter((one) => one.gone === null)
    .sort((a, b) => b.active - a.active || a.id - b.id);
  return DOINGS.flatMap((behaviour) => {
    const keys = new Set(latest.filter((one) => one.behaviour === behaviour).map((one) => groupKey(one, 'company')));
    return keys.size === 0 ? [] : [{ behaviour, keys: [...keys] }];
  });
}

export interface Page {
  readonly device: Device;
  /** What views show of it now. */
  readonly shown: readonly Conversation[];
  // of the session:
  readonly companies: readonly Share[];
  readonly countries: readonly Share[];
  readonly trackers: readonly Share[];
  /** Its conversations, and those of them that are for advertising or measure people. */
  readonly talks: number;
  readonly trackerTalks: number;
  /** All of its conversations, whatever the filter. */
  readonly allTalks: number;
  readonly amounts: DeviceAmounts;
  /** Of encrypted DNS and relays that it uses now. */
  readonly hiding: readonly string[];
  /** Addresses of DNS servers elsewhere that it asks in the clear. */
  readonly clear: readonly string[];
  readonly doings: readonly Doing[];
  readonly news: readonly News[];
  /** The latest first. */
  readonly lookups: readonly Lookup[];
}

function tracks({ category }: { readonly category: Category | null }): boolean {
  return isTracking(category);
}

function countOf(shares: readonly Share[]): number {
  return shares.reduce((all, { conversations }) => all + conversations, 0);
}

type Source = AmountsSource &
  Pick<Selection, 'held' | 'sums' | 'conversations' | 'lookups' | 'now' | 'site' | 'allGroups'>;

export function pageOf(device: Device, selection: Source): Page {
  const held = selection.held.filter((one) => one.device === device);
  const sums = selection.sums.filter((one) => one.device === device);
  const shown = selection.conversations.filter((one) => one.device === device);
  const groups = groupsOf(held, sums, 'company');
  const companies = sharesOf(groups, device);
  const talks = countOf(companies);
  const tracking = [held.filter(tracks), sums.filter(tracks)] as const;
  const trackers = sharesOf(groupsOf(...tracking, 'company'), device);
  const hiding = held.filter((one) => one.open > 0 && isHiding(one.category));
  const clear = held.filter((one) => isPlainDns(one) && one.remote.special !== 'home');
  return {
    device,
    shown,
    companies,
    countries: sharesOf(groupsOf(held, sums, 'country'), device).filter(({ key }) => !isSpecial(key)),
    trackers,
    talks,
    trackerTalks: countOf(trackers),
    allTalks: selection.narrowed ? talksOf(device, selection) : talks,
    amounts: amountsOfDevices(selection)(device),
    hiding: [...new Set(hiding.map((one) => one.fullName))],
    clear: [...new Set(clear.map((one) => one.remote.address))],
    doings: doingsOf(shown),
    news: newsOf(device, groups, () => selection.allGroups('company'), selection),
    lookups: selection.lookups.filter((one) => one.device === device).sort((a, b) => b.asked - a.asked || b.id - a.id),
  };
}
