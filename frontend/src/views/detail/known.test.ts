// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { translator } from '../../i18n';
import { formatter } from '../../i18n/format';
import type { Category } from '../../store/category';
import type { Answer, Conversation, Device, Name } from '../../store/rows';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleLookup,
  sampleName,
  sampleNetwork,
  samplePlace,
  sampleRemote,
  sampleSelection,
  sampleSource,
} from '../../store/sample';
import { knownOf } from './known';
import { namesAsked, namesOf } from './asked-names';
import { reachOf } from './subject';
import { ago, type Texts } from '../../parts/text';
import { isolate } from '../../parts/characters';

const t = translator('en');
const texts: Texts = { t, format: formatter('en', t), locale: 'en' };
const NOW = 100_000;
const [aino, onni, third] = ['Aino', 'Onni', 'Third'].map((alias, i) => sampleDevice(alias, { id: i + 1 })) as [
  Device,
  Device,
  Device,
];
const answer = (device: Device, name: Name, time: number): Answer => ({ lookup: sampleLookup(device, name), time });
const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

function lines(
  conversations: Conversation[],
  sources = [sampleSource('city', 'ok', { type: 'GeoLite2-City', built: 1_748_000_000 })],
  lookupsTold = true,
  lookupsComing = false,
): string[] {
  return knownOf(conversations, { now: NOW, sources, lookupsTold, lookupsComing }, texts).map(
    ({ about, text, source }) => plain(`${about}: ${text} [${source}]`),
  );
}

describe('how we know', () => {
  const builtIn = sampleSource('companies', 'ok');
  const list = sampleSource('list', 'ok', { name: 'Family list' });
  const name = sampleName('ads.example.com', {
    domain: 'example.com',
    company: sampleCompany('Example'),
    category: 'advertising',
    list,
  });

  it('says who asked for the name and when, which list marked it, whose network it is and where', () => {
    const remote = sampleRemote({
      answers: [answer(onni, name, NOW - 1000), answer(aino, name, NOW - 9000)],
      network: sampleNetwork('Example Oy', { asn: 64500 }),
      place: samplePlace({ city: 'Turku' }),
    });
    expect(lines([sampleConversation(aino, remote, { own: name })])).toEqual([
      'name: Aino asked for the name (9 s ago). []',
      'company: Example · Advertising [marked by the list “Family list”]',
      'network: AS64500 Example Oy [the owner of the network, from address lists]',
      'server: Turku, Finland [the place is an estimate from address lists: GeoLite2-City, May 23, 2025]',
    ]);
  });

  it('names the device that asked when it was another one', () => {
    const remote = sampleRemote({ asked: name, answers: [answer(onni, name, NOW - 70_000)] });
    expect(lines([sampleConversation(aino, remote, { own: null })])[0]).toBe(
      'name: The device that talks was not heard asking, but Onni asked for the name and got this address (1 min ago). []',
    );
  });

  it('counts the conversations of each way to know', () => {
    const asked = sampleRemote({ answers: [answer(aino, name, NOW), answer(onni, name, NOW)] });
    const cloud = sampleRemote({
      cloud: 'Amazon eu-north-1',
      place: samplePlace({ city: 'Stockholm', country: 'SE' }),
      company: sampleCompany('Amazon'),
      category: 'cloud',
      list: sampleSource('cloud', 'ok'),
    });
    const all = [
      sampleConversation(aino, asked, { own: name }),
      sampleConversation(onni, asked, { own: name }),
      sampleConversation(aino, cloud),
      sampleConversation(aino, sampleRemote()),
    ];
    expect(lines(all)).toEqual([
      'name: Aino and one other device asked for the name (latest: now). [2 conversations]',
      'name: The address is in the range of Amazon eu-north-1, by the provider’s own list. Nobody here asked for a name. [One conversation]',
      'name: No list knows the address. Nobody here asked for a name. [One conversation]',
      'company: Amazon · Cloud [the range of a cloud service, from the provider’s own list]',
      'company: Example · Advertising [marked by the list “Family list”]',
      'place: Nobody knows where. []',
      'place: Stockholm, Sweden [the place of the provider’s region]',
    ]);
  });

  it('says once what services of a kind do, and nothing where the kind is not known', () => {
    const talk = (company: string, category: Category | null): Conversation =>
      sampleConversation(aino, sampleRemote(), {
        own: sampleName('a.example', { company: sampleCompany(company), category }),
      });
    const all = [talk('C', 'video'), talk('B', 'advertising'), talk('A', 'advertising'), talk('D', null)];
    const told = { now: NOW, sources: [], lookupsTold: true, lookupsComing: false };
    const said = (some: readonly Conversation[]) =>
      knownOf(some, told, texts).flatMap(({ about, text, purpose }) =>
        about === 'company' ? [[plain(text), purpose]] : [],
      );
    expect(said(all.slice(0, 3))).toEqual([
      ['A · Advertising', t('purpose.advertising')],
      ['B · Advertising', ''],
      ['C · Video', t('purpose.video')],
    ]);
    expect(said(all.slice(3))).toEqual([['D', '']]);
  });

  it('says when only the country is known, and when it is our own table that decides', () => {
    const own = sampleName('x.example', { company: sampleCompany('X'), list: builtIn });
    const remote = sampleRemote({ place: samplePlace({ city: null, country: 'US' }) });
    expect(lines([sampleConversation(aino, remote, { own })], [])).toEqual([
      'name: Aino asked for the name (earlier). []',
      'company: X [company and category from connvis’s own table]',
      'server: United States [only the country is known, from address lists]',
    ]);
  });

  it('does not say that nobody asked where that may not be seen', () => {
    const [line] = lines([sampleConversation(aino, sampleRemote())], [], false);
    expect(line).toBe('name: No list knows the address. Not everybody here sees which names were asked for. []');
  });

  it('says nothing of it as long as that has not come', () => {
    const [line] = lines([sampleConversation(aino, sampleRemote())], [], false, true);
    expect(line).toBe('name: No list knows the address. []');
  });

  it('ends a sentence once', () => {
    const remote = sampleRemote({ network: sampleNetwork('Example Inc.') });
    const [line] = lines([sampleConversation(aino, remote)], []);
    expect(line).toBe('name: The address belongs to Example Inc. Nobody here asked for a name. []');
  });

  it('speaks of a server where a name or a cloud tells that it is one', () => {
    const place = samplePlace({ city: 'Turku' });
    const asked = sampleConversation(aino, sampleRemote({ place }), { own: name });
    const cloud = sampleConversation(aino, sampleRemote({ place, cloud: 'Amazon eu-north-1' }));
    const address = sampleConversation(aino, sampleRemote({ place }));
    const abouts = (...some: Conversation[]): string[] => lines(some, []).map((line) => line.split(':')[0] ?? '');
    expect(abouts(asked, cloud)).toContain('server');
    expect(abouts(asked, cloud)).not.toContain('place');
    expect(abouts(asked, address)).toContain('place');
    expect(abouts(asked, address)).not.toContain('server');
  });

  it('gives what is served from many places no place', () => {
    const remote = sampleRemote({ anycast: true });
    expect(lines([sampleConversation(aino, remote)])).toContain(
      'place: Served from many places: the nearest one answers, and nobody here can tell which. []',
    );
  });

  it('keeps a name from turning the sentence around it', () => {
    const nasty = sampleDevice('\u202eevil\u2069 x');
    const remote = sampleRemote({ answers: [answer(nasty, name, NOW)] });
    const told = { now: NOW, sources: [], lookupsTold: true, lookupsComing: false };
    expect(knownOf([sampleConversation(nasty, remote, { own: name })], told, texts)[0]?.text).toBe(
      '\u2068evil x\u2069 asked for the name (now).',
    );
    expect(isolate('a')).toBe('\u2068a\u2069');
  });
});

describe('the names', () => {
  const one = sampleName('one.example');
  const two = sampleName('two.example');
  const shared = sampleRemote({
    answers: [answer(aino, one, 5), answer(onni, one, 9), answer(aino, one, 7), answer(onni, two, 20)],
  });

  it('of an address are all, the latest first, each device once', () => {
    expect(
      namesOf(shared).map(({ name, askers }) => [name.name, askers.map(({ device, time }) => [device.alias, time])]),
    ).toEqual([
      ['two.example', [['Onni', 20]]],
      [
        'one.example',
        [
          ['Onni', 9],
          ['Aino', 7],
        ],
      ],
    ]);
  });

  it('of a destination are those that led to it, and of a flow those that its device asked for', () => {
    const talks = [sampleConversation(aino, shared, { own: one })];
    expect(namesAsked(talks, null).map(({ name, askers }) => [name.name, askers.length])).toEqual([['one.example', 2]]);
    expect(namesAsked(talks, aino).map(({ askers }) => askers.map(({ device }) => device.alias))).toEqual([['Aino']]);
  });
});

it('says how far a destination reaches into the room, also with who is quiet now', () => {
  const remote = sampleRemote({ asked: sampleName('a.example') });
  const router = sampleDevice('router', { id: 9, self: true });
  const talks = [aino, onni, router].map((device) => sampleConversation(device, remote));
  const selection = sampleSelection(talks.slice(0, 1), { devices: [aino, onni, third, router], held: talks });
  const target = { kind: 'group', by: 'company', key: 'a.example' } as const;
  expect(reachOf(selection, target)).toEqual({ devices: 2, all: 3 });
  expect(reachOf({ ...selection, only: aino }, target)).toBe(null);
  expect(reachOf(selection, { kind: 'device', device: 1 })).toBe(null);
});

it('says now instead of "now ago"', () => {
  expect(ago(2000, texts)).toBe('now');
  expect(ago(40_000, texts)).toBe('40 s ago');
});
