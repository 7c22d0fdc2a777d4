// SPDX-License-Identifier: MIT
// Each rule is caused, and in the neighbouring case it is silent; whatever comes, what is said can be said.

import { beforeAll, describe, expect, it } from 'vitest';
import { mixedDice } from '../../feed/dice';
import { LANGUAGES, loadWords, translator, type Language } from '../../i18n';
import '../../i18n/later-findings';
import { formatter } from '../../i18n/format';
import { CATEGORIES } from '../../store/category';
import type { Conversation, Device, Lookup } from '../../store/rows';
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
  sampleSite,
  sampleSource,
} from '../../store/sample';
import type { Selection } from '../../store/selection';
import { lettersOf } from '../characters';
import { SAMPLES, type Past } from '../rate-history';
import type { Memory } from './facts';
import { LONGEST, RULES, targetOf, type Finding, type RuleName, type Words } from './finding';
import { findingsOf } from './rules';

const NOW = 1_000_000;
const site = sampleSite({ session: 1000 });
const sources = [sampleSource('dns', 'ok')];

const wordsIn = (language: Language): Words => {
  const t = translator(language);
  return { t, format: formatter(language, t) };
};
beforeAll(() => Promise.all(LANGUAGES.map(loadWords)));

const past = (up: readonly number[] = [], down: readonly number[] = []): Past => ({
  up: Float32Array.from({ length: SAMPLES }, (_, i) => up[i] ?? NaN),
  down: Float32Array.from({ length: SAMPLES }, (_, i) => down[i] ?? NaN),
});
const flat = (rate: number, last = rate): number[] =>
  Array.from({ length: SAMPLES }, (_, i) => (i < SAMPLES - 5 ? rate : last));
const NOTHING = past();
const remembers = (of: Past = NOTHING, home: Memory['home'] = 'europe'): Memory => ({ past: () => of, home });

const person = (alias: string, rest: Partial<Device> = {}): Device =>
  sampleDevice(alias, { seen: 2000, total: 40, active: NOW, ...rest });
const video = sampleName('www.wide.example', {
  domain: 'wide.example',
  company: sampleCompany('Wide Video'),
  category: 'video',
});
const advert = sampleName('px.ads.example', {
  domain: 'ads.example',
  company: sampleCompany('Ad Firm'),
  category: 'advertising',
});
const shop = sampleName('www.shop.example', { company: sampleCompany('Shop'), category: 'shopping' });
const at = (country: string) => sampleRemote({ place: samplePlace({ country }) });
const there = sampleRemote();

const talk = (device: Device, name: typeof video | null, rest: Partial<Conversation> = {}, remote = there) =>
  sampleConversation(device, remote, { own: name, seen: 2000, active: NOW, ...rest });
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const show = (talks: readonly Conversation[], rest: Partial<Selection> = {}): Selection =>
  sampleSelection(talks, { now: NOW, site, sources, ...rest });

interface Case {
  readonly shown: Selection;
  readonly memory?: Memory;
}

const [ann, bob, eve, tim] = [person('Ann'), person('Bob'), person('Eve'), person('Tim')];
const lamp = person('Lamp 2', { thing: 'lamp', thingSure: true });
const four = [ann, bob, eve, tim];
const asked = (count: number, rest: Partial<Lookup> = {}): Lookup =>
  sampleLookup(ann, advert, { count, asked: NOW - 1000, result: 'blocked', ...rest });
const company = (i: number) => sampleName(`c${i}.example`, { company: sampleCompany(`Company ${i}`) });
const fast = { downRate: 1e6, upRate: 1e4 };
const quick = person('Quick', fast);
const sender = person('Sender', { upRate: 50_000, downRate: 500 });

/** Of each rule: when it has something to say, and neighbouring cases in which it has not. */
const CASES: Readonly<Record<RuleName, readonly [so: Case, ...not: Case[]]>> = {
  far: [
    { shown: show([talk(lamp, video, {}, at('AE'))]), memory: remembers() },
    { shown: show([talk(ann, video, {}, at('AE'))]), memory: remembers() },
    { shown: show([talk(lamp, video, {}, at('SE'))]), memory: remembers() },
    { shown: show([talk(lamp, video, {}, at('AE'))]), memory: remembers(NOTHING, null) },
    { shown: show([talk(lamp, video, {}, at('AE')), talk(ann, video, {}, at('AE'))]), memory: remembers() },
    { shown: show([talk(lamp, video, {}, { ...at('AE'), anycast: true })]), memory: remembers() },
  ],
  ads: [
    { shown: show([...times(12, () => talk(ann, video)), ...times(8, () => talk(ann, advert))]) },
    { shown: show([...times(12, () => talk(ann, video)), ...times(7, () => talk(ann, advert))]) },
    { shown: show([...times(20, () => talk(ann, video)), ...times(6, () => talk(ann, advert))]) },
    {
      shown: show([
        ...times(12, () => talk(ann, video)),
        ...times(8, () => talk(ann, advert, { active: NOW - 70_000 })),
      ]),
    },
  ],
  blocked: [
    { shown: show([], { lookups: [asked(45), sampleLookup(bob, video, { count: 34 })] }) },
    { shown: show([], { lookups: [asked(45), sampleLookup(bob, video, { count: 46 })] }) },
    { shown: show([], { lookups: [asked(19)] }) },
    { shown: show([], { lookups: [asked(45, { result: 'answered' })] }) },
    { shown: show([], { lookups: [asked(45, { asked: NOW - 70_000 })] }) },
    { shown: show([]) },
  ],
  common: [
    { shown: show([...[ann, bob, eve].map((one) => talk(one, advert)), talk(tim, video)]) },
    { shown: show([...[ann, bob].map((one) => talk(one, advert)), talk(tim, video), talk(eve, video)]) },
    { shown: show([ann, bob, eve].map((one) => talk(one, advert))) },
    { shown: show([...[ann, bob, eve].map((one) => talk(one, video)), talk(tim, advert)]) },
  ],
  sends: [
    { shown: show([talk(sender, video)]), memory: remembers(past(flat(50_000), flat(500))) },
    { shown: show([talk(sender, video)]), memory: remembers(past(flat(50_000), flat(11_000))) },
    { shown: show([talk(sender, video)]), memory: remembers(past(flat(500), flat(5))) },
    {
      shown: show([talk(sender, video)]),
      memory: remembers(
        past(
          times(5, () => 500_000),
          times(5, () => 1),
        ),
      ),
    },
    { shown: show([talk(ann, video)]), memory: remembers(past(flat(50_000), flat(500))) },
  ],
  contact: [
    { shown: show([talk(ann, video, { seen: NOW - 5000 })]) },
    { shown: show([talk(ann, video, { seen: NOW - 25_000 })]) },
    { shown: show([talk(ann, video, { seen: NOW - 5000 }), talk(bob, video)]) },
    { shown: show([talk(ann, null, { seen: NOW - 5000 })]) },
    { shown: show([talk(ann, video, { seen: NOW - 5000 })], { site: sampleSite({ session: NOW - 30_000 }) }) },
  ],
  country: [
    { shown: show([talk(ann, null, { seen: NOW - 5000 }, at('PE'))]) },
    { shown: show([talk(ann, null, { seen: NOW - 25_000 }, at('PE'))]) },
    { shown: show([talk(ann, null, { seen: NOW - 5000 }, at('PE')), talk(bob, null, {}, at('PE'))]) },
    { shown: show([talk(ann, null, { seen: NOW - 5000 }, sampleRemote())]) },
  ],
  newcomer: [
    { shown: show([talk(person('New', { seen: NOW - 5000 }), video)]) },
    { shown: show([talk(person('New', { seen: NOW - 25_000 }), video)]) },
    {
      shown: show([talk(person('New', { seen: NOW - 5000 }), video)], { site: sampleSite({ session: NOW - 30_000 }) }),
    },
  ],
  busier: [
    { shown: show([talk(quick, video, fast)]), memory: remembers(past(flat(10, 1e4), flat(1000, 1e6))) },
    { shown: show([talk(quick, video, fast)]), memory: remembers(past(flat(1e4), flat(1e6))) },
    { shown: show([talk(quick, video, fast)]) },
    { shown: show([talk(ann, video)]), memory: remembers(past(flat(10, 1e4), flat(1000, 1e6))) },
    {
      shown: show([talk(quick, video, fast)]),
      memory: remembers(past([...flat(10).slice(0, -1), 1e4], [...flat(1000).slice(0, -1), 1e6])),
    },
  ],
  quieter: [
    { shown: show([talk(ann, video)]), memory: remembers(past(flat(1e4, 0), flat(1e6, 0))) },
    { shown: show([talk(ann, video)]), memory: remembers(past(flat(1e3, 0), flat(1e4, 0))) },
    { shown: show([talk(ann, video)]), memory: remembers(past(flat(1e4), flat(1e6))) },
    { shown: show([talk(ann, video)]), memory: remembers(past(flat(1e4, NaN), flat(1e6, NaN))) },
    { shown: show([talk(ann, video)]) },
    { shown: show([talk(quick, video, fast)]), memory: remembers(past(flat(1e4, 0), flat(1e6, 0))) },
  ],
  many: [
    { shown: show([...times(16, (i) => talk(ann, company(i))), ...times(8, (i) => talk(bob, company(i)))]) },
    { shown: show([...times(16, (i) => talk(ann, company(i))), ...times(9, (i) => talk(bob, company(i)))]) },
    { shown: show(times(14, (i) => talk(ann, company(i)))) },
    { shown: show(times(16, (i) => talk(ann, sampleName(`${i}.example`)))) },
  ],
  one: [
    { shown: show([talk(ann, video, fast), ...times(3, (i) => talk(bob, company(i)))]) },
    { shown: show([talk(ann, video, fast), ...times(2, (i) => talk(bob, company(i)))]) },
    { shown: show([talk(ann, video, fast), ...times(3, (i) => talk(bob, company(i), fast))]) },
    { shown: show([talk(ann, video, { downRate: 1e5 }), ...times(3, (i) => talk(bob, company(i)))]) },
  ],
  streams: [
    { shown: show([ann, bob].map((one) => talk(one, video, { behaviour: 'stream' }))) },
    { shown: show([talk(ann, video, { behaviour: 'stream' }), talk(bob, video, { behaviour: 'download' })]) },
    { shown: show([ann, bob].map((one) => talk(one, video, { behaviour: 'stream', gone: NOW - 1000 }))) },
    { shown: show([ann, bob].map((one) => talk(one, shop, { behaviour: 'stream' }))) },
  ],
  nameless: [
    { shown: show([talk(person('Few', { unseen: 12 }), null)]) },
    { shown: show([talk(person('Few', { unseen: 9 }), null)]) },
    { shown: show([talk(person('Few', { unseen: 12 }), video)]) },
    { shown: show([talk(person('Few', { unseen: 12, total: 15 }), null)]) },
    { shown: show([talk(person('Few', { unseen: 12 }), null)], { sources: [sampleSource('dns', 'missing')] }) },
  ],
  shared: [
    { shown: show([...[ann, bob].map((one) => talk(one, video, fast)), talk(eve, null), talk(tim, null)]) },
    { shown: show([talk(ann, video, fast), talk(bob, null), talk(eve, null), talk(tim, null)]) },
    { shown: show([ann, bob].map((one) => talk(one, video, fast))) },
    { shown: show(four.map((one) => talk(one, video, { downRate: 100 }))) },
    { shown: show(four.map((one) => talk(one, video, { ...fast, active: NOW - 70_000 }))) },
  ],
};

const found = ({ shown, memory = remembers() }: Case, rule: RuleName): Finding[] =>
  findingsOf(shown, memory).filter((one) => one.rule === rule);

describe.each(RULES)('the rule %s', (rule) => {
  const [so, ...not] = CASES[rule];

  it('speaks when it has something to say, in every language', () => {
    const [finding] = found(so, rule);
    expect(finding).toBeDefined();
    for (const language of LANGUAGES) {
      const text = finding?.say(wordsIn(language)) ?? '';
      expect(text).toMatch(/^.{10,}\.$/);
      expect(text).not.toMatch(/[{}]|undefined|NaN|Infinity/);
      expect(text.length).toBeLessThanOrEqual(LONGEST);
    }
  });

  it.each(not.map((one, i) => [i + 1, one] as const))('is silent in neighbouring case %i', (_, one) => {
    expect(found(one, rule)).toEqual([]);
  });

  it('is silent where a filter leaves but a part', () => {
    expect(found({ ...so, shown: { ...so.shown, narrowed: true } }, rule)).toEqual([]);
  });
});

it('of who is the viewer it says so', () => {
  const [, second] = [CASES.ads[0], { ...CASES.ads[0].shown, me: ann }];
  const say = (language: Language): string | undefined =>
    findingsOf(second, remembers())
      .find(({ rule }) => rule === 'ads')
      ?.say(wordsIn(language));
  expect(say('en')).toBe('Your device (\u2068Ann\u2069): 4 in 10 of its conversations are for ads and tracking.');
  expect(say('fi')).toBe(
    'Sinun laitteesi (\u2068Ann\u2069): keskusteluista 4 kymmenestä liittyy mainontaan ja seurantaan.',
  );
});

it('says no more than is known: an address is owned by somebody', () => {
  const { company: owner } = video;
  const owned = sampleRemote({ company: owner, network: sampleNetwork('Wide Net') });
  const shown = show([talk(ann, null, { seen: NOW - 5000 }, owned)]);
  expect(found({ shown }, 'contact')[0]?.say(wordsIn('en'))).toBe(
    '\u2068Ann\u2069 is the first here to talk with an address owned by \u2068Wide Video\u2069.',
  );
});

it('takes a company for more than the owner of an address where it is another one, though the viewer sees no names', () => {
  const cloud = sampleRemote({ company: sampleCompany('Cloud'), network: sampleNetwork('Cloud Net') });
  const unseen = talk(ann, video, { seen: NOW - 5000, asked: null }, cloud);
  expect(found({ shown: show([unseen]) }, 'contact')[0]?.say(wordsIn('en'))).toMatch(/ with \u2068Wide Video\u2069\.$/);
});

it('shows what it speaks of', () => {
  const link = found(CASES.contact[0], 'contact')[0];
  expect(link && targetOf(link.receipts)).toEqual({ kind: 'link', device: ann.id, by: 'company', key: 'Wide Video' });
  const group = found(CASES.common[0], 'common')[0];
  expect(group && targetOf(group.receipts)).toEqual({ kind: 'group', by: 'company', key: 'Ad Firm' });
  const device = found(CASES.many[0], 'many')[0];
  expect(device && targetOf(device.receipts)).toEqual({ kind: 'device', device: ann.id });
  const none = found(CASES.quieter[0], 'quieter')[0];
  expect(none && targetOf(none.receipts)).toBeNull();
});

it('where one device is shown, it speaks of no others', () => {
  const shown = { ...CASES.common[0].shown, only: ann };
  expect(findingsOf(shown, remembers()).filter(({ rule }) => rule === 'common')).toEqual([]);
});

it('of one device it speaks, though others do the same and more of it', () => {
  const many = ['A', 'B', 'C', 'D'].map((alias) => person(alias));
  const talks = [ann, ...many].flatMap((one) => [
    ...times(one === ann ? 12 : 4, () => talk(one, video)),
    ...times(8, () => talk(one, advert)),
  ]);
  const rules = findingsOf(show(talks), remembers(), ann);
  expect(rules.map(({ rule }) => rule)).toContain('ads');
  expect(rules.every(({ receipts }) => receipts.devices[0] === ann)).toBe(true);
});

it('counts a machine that routes for nobody as what it is: the one device', () => {
  const self = person('This machine', { self: true });
  const before = remembers(past(flat(1e4, 0), flat(1e6, 0)));
  const shown = show([talk(self, video)], { devices: [self] });
  expect(found({ shown, memory: before }, 'quieter')).toEqual([]);
  expect(
    found({ shown: { ...shown, site: { ...site, mode: 'machine' } as typeof site }, memory: before }, 'quieter'),
  ).toHaveLength(1);
});

/** Anything that a feed may bring. */
function anything(seed: number): Case {
  const dice = mixedDice(seed);
  const below = (n: number): number => Math.floor(dice() * n);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const hostile = (): string =>
    one(['', 'x'.repeat(300), '\u202e{device} | $1', '<b>', 'a', '\u0000', 'שלום', '🏳️‍🌈'.repeat(40)]);
  const moment = (): number => one([0, NOW - below(200_000), NOW, NOW + 5000, -5]);
  const amount = (): number => one([0, 1, below(1e9), 1e15]);
  const devices = times(1 + below(8), (i) =>
    sampleDevice(`${hostile()}${i}`, {
      hostName: `HOSTNAME-${i}`,
      mac: `MACADDRESS-${i}`,
      gone: dice() < 0.2 ? NOW - 100 : null,
      self: dice() < 0.1,
      thing: one([null, 'lamp', 'television']),
      seen: moment(),
      total: amount(),
      unseen: amount(),
      upRate: amount(),
      downRate: amount(),
    }),
  );
  const names = times(6, () =>
    sampleName(`${hostile()}.example`, {
      company: dice() < 0.6 ? sampleCompany(hostile()) : null,
      category: dice() < 0.5 ? one(['advertising', ...CATEGORIES]) : null,
    }),
  );
  const talks = times(below(120), () =>
    sampleConversation(
      one(devices),
      sampleRemote({
        place: one([null, samplePlace({ country: one(['FI', 'AE', 'US', 'ZZ', null]) })]),
        special: dice() < 0.1 ? 'private' : null,
        company: dice() < 0.3 ? sampleCompany(hostile()) : null,
      }),
      {
        own: dice() < 0.7 ? one(names) : null,
        behaviour: one([null, 'stream', 'call']),
        active: moment(),
        seen: moment(),
        gone: dice() < 0.2 ? NOW - 100 : null,
        upRate: amount(),
        downRate: amount(),
        port: one([null, 123, 443]),
      },
    ),
  );
  const lookups = times(below(40), () =>
    sampleLookup(one(devices), one(names), {
      count: amount(),
      asked: moment(),
      result: one([null, 'blocked', 'answered']),
    }),
  );
  const samples = times(below(SAMPLES + 1), amount);
  return {
    shown: show(talks, { devices, lookups, me: one([null, ...devices]), only: one([null, null, ...devices]) }),
    memory: remembers(past(samples, times(below(SAMPLES + 1), amount)), one([null, 'europe', 'asia'])),
  };
}

it(
  'whatever there is, what is said can be said: of who is here, by the name that all see, and not too long',
  { timeout: 120_000 },
  () => {
    const spoke = new Set<RuleName>();
    for (let seed = 1; seed <= 150; seed += 1) {
      const { shown, memory = remembers() } = anything(seed);
      for (const { rule, receipts, strength, say } of findingsOf(shown, memory)) {
        spoke.add(rule);
        expect(strength >= 0 && strength <= 1, `${seed} ${rule} ${strength}`).toBe(true);
        for (const { gone, self } of receipts.devices) expect([gone, self], `${seed} ${rule}`).toEqual([null, false]);
        for (const language of LANGUAGES) {
          const text = say(wordsIn(language));
          expect(lettersOf(text).length, `${seed} ${rule} ${text}`).toBeLessThanOrEqual(LONGEST);
          expect(text, `${seed} ${rule}`).not.toMatch(/HOSTNAME|MACADDRESS|undefined|NaN|Infinity|\u202e|\u0000/);
        }
      }
    }
    expect(spoke.size).toBeGreaterThanOrEqual(10);
  },
);
