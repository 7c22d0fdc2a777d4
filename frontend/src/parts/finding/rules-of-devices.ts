// SPDX-License-Identifier: MIT
// Rules that find something about one device. Each has its thresholds above it, with the reason. Pure.

import { isKnown } from '../../store/grouping';
import type { Device } from '../../store/rows';
import { groupsOfDevice, isNew } from '../../store/session';
import { readsLookups, unseenShare } from '../name-checks';
import { SAMPLES, STEP, type Past } from '../rate-history';
import { continentOf } from './continents';
import { largest, rateOf, type Facts } from './facts';
import type { Finding, RuleName, Words } from './finding';
import { companyName, deviceName, shareText } from './phrases';

/** So many receipts are named. */
const NAMED = 3;

interface About {
  readonly device: Device;
  readonly strength: number;
  readonly companies?: readonly string[];
  /** What tells it apart from others of the same device. */
  readonly what?: string;
}

function about(
  rule: RuleName,
  { device, strength, companies = [], what = '' }: About,
  facts: Facts,
  say: (device: string, words: Words) => string,
): Finding {
  return {
    rule,
    subject: `${device.id} ${what}`,
    strength: Math.min(1, Math.max(0, strength)),
    receipts: { devices: [device], companies, names: [] },
    say: (words) => say(deviceName(device, facts.selection, words), words),
  };
}

/** The first that has a name. */
const named = (companies: Iterable<string>): string[] => [...companies].filter(isKnown).slice(0, 1);

/** Fewer are a matter of chance: one page that is opened has a few. */
const ADS_TALKS = 20;
/** Of a page of news it is usually less; a quarter is more than one would guess. */
const ADS_SHARE = 0.25;

/** Much of what a device does in this session is for ads or measures people, and some of it just now. */
export function ads(facts: Facts): Finding[] {
  const groups = [...facts.busy.values()].some(({ tracking }) => tracking > 0) && facts.selection.allGroups('company');
  if (!groups) return [];
  return [...facts.busy.values()].flatMap((busy) => {
    if (busy.tracking === 0) return [];
    let [talks, tracking] = [0, 0];
    for (const group of groupsOfDevice(groups, busy.device).values()) {
      talks += group.talks;
      tracking += group.tracking;
    }
    const share = tracking / Math.max(1, talks);
    if (talks < ADS_TALKS || share < ADS_SHARE) return [];
    const companies = largest(
      [...busy.companies.values()].filter((part) => part.tracking),
      NAMED,
    );
    const { device } = busy;
    return [
      about('ads', { device, strength: 2 * (share - ADS_SHARE), companies }, facts, (name, words) =>
        words.t('finding.ads', { device: name, share: shareText(share, words) }),
      ),
    ];
  });
}

/**
 * A thing talks with another part of the world, and no other device does: what everybody does there is the ordinary
 * traffic of large companies. Of a place that is one of many (anycast) nothing is said.
 */
export function far(facts: Facts): Finding[] {
  const { home } = facts.memory;
  if (home === null) return [];
  return [...facts.countries].flatMap(([code, { devices, clock, companies }]) => {
    const [device] = devices;
    const continent = continentOf(code);
    if (!device || devices.size > 1 || device.thing === null) return [];
    if (continent === null || continent === home) return [];
    const key = clock ? 'finding.far.clock' : 'finding.far';
    const strength = clock ? 1 : 0.5;
    return [
      about('far', { device, strength, companies: named(companies), what: code }, facts, (name, { t, format }) =>
        t(key, { device: name, country: format.country(code) }),
      ),
    ];
  });
}

interface Known {
  readonly seconds: number;
  readonly up: number;
  readonly down: number;
}

/** What somebody looked at of a part of the last two minutes, in bytes. from, until: samples, the oldest is 0. */
function known({ up, down }: Past, from: number, until: number): Known {
  const sum = { seconds: 0, up: 0, down: 0 };
  for (let i = from; i < until; i += 1) {
    const [sent, got] = [up[i] ?? NaN, down[i] ?? NaN];
    if (Number.isNaN(sent) || Number.isNaN(got)) continue;
    sum.seconds += STEP / 1000;
    sum.up += sent * (STEP / 1000);
    sum.down += got * (STEP / 1000);
  }
  return sum;
}

/** Most devices receive ten times of what they send: five times the other way is another use of the network. */
const SENDS_TIMES = 5;
/** Less is no more than what holds connections open. Bytes, in the last two minutes. */
const SENDS_LEAST = 250_000;
/** A shorter while is one message with a picture. Seconds. */
const SENDS_FOR = 20;
const SENDS_SAID = 50;

/** A device sends much more than it receives. */
export function sends(facts: Facts): Finding[] {
  return [...facts.busy.values()].flatMap(({ device, companies }) => {
    if (device.upRate < 1000 || device.upRate < device.downRate) return [];
    const { seconds, up, down } = known(facts.memory.past(device.id), 0, SAMPLES);
    const times = up / Math.max(1, down);
    if (seconds < SENDS_FOR || up < SENDS_LEAST || times < SENDS_TIMES) return [];
    const to = largest(companies.values(), 1, (part) => part.up);
    return [
      about('sends', { device, strength: times / 40, companies: to }, facts, (name, { t }) =>
        times >= SENDS_SAID
          ? t('finding.sends.only', { device: name })
          : t('finding.sends', { device: name, n: Math.floor(times) }),
      ),
    ];
  });
}

/** One moment of the page's memory is so long ago: the change is of the last seconds. Samples. */
const JUST = 5;
/** Of less than so many seconds before nobody can say how it was. */
const BEFORE = 30;
/** A page that is opened is as much for a moment; a film or a download is more. Bytes a second. */
const BUSIER_RATE = 250_000;
const BUSIER_TIMES = 10;

/** A sample or two may be one page that was opened. */
const LASTS = 3;

/** How many of the last samples are of somebody busy. */
function busyLately({ up, down }: Past): number {
  let n = 0;
  for (let i = SAMPLES - JUST; i < SAMPLES; i += 1) if ((up[i] ?? 0) + (down[i] ?? 0) >= BUSIER_RATE / 2) n += 1;
  return n;
}

/** A device does much more than in the minutes before. */
export function busier(facts: Facts): Finding[] {
  return [...facts.busy.values()].flatMap(({ device, companies }) => {
    const rate = device.upRate + device.downRate;
    if (rate < BUSIER_RATE) return [];
    const past = facts.memory.past(device.id);
    const before = known(past, 0, SAMPLES - JUST);
    const was = (before.up + before.down) / Math.max(1, before.seconds);
    if (before.seconds < BEFORE || rate < BUSIER_TIMES * was || busyLately(past) < LASTS) return [];
    const [most] = [...companies.values()].sort((a, b) => rateOf(b) - rateOf(a));
    const whom = most?.company && rateOf(most) > rate / 2 ? most : null;
    return [
      about('busier', { device, strength: rate / 5e6, companies: whom ? [whom.key] : [] }, facts, (name, words) => {
        const values = { device: name, rate: words.format.rate(rate) };
        return whom
          ? words.t('finding.busier.with', { ...values, company: companyName(whom, words) })
          : words.t('finding.busier', values);
      }),
    ];
  });
}

/** More than one opens by hand within a minute. */
const MANY = 15;
/** The others have half of it at most: else it is what one does here. */
const MANY_TIMES = 2;

/** A device talks with many more companies than the others. */
export function many(facts: Facts): Finding[] {
  const counted = [...facts.busy.values()]
    .map((busy) => ({ busy, n: [...busy.companies.values()].filter(({ company }) => company).length }))
    .sort((a, b) => b.n - a.n);
  const [first, second] = counted;
  if (!first || first.n < MANY || first.n < MANY_TIMES * (second?.n ?? 0)) return [];
  const { device } = first.busy;
  return [
    about('many', { device, strength: (first.n - MANY) / MANY }, facts, (name, { t }) =>
      t('finding.many', { device: name, n: first.n }),
    ),
  ];
}

/** As for ads: of less nothing can be said; and what most devices have is no more than a quarter. */
const NAMELESS_TALKS = 20;
const NAMELESS_SHARE = 0.25;

/** Much of what a device talks with has no name here, where names are heard at all. */
export function nameless(facts: Facts): Finding[] {
  if (!readsLookups(facts.selection)) return [];
  return [...facts.busy.values()].flatMap((busy) => {
    const { device } = busy;
    const share = unseenShare(device);
    if (busy.nameless === 0 || device.total < NAMELESS_TALKS || share === null || share < NAMELESS_SHARE) return [];
    return [
      about('nameless', { device, strength: share - NAMELESS_SHARE }, facts, (name, words) =>
        words.t('finding.nameless', { device: name, share: shareText(share, words) }),
      ),
    ];
  });
}

/** A beginning is news for so long: a look up from one's own phone, and back. Milliseconds. */
const FRESH = 20_000;

/** A company that nobody here has talked with in this session. Those of ads and tracking are told as such. */
export function contact(facts: Facts): Finding[] {
  const { selection } = facts;
  const begun = [...facts.companies.values()].filter(
    ({ company, key, seen }) => company && isKnown(key) && selection.now - seen <= FRESH,
  );
  if (begun.length === 0) return [];
  const { all } = selection.allGroups('company');
  return begun.flatMap((one) => {
    const group = all.get(one.key);
    const [device] = one.devices;
    if (!device || !group || one.devices.size > 1 || !isNew(group, FRESH, selection)) return [];
    const strength = one.tracking ? 1 : 0;
    return [
      about('contact', { device, strength, companies: [one.key], what: one.key }, facts, (name, words) =>
        words.t(one.tracking ? 'finding.contact.ads' : 'finding.contact', {
          device: name,
          company: companyName(one, words),
        }),
      ),
    ];
  });
}

/** A country that nobody here has talked with in this session. */
export function country(facts: Facts): Finding[] {
  const { selection } = facts;
  const begun = [...facts.countries].filter(([, { seen }]) => selection.now - seen <= FRESH);
  if (begun.length === 0) return [];
  const { all } = selection.allGroups('country');
  return begun.flatMap(([code, { devices, companies }]) => {
    const group = all.get(code);
    const [device] = devices;
    if (!device || !group || devices.size > 1 || !isNew(group, FRESH, selection)) return [];
    return [
      about('country', { device, strength: 0.5, companies: named(companies), what: code }, facts, (name, words) =>
        words.t('finding.country', { device: name, country: words.format.country(code) }),
      ),
    ];
  });
}

/** A device that was never here in this session. */
export function newcomer(facts: Facts): Finding[] {
  const { selection } = facts;
  return [...facts.busy.keys()]
    .filter(({ seen }) => isNew({ first: seen }, FRESH, selection))
    .map((device) =>
      about('newcomer', { device, strength: 0 }, facts, (name, { t }) => t('finding.newcomer', { device: name })),
    );
}
