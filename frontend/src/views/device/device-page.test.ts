// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../store/rows';
import {
  sampleConversation,
  sampleDevice,
  sampleLookup,
  sampleName,
  samplePlace,
  sampleRemote,
  sampleSelection,
} from '../../store/sample';
import { doingsOf, NEW, newsOf, pageOf } from './device-page';

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
  const now = NEW + 500_000;
  const held = [
    to(aino, 'old.example', { seen: 400_000 }),
    to(aino, 'new.example', { seen: 900_000 }),
    to(aino, 'both.example', { seen: 800_000 }),
    to(aino, 'again.example', { seen: 1_000_000 }),
    to(aino, 'again.example', { seen: 300_000 }),
    to(onni, 'both.example'),
  ];

  it('finds destinations that are new to the device, and says which nobody else has', () => {
    expect(newsOf(aino, held, now)).toEqual([
      { key: 'new.example', first: 900_000, alone: true },
      { key: 'both.example', first: 800_000, alone: false },
    ]);
  });

  it('calls nothing new of a device that has just come', () => {
    expect(newsOf(sampleDevice('Eila', { ...aino, seen: 899_000 }), held, now)).toEqual([]);
    const late = sampleDevice('Ravi', { seen: 890_000 });
    expect(newsOf(late, [to(late, 'x.example', { seen: 900_000 })], now)).toEqual([]);
  });
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
      lookups: [
        sampleLookup(aino, name, { asked: 1 }),
        sampleLookup(onni, name, { asked: 3 }),
        sampleLookup(aino, name, { asked: 2 }),
      ],
    },
  );
  const page = pageOf(aino, selection);
  expect(page.companies.map(({ key }) => key)).toEqual(['ads.example', 'relay.example', 'site.example']);
  expect(page.countries).toMatchObject([{ key: 'FI', conversations: 3 }]);
  expect([page.trackerTalks, page.trackers.map(({ key }) => key), page.hiding]).toEqual([
    1,
    ['ads.example'],
    ['relay.example'],
  ]);
  expect(page.lookups.map(({ asked }) => asked)).toEqual([2, 1]);
});
