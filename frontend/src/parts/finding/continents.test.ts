// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { continentOf, continentOfZone } from './continents';

it.each([
  ['FI', 'europe'],
  ['AE', 'asia'],
  ['US', 'america'],
  ['PE', 'america'],
  ['ZA', 'africa'],
  ['NZ', 'oceania'],
  ['ZZ', null],
  ['', null],
])('%s is in %s', (country, continent) => expect(continentOf(country)).toBe(continent));

it('each country of the browser’s own list of regions is somewhere, but for those where nobody lives', () => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => names.of(code) !== undefined);
  const missing = codes.filter((code) => continentOf(code) === null);
  // territories without people, and codes that are no countries
  const empty =
    'AC AN AQ BU BV CP CQ CS CT DD DG DY EA EU EZ FQ FX HM HV IC JT MI NH NQ NT PC PU PZ QO QU RH SU TA TF TP UK UN VD WK XA XB YD YU ZR ZZ GS NM PM'.split(
      ' ',
    );
  expect(missing.filter((code) => !empty.includes(code))).toEqual([]);
});

it.each([
  ['Europe/Helsinki', 'europe'],
  ['America/Argentina/Ushuaia', 'america'],
  ['Atlantic/Reykjavik', 'europe'],
  ['Asia/Novosibirsk', 'europe'],
  ['Europe/Istanbul', 'asia'],
  ['Pacific/Honolulu', 'america'],
  ['UTC', null],
  ['toString', null],
])('the zone %s is in %s', (zone, continent) => expect(continentOfZone(zone)).toBe(continent));
