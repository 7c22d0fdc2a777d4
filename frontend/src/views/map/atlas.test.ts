// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { coarseMap, fineMap, lettersOf, type Atlas as File } from '../../../world-maps';
import { middles, readAtlas, type Shape } from './atlas';

const find = createRequire(import.meta.url);
const load = (name: string): File => JSON.parse(readFileSync(find.resolve(`world-atlas/${name}.json`), 'utf8')) as File;
/** As they are sent. */
const coarse = readAtlas(coarseMap(load('countries-110m')) as Shape, 'coarse');
const fine = readAtlas(fineMap(load('countries-50m')) as Shape, 'fine');

describe('the atlas', () => {
  it.each(['countries-110m', 'countries-50m'])('names all countries of %s that have digits', (name) => {
    const digits = load(name).objects.countries.geometries.filter((one) => one.id !== undefined);
    expect(digits.length).toBeGreaterThan(170);
    expect(digits.filter((one) => lettersOf(one) === null)).toEqual([]);
  });

  it.each([coarse, fine])('knows them by the letters of the feed: $detail', ({ countries }) => {
    const codes = new Set(countries.map((country) => country.code));
    for (const code of ['FI', 'US', 'GB', 'FR', 'NO', 'XK', 'TW', 'ZA']) expect(codes).toContain(code);
    expect(codes).not.toContain('AQ');
  });

  it('has borders between countries', () => {
    expect(coarse.borders.type).toBe('MultiLineString');
    expect(coarse.borders.coordinates.length).toBeGreaterThan(100);
  });

  it.each([
    ['countries-110m', coarse, 0.1],
    ['countries-50m', fine, 0],
  ])('has as sent what is in %s, all but Antarctica', (name, sent, most) => {
    const file = load(name);
    const kept = file.objects.countries.geometries.filter((one) => one.id !== '010');
    expect(sent.countries.map(({ code }) => code)).toEqual(kept.map(lettersOf));
    const geometries = kept.map((one) => ({ ...one, id: lettersOf(one) ?? undefined }));
    const objects = { countries: { ...file.objects.countries, geometries } };
    const due = middles(readAtlas({ ...file, objects } as unknown as Shape, sent.detail));
    for (const [code, [x, y]] of middles(sent)) {
      const [longitude, latitude] = due.get(code) ?? [NaN, NaN];
      expect(Math.abs(x - longitude), code).toBeLessThanOrEqual(most);
      expect(Math.abs(y - latitude), code).toBeLessThanOrEqual(most);
    }
  });
});

describe('the middle of a country', () => {
  const found = middles(coarse);
  it.each([
    ['FR', 2.5, 46.6],
    ['FI', 26, 64.5],
    ['US', -99, 39.5],
    ['NO', 14, 64],
    ['NZ', 171, -43],
  ])('is on its mainland: %s', (code, longitude, latitude) => {
    const [x, y] = found.get(code) ?? [NaN, NaN];
    expect(Math.abs(x - longitude)).toBeLessThan(5);
    expect(Math.abs(y - latitude)).toBeLessThan(4);
  });
});
