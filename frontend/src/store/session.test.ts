// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { groupKey, GROUPINGS, isSpecial, sumKey } from './grouping';
import type { Conversation, Sum } from './rows';
import type { Grouping } from './selection';
import { groupsOf, isNew, newGroups, NEW_FOR, NOBODY } from './session';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleName,
  sampleNetwork,
  samplePlace,
  sampleRemote,
  sampleSite,
  sampleSum,
} from './sample';

const [aino, onni] = [sampleDevice('Aino'), sampleDevice('Onni')];
const company = sampleCompany('Example Oy');
const network = sampleNetwork('Example Networks');
const place = samplePlace({ country: 'SE' });
const named = sampleName('www.a.example', { domain: 'a.example', category: 'news' });
const owned = sampleName('ads.b.example', { domain: 'b.example', category: 'advertising', company });
const guessed = sampleName('www.c.example', { domain: 'c.example' });

/** A conversation, and the sum that the collector makes of it (collector/model/conversation_ended.c). */
const KINDS: Readonly<Record<string, readonly [Conversation, Sum]>> = {
  'of a company': [
    sampleConversation(aino, sampleRemote({ network, place, asked: owned })),
    sampleSum(aino, { company, country: 'SE', category: 'advertising' }),
  ],
  'of a company by its address': [
    sampleConversation(aino, sampleRemote({ network, place, company, category: 'cloud' }), { own: null }),
    sampleSum(aino, { company, country: 'SE', category: 'cloud' }),
  ],
  'of a domain': [
    sampleConversation(aino, sampleRemote({ network, place, asked: named })),
    sampleSum(aino, { name: sampleName('a.example'), country: 'SE', category: 'news' }),
  ],
  'of a network': [sampleConversation(aino, sampleRemote({ network })), sampleSum(aino, { network })],
  'of a special network': [
    sampleConversation(aino, sampleRemote({ special: 'private' })),
    sampleSum(aino, { special: 'private' }),
  ],
};

describe('a sum', () => {
  it.each(Object.entries(KINDS))('%s is in the same groups as its conversations, or in none', (_, [one, sum]) => {
    for (const by of GROUPINGS) expect([null, groupKey(one, by)]).toContain(sumKey(sum, by));
    for (const by of ['company', 'country', 'category'] as const) expect(sumKey(sum, by)).toBe(groupKey(one, by));
  });

  it.each<[keyof typeof KINDS, Grouping[]]>([
    ['of a company', ['domain', 'network']],
    ['of a domain', ['network']],
    ['of a network', []],
    ['of a special network', []],
  ])('%s cannot tell its groups by %j', (kind, groupings) => {
    const sum = KINDS[kind]?.[1] as Sum;
    expect(GROUPINGS.filter((by) => sumKey(sum, by) === null)).toEqual(groupings);
  });

  it('of what only an address was known of is with the unknown, and a guess with its network', () => {
    expect(sumKey(sampleSum(aino), 'company')).toBe('~unknown');
    expect(sumKey(sampleSum(aino, { network }), 'company')).toBe('Example Networks');
    expect([isSpecial('~unknown'), isSpecial('~private'), isSpecial('~?c.example'), isSpecial('FI')]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});

it('adds up what there was in the session, by group and device', () => {
  const held = [
    sampleConversation(aino, sampleRemote({ asked: owned }), { upBytes: 1, downBytes: 2, seen: 500 }),
    sampleConversation(aino, sampleRemote({ asked: owned }), { upBytes: 10, downBytes: 20, seen: 400, open: 0 }),
    sampleConversation(onni, sampleRemote({ asked: named }), { upBytes: 5, seen: 300 }),
  ];
  const sums = [
    sampleSum(onni, { company, upBytes: 100, downBytes: 200, seen: 100, conversations: 7, category: 'advertising' }),
    sampleSum(null, { company, upBytes: 1000, seen: 200, conversations: 2 }),
  ];
  const groups = groupsOf(held, sums, 'company');
  expect([...groups.all.keys()].sort()).toEqual(['Example Oy', 'a.example']);
  expect(groups.all.get('Example Oy')).toMatchObject({
    upBytes: 1111,
    downBytes: 222,
    talks: 11,
    tracking: 9,
    first: 100,
  });
  const of = (id: number) => groups.ofDevices.get(id)?.get('Example Oy');
  expect(of(aino.id)).toMatchObject({ upBytes: 11, downBytes: 22, talks: 2, tracking: 2, first: 400 });
  expect(of(onni.id)).toMatchObject({ upBytes: 100, talks: 7, tracking: 7, first: 100 });
  expect(of(NOBODY)).toMatchObject({ upBytes: 1000, talks: 2, tracking: 0, first: 200 });
  // of the company the domains are not kept
  expect([...groupsOf([], sums, 'domain').all.keys()]).toEqual([]);
});

describe('what is new', () => {
  const now = 900_000;
  const moment = { now, site: sampleSite({ session: 1000 }) };
  const talk = (seen: number, asked = owned, device = aino): Conversation =>
    sampleConversation(device, sampleRemote({ asked, network }), { seen });
  const found = (held: Conversation[], sums: Sum[] = [], by: Grouping = 'company'): string[] => [
    ...newGroups(groupsOf(held, sums, by), moment),
  ];

  it('was first met some seconds ago by the room', () => {
    expect(found([talk(now - NEW_FOR), talk(now - NEW_FOR - 1, named)])).toEqual(['Example Oy']);
    expect(found([talk(now), talk(200_000, owned, onni)])).toEqual([]);
    expect(found([talk(now)], [sampleSum(onni, { company, seen: 200_000 })])).toEqual([]);
    expect(found([talk(now)], [sampleSum(null, { company, seen: 200_000 })])).toEqual([]);
    expect(found([talk(now)], [sampleSum(onni, { name: named, seen: 200_000 })])).toEqual(['Example Oy']);
  });

  it('is not what a sum may stand for that does not say so exactly', () => {
    const sums = [sampleSum(onni, { company, seen: 200_000 })];
    expect(found([talk(now)], sums, 'domain')).toEqual([]);
    expect(found([talk(now, named)], sums, 'domain')).toEqual(['a.example']);
    expect(found([talk(now, named)], [sampleSum(aino, { name: named, seen: 200_000 })], 'network')).toEqual([]);
    const guess = sampleConversation(aino, sampleRemote({ asked: guessed, network }), { own: null, seen: now });
    expect(found([guess])).toEqual(['~?c.example']);
    expect(found([guess], [sampleSum(aino, { network, seen: 200_000 })])).toEqual([]);
    // one that says nothing at all does not end all news
    expect(found([talk(now)], [sampleSum(aino, { seen: 200_000 })], 'domain')).toEqual(['b.example']);
  });

  it('may be new to a device that is not so to the room', () => {
    const groups = groupsOf([talk(now - 5000)], [sampleSum(onni, { company, seen: 200_000 })], 'company');
    const own = groups.ofDevices.get(aino.id)?.get('Example Oy');
    expect(own && isNew(own, NEW_FOR, moment, aino)).toBe(true);
    const domains = groupsOf([talk(now - 5000)], [sampleSum(onni, { company, seen: 200_000 })], 'domain');
    const domain = domains.ofDevices.get(aino.id)?.get('b.example');
    expect(domain && isNew(domain, NEW_FOR, moment, aino)).toBe(true);
  });

  const since = (first: number, session: number, device = sampleDevice('x', { seen: -9e9 })): boolean =>
    isNew({ first }, NEW_FOR, { now: first + 100, site: sampleSite({ session }) }, device);
  it('is not what is there as the session begins', () => {
    expect([since(500_000, 490_000), since(500_000, 440_000)]).toEqual([false, true]);
  });

  it('is not what a collector finds that was started again in the midst of a session', () => {
    expect([since(59_999, -900_000), since(60_000, -900_000), since(-5, -900_000)]).toEqual([false, true, true]);
  });

  it('is nothing of a device that has just come', () => {
    expect(since(500_000, 0, sampleDevice('x', { seen: 490_000 }))).toBe(false);
    expect(since(500_000, 0, sampleDevice('x', { seen: 440_000 }))).toBe(true);
  });
});
