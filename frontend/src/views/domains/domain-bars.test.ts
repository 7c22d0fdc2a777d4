// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { translator } from '../../i18n';
import { formatter } from '../../i18n/format';
import type { Lookup } from '../../store/rows';
import {
  sampleCompany,
  sampleDevice,
  sampleLookup,
  sampleName,
  sampleSelection,
  sampleSource,
} from '../../store/sample';
import { askedNames, buildBars, FIRST, MOST } from './domain-bars';
import { barLines } from './bars-picture';
import { readSettings, writeSettings, type DomainSettings } from './domain-settings';
import { readsLookups, silentDevices } from '../../parts/name-checks';

const SHORT: DomainSettings = { bars: 'times', naming: 'short', results: 'all', all: false };
const devices = ['Aino', 'Onni', 'Eila'].map((alias) => sampleDevice(alias));
const [aino, onni, eila] = devices as [(typeof devices)[0], (typeof devices)[0], (typeof devices)[0]];
const meta = sampleCompany('Meta', 'social');
const facebook = { domain: 'facebook.com', company: meta, domainCategory: 'social' } as const;
const www = sampleName('www.facebook.com', { ...facebook, category: 'social' });
const pixel = sampleName('pixel.facebook.com', { ...facebook, category: 'advertising' });
const insta = sampleName('i.instagram.com', { domain: 'instagram.com', company: meta, category: 'social' });
const own = sampleName('example.org');
const lookups: readonly Lookup[] = [
  sampleLookup(aino, www, { asked: 90_000, seen: 1000, count: 4 }),
  sampleLookup(onni, pixel, { asked: 95_000, seen: 2000, result: 'blocked' }),
  sampleLookup(eila, insta, { asked: 99_000, seen: 3000 }),
  sampleLookup(aino, own, { asked: 10_000, seen: 500, result: 'nxdomain' }),
];
const keys = (list: readonly Lookup[], settings: Partial<DomainSettings> = {}, now = 100_000): string[] =>
  buildBars(list, { ...SHORT, ...settings }, now).shown.map((bar) => bar.key);

describe('buildBars', () => {
  it('puts what was asked for most often first, then what was asked for lately', () => {
    expect(keys(lookups)).toEqual(['facebook.com', 'instagram.com', 'example.org']);
    const often = lookups.map((one) => (one.name === own ? { ...one, count: 6 } : one));
    expect(keys(often)).toEqual(['example.org', 'facebook.com', 'instagram.com']);
  });

  it('puts what more devices asked for first, where bars are devices', () => {
    const often = lookups.map((one) => (one.name === own ? { ...one, count: 6 } : one));
    expect(keys(often, { bars: 'devices' })).toEqual(['facebook.com', 'instagram.com', 'example.org']);
  });

  it('groups by whole name, domain or company', () => {
    expect(keys(lookups, { naming: 'full' })).toHaveLength(4);
    expect(keys(lookups, { naming: 'company' })).toEqual(['Meta', 'example.org']);
  });

  it('adds up: devices, times, when, how they ended, what for', () => {
    const [bar] = buildBars(lookups, SHORT, 100_000).shown;
    expect(bar).toMatchObject({
      count: 5,
      asked: 95_000,
      seen: 1000,
      blocked: 1,
      failed: 0,
      lookups: 2,
      tracking: 'some',
      company: meta,
    });
    expect(bar?.devices).toEqual(new Set([aino.id, onni.id]));
    expect(buildBars([lookups[1] as Lookup], SHORT, 0).shown[0]?.tracking).toBe('all');
    expect(buildBars([lookups[2] as Lookup], SHORT, 0).shown[0]?.tracking).toBe('none');
  });

  it('is not for what one of its names is for, however often that is asked for', () => {
    const often = lookups.map((one) => (one.name === pixel ? { ...one, count: 99 } : one));
    for (const list of [often, [...often].reverse()]) {
      expect(buildBars(list, SHORT, 100_000).shown).toContainEqual(
        expect.objectContaining({ key: 'facebook.com', category: 'social', tracking: 'some' }),
      );
      expect(buildBars(list, { ...SHORT, naming: 'company' }, 100_000).shown).toContainEqual(
        expect.objectContaining({ key: 'Meta', category: 'social', tracking: 'some' }),
      );
    }
    // nobody knows what the domain is for, only that one of its names is for ads
    const ads = sampleName('ads.site.example', { domain: 'site.example', category: 'advertising' });
    const rest = sampleName('site.example');
    const both = [ads, rest].map((name, i) => sampleLookup(aino, name, { count: 9 - i }));
    expect(buildBars(both, SHORT, 0).shown).toMatchObject([{ key: 'site.example', category: null, tracking: 'some' }]);
  });

  it('says what the domain is for, whichever part of it was asked for', () => {
    const parts = [
      sampleName('areena.yle.fi', { domain: 'yle.fi', category: 'video', domainCategory: 'news' }),
      sampleName('yle.fi', { category: 'news', domainCategory: 'news' }),
    ].map((name, i) => sampleLookup(aino, name, { count: 9 - i }));
    expect(buildBars(parts, SHORT, 0).shown).toMatchObject([{ key: 'yle.fi', category: 'news' }]);
    const full = buildBars(parts, { ...SHORT, naming: 'full' }, 0).shown;
    expect(Object.fromEntries(full.map(({ key, category }) => [key, category]))).toEqual({
      'areena.yle.fi': 'video',
      'yle.fi': 'news',
    });
  });

  it('leaves only what was blocked, or failed', () => {
    expect(keys(lookups, { results: 'blocked', naming: 'full' })).toEqual(['pixel.facebook.com']);
    expect(keys(lookups, { results: 'failed' })).toEqual(['example.org']);
    expect(buildBars(lookups, { ...SHORT, results: 'failed' }, 0).shown[0]).toMatchObject({ failed: 1, unknown: 1 });
    expect(buildBars([{ ...lookups[3], result: 'failed' } as Lookup], SHORT, 0).shown[0]).toMatchObject({
      failed: 1,
      unknown: 0,
    });
  });

  it('keeps places while the same is asked for again, and moves what has not been for long', () => {
    const again = lookups.map((one) => (one.name === www ? { ...one, asked: 99_900 } : one));
    expect(keys(again)).toEqual(keys(lookups));
    expect(keys([{ ...lookups[2], asked: 1000 } as Lookup, { ...lookups[3], asked: 99_000 } as Lookup])).toEqual([
      'example.org',
      'instagram.com',
    ]);
  });

  it('never drops anything in silence: what is not shown is the other', () => {
    const many = Array.from({ length: 600 }, (_, i) =>
      sampleLookup(i % 2 === 0 ? aino : onni, sampleName(`n${i}.example`), { count: 2 }),
    );
    const some = buildBars(many, SHORT, 0);
    expect(some.shown).toHaveLength(FIRST);
    expect(some.other).toEqual({ bars: 600 - FIRST, devices: 2, count: 2 * (600 - FIRST) });
    const all = buildBars(many, { ...SHORT, all: true }, 0);
    expect([all.shown.length, all.other?.bars, all.total]).toEqual([MOST, 600 - MOST, 600]);
    expect(buildBars(lookups, SHORT, 0).other).toBeNull();
  });
});

it('says who asked for which whole name, the latest first', () => {
  const names = askedNames([...lookups, sampleLookup(eila, www, { asked: 99_999 })], 'facebook.com', 'short', 'all');
  expect(names.map(({ name, lookups: by }) => [name.name, by.map(({ device }) => device.alias)])).toEqual([
    ['www.facebook.com', ['Eila', 'Aino']],
    ['pixel.facebook.com', ['Onni']],
  ]);
  expect(askedNames(lookups, 'Meta', 'company', 'blocked').map(({ name }) => name)).toEqual([pixel]);
});

it('names busy devices that nobody heard asking', () => {
  const silent = sampleDevice('Noah', { total: 9 });
  const selection = sampleSelection([], {
    devices: [silent, sampleDevice('Ilse', { total: 2 }), sampleDevice('Ravi', { total: 9, lookedUp: 5 })],
  });
  expect(silentDevices(selection)).toEqual([silent]);
  expect(silentDevices({ ...selection, only: aino })).toEqual([]);
  expect(readsLookups({ sources: [sampleSource('dns', 'missing')] })).toBe(false);
  expect(readsLookups({ sources: [sampleSource('dns', 'ok')] })).toBe(true);
});

it('says in the picture what the page says, in words too where a colour says it', () => {
  const t = translator('en');
  const selection = sampleSelection([], { now: 100_000 });
  const words = { t, theme: 'dark', format: formatter('en', t), selection } as const;
  const { shown } = buildBars(lookups, SHORT, 100_000);
  const everyone = barLines(shown, { ...words, by: 'devices', longest: 2 });
  expect(everyone[0]).toMatchObject({
    name: 'facebook.com',
    remark: 'Meta · some of it ads and tracking',
    tracks: true,
    part: 1,
    much: '2 devices',
  });
  expect(everyone[2]).toMatchObject({ name: 'example.org', remark: '', tracks: false, part: 0.5, much: 'one device' });
  expect(barLines(shown, { ...words, by: 'times', longest: 5 })[0]).toMatchObject({ part: 1, much: '5 times' });
});

it('keeps its settings in the URL', () => {
  const settings: DomainSettings = { bars: 'devices', naming: 'company', results: 'failed', all: true };
  const written = writeSettings(settings);
  expect(readSettings(written as Record<string, string>)).toEqual(settings);
  expect(Object.values(writeSettings(SHORT))).toEqual([null, null, null, null]);
  // an address of before there was a choice
  expect(readSettings({ names: 'company' })).toEqual({ ...SHORT, naming: 'company' });
  expect(readSettings({ bars: 'people', names: 'nonsense', result: '<b>' })).toEqual(SHORT);
});
