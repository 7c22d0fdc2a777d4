// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { smaller } from '../../../coarse-map';
import { middles, readAtlas, type Shape } from './atlas';
import { countryOfNumber } from './country-codes';

const find = createRequire(import.meta.url);
const load = (name: string): Shape =>
  JSON.parse(readFileSync(find.resolve(`world-atlas/${name}.json`), 'utf8')) as Shape;
/** As it is sent. */
const coarse = readAtlas(smaller(load('countries-110m')) as Shape, 'coarse');

describe('the atlas', () => {
  it.each(['countries-110m', 'countries-50m'])('names all countries of %s that have digits', (name) => {
    const digits = load(name).objects.countries.geometries.flatMap((one) =>
      one.id === undefined ? [] : [String(one.id)],
    );
    expect(digits.length).toBeGreaterThan(170);
    expect(digits.filter((id) => countryOfNumber(id) === null)).toEqual([]);
  });

  it('knows them by the letters of the feed', () => {
    const codes = new Set(coarse.countries.map((country) => country.code));
    for (const code of ['FI', 'US', 'GB', 'FR', 'NO', 'XK', 'TW', 'ZA']) expect(codes).toContain(code);
    expect(codes).not.toContain('AQ');
  });

  it('has borders between countries', () => {
    expect(coarse.borders.type).toBe('MultiLineString');
    expect(coarse.borders.coordinates.length).toBeGreaterThan(100);
  });
});

it('has as sent what is in the file, within a few kilometres', () => {
  const all = readAtlas(load('countries-110m'), 'coarse');
  expect(coarse.countries.map(({ code }) => code)).toEqual(all.countries.map(({ code }) => code));
  const due = middles(all);
  for (const [code, [x, y]] of middles(coarse)) {
    const [longitude, latitude] = due.get(code) ?? [NaN, NaN];
    expect(Math.abs(x - longitude), code).toBeLessThan(0.1);
    expect(Math.abs(y - latitude), code).toBeLessThan(0.1);
  }
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
