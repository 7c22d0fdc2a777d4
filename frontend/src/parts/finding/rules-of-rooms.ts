// SPDX-License-Identifier: MIT
// Rules that find something about all who are here. Each has its thresholds above it, with the reason. Pure.

import { isTracking } from '../../store/category';
import type { Device, Lookup } from '../../store/rows';
import { hereOf } from '../../store/selection';
import { SAMPLES, STEP } from '../rate-history';
import { isOneOf, largest, LATELY, rateOf, type Facts, type Part } from './facts';
import type { Finding, Receipts, RuleName, Words } from './finding';
import { companyLabel, companyName, short } from './phrases';

const NO_ONE: Receipts = { devices: [], companies: [], names: [] };

interface About {
  readonly subject: string;
  readonly strength: number;
  readonly receipts?: Partial<Receipts>;
}

function about(rule: RuleName, { subject, strength, receipts }: About, say: (words: Words) => string): Finding {
  return {
    rule,
    subject,
    strength: Math.min(1, Math.max(0, strength)),
    receipts: { ...NO_ONE, ...receipts },
    say,
  };
}

const byName = (devices: Iterable<Device>): Device[] => [...devices].sort((a, b) => a.id - b.id);

/** Of fewer devices a half is two or three: no news. */
const ROOM = 4;

/** In a home it takes three to have something in common that is no chance. */
const COMMON_DEVICES = 3;
const COMMON_SHARE = 1 / 3;

/** Many devices talk with the same company for ads or tracking. */
export function common({ busy, companies }: Facts): Finding[] {
  const all = busy.size;
  if (all < ROOM) return [];
  return [...companies.values()].flatMap((one) => {
    const n = one.devices.size;
    if (!one.company || !one.tracking || n < COMMON_DEVICES || n < COMMON_SHARE * all) return [];
    const receipts = { devices: byName(one.devices), companies: [one.key] };
    return [
      about('common', { subject: one.key, strength: n / all, receipts }, (words) =>
        words.t('finding.common', { n, all, company: companyName(one, words) }),
      ),
    ];
  });
}

const SHARED_SHARE = 0.5;
/** Less is what holds connections open while nobody does anything. Bytes a second. */
const SHARED_RATE = 2000;

/** Half of the devices talk with one company. */
export function shared({ busy, companies }: Facts): Finding[] {
  const all = busy.size;
  if (all < ROOM) return [];
  return [...companies.values()].flatMap((one) => {
    const n = one.devices.size;
    if (!one.company || one.tracking || n < SHARED_SHARE * all || rateOf(one) < SHARED_RATE) return [];
    const receipts = { devices: byName(one.devices), companies: [one.key] };
    const key = n === all ? 'finding.shared.all' : 2 * n === all ? 'finding.shared.half' : 'finding.shared';
    return [
      about('shared', { subject: one.key, strength: n / all, receipts }, (words) =>
        words.t(key, { n, all, company: companyName(one, words) }),
      ),
    ];
  });
}

/** Less data than that is of one app that somebody has opened. Bytes a second. */
const ONE_RATE = 200_000;
const ONE_SHARE = 0.8;
/** Among fewer companies one always has most. */
const ONE_COMPANIES = 4;

/** Most of all data is with one company. */
export function one({ busy, companies, rate }: Facts): Finding[] {
  if (rate < ONE_RATE || companies.size < ONE_COMPANIES || busy.size < 2) return [];
  const most = [...companies.values()].reduce<Part | null>((a, b) => (a && rateOf(a) >= rateOf(b) ? a : b), null);
  const share = most ? rateOf(most) / rate : 0;
  if (!most?.company || share < ONE_SHARE) return [];
  const receipts = { devices: byName(most.devices), companies: [most.key] };
  return [
    about('one', { subject: most.key, strength: 5 * (share - ONE_SHARE), receipts }, (words) =>
      words.t('finding.one', { company: companyName(most, words), percent: words.format.percent(share) }),
    ),
  ];
}

/** One person who watches is everyday; of two and more one sees what the network is used for. */
const STREAMS = 2;

/** Several devices play something. */
export function streams({ streams: { devices, companies }, companies: parts }: Facts): Finding[] {
  const n = devices.size;
  const from = largest(
    [...companies].flatMap((key) => parts.get(key) ?? []),
    3,
  );
  if (n < STREAMS || from.length === 0) return [];
  return [
    about(
      'streams',
      { subject: '', strength: n / 10, receipts: { devices: byName(devices), companies: from } },
      (words) => words.t('finding.streams', { n, companies: from.map((key) => companyLabel(key, words)).join(', ') }),
    ),
  ];
}

/** What this page has seen before is summed up for so many devices at most: one moment's work. */
const QUIETER_DEVICES = 200;
/** It was lively, and is not. Bytes a second, of all. */
const QUIETER_BEFORE = 250_000;
const QUIETER_TIMES = 12;
/** The last samples of the two minutes are the quiet; so many seconds before them have to be known. */
const QUIET = 5;
const KNOWN = 30;

/** It has become quiet. That nobody looked is no quiet. */
export function quieter({ selection, memory }: Facts): Finding[] {
  const devices = selection.devices.filter(isOneOf(selection));
  if (devices.length === 0 || devices.length > QUIETER_DEVICES) return [];
  const rate = devices.reduce((sum, { upRate, downRate }) => sum + upRate + downRate, 0);
  // with less now it can be asked what was before; it is most of the work
  if (rate > QUIETER_BEFORE) return [];
  let [before, last, seconds, quiet] = [0, 0, 0, 0];
  for (const { id } of devices) {
    const { up, down } = memory.past(id);
    let [own, lately] = [0, 0];
    for (let i = 0; i < SAMPLES; i += 1) {
      const both = (up[i] ?? NaN) + (down[i] ?? NaN);
      if (Number.isNaN(both)) continue;
      if (i >= SAMPLES - QUIET) {
        last += both / QUIET;
        lately += 1;
      } else {
        before += both * (STEP / 1000);
        own += STEP / 1000;
      }
    }
    seconds = Math.max(seconds, own);
    quiet = Math.max(quiet, lately);
  }
  const was = before / Math.max(1, seconds);
  // who looks again after a while knows nothing of the last seconds
  if (seconds < KNOWN || quiet < QUIET || was < QUIETER_BEFORE || Math.max(rate, last) * QUIETER_TIMES > was) return [];
  return [
    about('quieter', { subject: '', strength: 0.5 }, ({ t, format }) =>
      t('finding.quieter', { rate: format.rate(was) }),
    ),
  ];
}

/** More than a few pages ask for: something asks again and again. Times, in this session. */
const BLOCKED_TIMES = 20;
/** More of them are not looked through. */
const LOOKUPS_MOST = 20_000;

interface Asked {
  times: number;
  blocked: number;
  last: number;
  tracks: boolean;
  readonly devices: Set<Device>;
}

function askedFor(lookups: readonly Lookup[]): Map<string, Asked> {
  const found = new Map<string, Asked>();
  for (const { name, device, count, asked, result } of lookups) {
    let one = found.get(name.domain);
    if (!one) found.set(name.domain, (one = { times: 0, blocked: 0, last: 0, tracks: false, devices: new Set() }));
    one.times += count;
    if (result === 'blocked') one.blocked += count;
    one.last = Math.max(one.last, asked);
    one.tracks ||= isTracking(name.category);
    one.devices.add(device);
  }
  return found;
}

/** What is asked for most is blocked, and still asked for. Of who may not see lookups there are none. */
export function blocked({ selection }: Facts): Finding[] {
  const { lookups, now } = selection;
  if (lookups.length === 0 || lookups.length > LOOKUPS_MOST) return [];
  let most: readonly [string, Asked] | null = null;
  for (const entry of askedFor(lookups)) if (!most || entry[1].times > most[1].times) most = entry;
  if (!most) return [];
  const [name, { times, blocked: refused, last, tracks, devices }] = most;
  if (times < BLOCKED_TIMES || refused < times / 2 || now - last > LATELY) return [];
  const here = hereOf(byName(devices));
  return [
    about('blocked', { subject: name, strength: times / 100, receipts: { devices: here, names: [name] } }, ({ t }) =>
      t(tracks ? 'finding.blocked.ads' : 'finding.blocked', { name: short(name), n: times }),
    ),
  ];
}
