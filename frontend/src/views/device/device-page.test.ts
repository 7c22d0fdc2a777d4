// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { LANGUAGES, translator } from '../../i18n';
import type { Conversation } from '../../store/rows';
import {
  sampleConversation,
  sampleDevice,
  sampleLookup,
  sampleName,
  samplePlace,
  sampleRemote,
  sampleSelection,
  sampleSite,
  sampleSum,
} from '../../store/sample';
import { groupsOf, knownSince, NEW_LATELY } from '../../store/session';
import { doingsOf, newsOf, pageOf } from './device-page';

const aino = sampleDevice('Aino');
const onni = sampleDevice('Onni');
const to = (
  device: typeof aino,
  name: string,
  rest: Partial<Conversation> = {},
  category: 'advertising' | 'relay' | null = null,
): Conversation =>
  sampleConversation(device, sampleRemote({ place: samplePlace() }), {
    own: sampleName(name, { category }),
    downBytes: 10,
    ...rest,
  });

describe('newsOf', () => {
  const moment = { now: NEW_LATELY + 500_000, site: null };
  const held = [
    to(aino, 'old.example', { seen: 400_000 }),
    to(aino, 'new.example', { seen: 900_000 }),
    to(aino, 'both.example', { seen: 800_000 }),
    to(aino, 'again.example', { seen: 1_000_000 }),
    to(aino, 'again.example', { seen: 300_000, open: 0 }),
    to(onni, 'both.example', { open: 0 }),
  ];
  const all = groupsOf(held, [], 'company');

  it('finds destinations that are new to the device, and says which nobody else has had', () => {
    expect(newsOf(aino, all, () => all, moment)).toEqual([
      { key: 'new.example', first: 900_000, alone: true },
      { key: 'both.example', first: 800_000, alone: false },
    ]);
  });

  it('does not ask the filter whether something is new, or who else had it', () => {
    const left = groupsOf([to(aino, 'both.example', { seen: 800_000 }), held[3] as Conversation], [], 'company');
    expect(newsOf(aino, left, () => all, moment)).toEqual([{ key: 'both.example', first: 800_000, alone: false }]);
  });

  it('calls nothing new that is known from what is kept as a sum only', () => {
    const sums = [sampleSum(aino, { name: sampleName('new.example'), seen: 70_000 })];
    const groups = groupsOf(held, sums, 'company');
    expect(newsOf(aino, groups, () => groups, moment).map(({ key }) => key)).toEqual(['both.example']);
  });

  it('calls nothing new of a device that has just come', () => {
    const just = { ...aino, seen: 899_000 };
    expect(newsOf(just, all, () => all, moment).map(({ key }) => key)).toEqual(['both.example']);
    const late = sampleDevice('Ravi', { seen: 890_000 });
    const groups = groupsOf([to(late, 'x.example', { seen: 900_000 })], [], 'company');
    expect(newsOf(late, groups, () => groups, moment)).toEqual([]);
  });
});

it('knows a device since it came, or since there has been anybody to watch', () => {
  const late = sampleDevice('Ravi', { seen: 890_000 });
  const site = sampleSite({ session: -5000 });
  expect(knownSince(late, { now: 900_000, site })).toEqual({ at: 890_000, device: true });
  expect(knownSince(sampleDevice('Eila', { seen: -5000 }), { now: 900_000, site })).toEqual({ at: 0, device: false });
  expect(knownSince(sampleDevice('Eila', { seen: 10 }), { now: 9, site: sampleSite({ session: 50 }) }).at).toBe(50);
});

it('says what a device does, the most striking first, and of each destination once', () => {
  const talks = [
    to(aino, 'a.example', { behaviour: 'beacon', active: 9 }),
    to(aino, 'b.example', { behaviour: 'call', active: 1 }),
    to(aino, 'c.example', { behaviour: 'beacon', active: 5 }),
    to(aino, 'a.example', { behaviour: 'beacon', active: 2 }),
    to(aino, 'd.example', { behaviour: 'stream', gone: 3 }),
    to(aino, 'e.example'),
  ];
  expect(doingsOf(talks)).toEqual([
    { behaviour: 'call', keys: ['b.example'] },
    { behaviour: 'beacon', keys: ['a.example', 'c.example'] },
  ]);
});

it('gathers what belongs to one device, and nothing of the others', () => {
  const name = sampleName('x.example');
  const selection = sampleSelection(
    [
      to(aino, 'ads.example', {}, 'advertising'),
      to(aino, 'relay.example', {}, 'relay'),
      to(aino, 'site.example'),
      to(onni, 'other.example'),
    ],
    {
      sums: [
        sampleSum(aino, { name: sampleName('earlier.example'), country: 'SE', downBytes: 500, conversations: 5 }),
        sampleSum(aino, {
          name: sampleName('ads.example'),
          category: 'advertising',
          special: 'private',
          conversations: 2,
        }),
        sampleSum(onni, { name: name, country: 'SE' }),
      ],
      lookups: [
        sampleLookup(aino, name, { asked: 1 }),
        sampleLookup(onni, name, { asked: 3 }),
        sampleLookup(aino, name, { asked: 2 }),
      ],
    },
  );
  const page = pageOf(aino, selection);
  expect(page.companies.map(({ key }) => key)).toEqual([
    'earlier.example',
    'ads.example',
    'relay.example',
    'site.example',
  ]);
  expect(page.countries).toMatchObject([
    { key: 'SE', conversations: 5, up: 0, down: 500 },
    { key: 'FI', conversations: 3 },
  ]);
  expect([page.talks, page.trackerTalks, page.trackers.map(({ key }) => key), page.hiding]).toEqual([
    10,
    3,
    ['ads.example'],
    ['relay.example'],
  ]);
  expect(page.lookups.map(({ asked }) => asked)).toEqual([2, 1]);
});

describe('how many a device has talked with', () => {
  const talks = [
    sampleConversation(aino, sampleRemote({ address: '198.51.100.7' }), { own: null }),
    to(aino, 'ads.example', {}, 'advertising'),
  ];
  const page = pageOf(aino, sampleSelection(talks, { devices: [aino] }));

  // an address or the network of an internet provider is no company
  it.each(LANGUAGES)('are destinations, not companies (%s)', (language) => {
    const t = translator(language);
    expect(page.companies.length).toBe(2);
    for (const key of ['device.companies', 'devices.companies', 'device.trackers.some'] as const) {
      expect(t(key, { n: page.companies.length })).toMatch(/2 (destinations|kohteen)/);
      expect(t(key, { n: 1 })).toMatch(/one destination|yhden kohteen/);
    }
  });
});
