// SPDX-License-Identifier: MIT
// Sentences above the views: each rule's, where it has something to say.

import { renderToString } from 'preact-render-to-string';
import { formatter } from '../../i18n/format';
import FindingBand, { type FindingProps } from '../../parts/finding/finding-band';
import type { Memory } from '../../parts/finding/facts';
import { FindingMemory } from '../../parts/finding/finding-memory';
import { findingsOf } from '../../parts/finding/rules';
import { SAMPLES } from '../../parts/rate-history';
import { conversation, device, ip } from './home';
import { MINUTE, NOW, SECOND, type Patch, type Values } from './made-feed';
import { selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

/** Bytes a second of the last two minutes, of each device: before, and in the last seconds. */
type Rates = readonly [before: number, lately: number];

const LATELY = 5;
const samples = ([before, lately]: Rates): Float32Array =>
  Float32Array.from({ length: SAMPLES }, (_, i) => (i < SAMPLES - LATELY ? before : lately));

function memoryOf(up: Rates, down: Rates): Memory {
  return { past: () => ({ up: samples(up), down: samples(down) }), home: 'europe' };
}

/** All that the rules find. */
const said =
  (shown: Shown, up: Rates = [0, 0], down: Rates = [0, 0]): Scene =>
  async ({ t, locale }: Words) => {
    const words = { t, format: formatter(locale, t) };
    return findingsOf(await selected(shown), memoryOf(up, down))
      .map((finding) => finding.say(words))
      .join('\n');
  };

const nobody: FindingProps['onEvidence'] = () => undefined;

/** As it stands above a view. */
const band =
  (shown: Shown, onEvidence: FindingProps['onEvidence'] = nobody): Scene =>
  async ({ t, locale }: Words) =>
    renderToString(
      <FindingMemory.Provider value={{ chooser: null, spoken: null }}>
        <FindingBand selection={await selected(shown)} about={null} {...{ onEvidence, t, locale }} />
      </FindingMemory.Provider>,
    );

const usual: Shown = {};
const but = (patch: Patch, rest: Shown = {}): Shown => ({ ...rest, but: patch });
const ids = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i);
const rows = <T,>(list: readonly number[], make: (id: number) => T): Record<number, T> =>
  Object.fromEntries(list.map((id) => [id, make(id)]));

/** Ann’s with the video service, and so many with the advertiser. */
const withAds = (video: number, ads: number): Patch => ({
  conversations: {
    ...rows(ids(10, video), () => conversation(1, 1)),
    ...rows(ids(60, ads), () => conversation(1, 2)),
  },
  conversation_names: {
    ...rows(ids(10, video), () => ({ name: 1 })),
    ...rows(ids(60, ads), () => ({ name: 2 })),
  },
});
const others = { 3: device('Eve'), 4: device('Tim') };
/** Devices that talk with the video service; those that do with the advertiser. */
const talking = (video: readonly number[], ads: readonly number[], rest: Values = {}): Patch => ({
  devices: others,
  conversations: {
    1: null,
    2: null,
    ...rows(video, (id) => conversation(id, 1, rest)),
    ...rows(
      ads.map((id) => id + 10),
      (id) => conversation(id - 10, 2),
    ),
  },
  conversation_names: {
    ...rows(video, () => ({ name: 1 })),
    ...rows(
      ads.map((id) => id + 10),
      () => ({ name: 2 }),
    ),
  },
});
/** Bytes that these conversations had with the delta, of a second. */
const moved = (list: readonly number[], bytes: number): Patch => ({
  conversations: rows(list, () => ({ active: NOW + SECOND, down_bytes: 90_000_000 + bytes })),
});
const lamp = (address: Values = {}, rest: Values = {}): Patch => ({
  devices: { 1: { thing: 'lamp', thing_sure: true } },
  places: { 1: { country: 'AE', region: null, city: null } },
  remotes: { 1: address },
  conversations: { 1: rest },
});
const JUST = NOW - 5 * SECOND;
/** Nobody asked for a name of the video service. */
const unnamed: Patch = { remote_names: { 1: null }, conversation_names: { 1: null } };
const companies = (n: number): Patch => {
  const list = ids(20, n);
  return {
    companies: rows(list, (id) => ({ name: `Firm ${id}` })),
    names: rows(list, (id) => ({ name: `f${id}.example`, domain: `f${id}.example`, company: id })),
    remotes: rows(list, (id) => ({ address: ip(`198.51.100.${id}`), seen: NOW - MINUTE })),
    conversations: rows(list, (id) => conversation(1, id)),
    conversation_names: rows(list, (id) => ({ name: id })),
  };
};
/** Ann sends so many bytes with the delta. */
const sent = (bytes: number): Patch => ({
  conversations: { 1: { active: NOW + SECOND, up_bytes: 4_000_000 + bytes } },
});
const asked = (result: string, category: string | null): Patch => ({
  names: { 2: { category } },
  lookups: { 2: { count: 45, result, asked: NOW - SECOND } },
});

export const FINDINGS: readonly Sentence[] = [
  so('much of what a device does is for ads', 'finding.ads', said(but(withAds(12, 8))), said(but(withAds(14, 3)))),
  so('a quarter of it', 'finding.quarter', said(but(withAds(15, 6))), said(but(withAds(12, 8)))),
  so('some tenths of it', 'finding.tenths', said(but(withAds(12, 8))), said(but(withAds(15, 6)))),
  so(
    'all of it',
    'finding.all',
    said(but({ ...withAds(0, 60), conversations: { ...withAds(0, 60).conversations, 1: null } })),
    said(but(withAds(12, 8))),
  ),
  so(
    'it is the viewer’s',
    'finding.you',
    said(but(withAds(12, 8), { address: '192.0.2.11' })),
    said(but(withAds(12, 8))),
  ),
  so('a thing talks with another continent', 'finding.far', said(but(lamp())), said(but({ ...lamp(), devices: {} }))),
  so(
    'it asks for the time there',
    'finding.far.clock',
    said(but(lamp({}, { protocol: 17, port: 123 }))),
    said(but(lamp())),
  ),
  so(
    'the name asked for most is blocked',
    'finding.blocked',
    said(but(asked('blocked', null))),
    said(but(asked('answered', null))),
  ),
  so(
    'and this viewer may see what was looked up',
    'finding.blocked',
    said(but(asked('blocked', null))),
    said(but(asked('blocked', null), { kept: ['lookups'] })),
  ),
  so(
    'and is for ads',
    'finding.blocked.ads',
    said(but(asked('blocked', 'advertising'))),
    said(but(asked('blocked', null))),
  ),
  so(
    'many talk with one advertiser',
    'finding.common',
    said(but(talking([1], [2, 3, 4]))),
    said(but(talking([1, 2], [3, 4]))),
  ),
  so(
    'a device sends more than it receives',
    'finding.sends',
    said(but({}, { then: sent(90_000) }), [50_000, 50_000], [5000, 5000]),
    said(but({}, { then: sent(90_000) }), [50_000, 50_000], [50_000, 50_000]),
  ),
  so(
    'a device does nothing else',
    'finding.sends.only',
    said(but({}, { then: sent(90_000) }), [50_000, 50_000]),
    said(but({}, { then: sent(90_000) }), [50_000, 50_000], [5000, 5000]),
  ),
  so(
    'a company is met for the first time',
    'finding.contact',
    said(but({ conversations: { 1: { seen: JUST } } })),
    said(usual),
  ),
  so(
    'to who may not see names the company is said as well',
    'finding.contact',
    said(but({ conversations: { 1: { seen: JUST } } }, { kept: ['identities', 'lookups'] })),
    said({ kept: ['identities', 'lookups'] }),
  ),
  so(
    'and it is for ads',
    'finding.contact.ads',
    said(but({ conversations: { 2: { seen: JUST } } })),
    said(but({ conversations: { 1: { seen: JUST } } })),
  ),
  so(
    'nobody asked for its name',
    'finding.owned',
    said(but({ ...unnamed, remotes: { 1: { company: 1 } }, conversations: { 1: { seen: JUST } } })),
    said(but({ conversations: { 1: { seen: JUST } } })),
  ),
  so(
    'a country is met for the first time',
    'finding.country',
    said(but({ conversations: { 1: { seen: JUST } } })),
    said(usual),
  ),
  so('a device has just come', 'finding.newcomer', said(but({ devices: { 1: { seen: JUST } } })), said(usual)),
  so(
    'a device does much more than before',
    'finding.busier.with',
    said(but({}, { then: moved([1], 2_000_000) }), [0, 0], [100, 1e6]),
    said(but({}, { then: moved([1], 2_000_000) }), [0, 0], [1e6, 1e6]),
  ),
  so(
    'nobody knows with whom',
    'finding.busier',
    said(but(unnamed, { then: moved([1], 2_000_000) }), [0, 0], [100, 1e6]),
    said(but({}, { then: moved([1], 2_000_000) }), [0, 0], [100, 1e6]),
  ),
  so('it has become quiet', 'finding.quieter', said(usual, [0, 0], [1e6, 0]), said(usual, [0, 0], [1e6, 1e6])),
  so('a device talks with many', 'finding.many', said(but(companies(16))), said(but(companies(9)))),
  so(
    'one company has most of it',
    'finding.one',
    said(but(companies(4), { then: moved([1], 2_000_000) })),
    said(but(companies(4), { then: moved([1, 20, 21], 2_000_000) })),
  ),
  so(
    'several play something',
    'finding.streams',
    said(but(talking([1, 2], [], { behaviour: 'stream' }))),
    said(but(talking([1, 2], [], { behaviour: 'download' }))),
  ),
  so(
    'much has no name',
    'finding.nameless',
    said(but({ ...unnamed, devices: { 1: { unseen: 10 } } })),
    said(but({ ...unnamed, devices: { 1: { unseen: 1 } } })),
  ),
  so(
    'many talk with one company',
    'finding.shared',
    said(but(talking([1, 2, 3], [4]), { then: moved([1, 2, 3], 50_000) })),
    said(but(talking([1, 2, 3, 4], []), { then: moved([1, 2, 3], 50_000) })),
  ),
  so(
    'half of them do',
    'finding.shared.half',
    said(but(talking([1, 2], [3, 4]), { then: moved([1, 2], 50_000) })),
    said(but(talking([1, 2, 3], [4]), { then: moved([1, 2, 3], 50_000) })),
  ),
  so(
    'all of them do',
    'finding.shared.all',
    said(but(talking([1, 2, 3, 4], []), { then: moved([1, 2, 3], 50_000) })),
    said(but(talking([1, 2, 3], [4]), { then: moved([1, 2, 3], 50_000) })),
  ),
  so('nothing stands out, and little is sent', 'finding.calm', band(usual), band(but(withAds(12, 8)))),
  so('nothing stands out, and much is sent', 'finding.even', band({ then: moved([1], 2_000_000) }), band(usual)),
  so('nothing stands out of one device', 'finding.calm.one', band({ who: '=Ann' }), band(usual)),
  so(
    'but it sends much',
    'finding.even.one',
    band({ who: '=Ann', then: moved([1], 2_000_000) }),
    band({ who: '=Ann' }),
  ),
];
