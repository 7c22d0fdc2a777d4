// SPDX-License-Identifier: MIT
// In which part of the world a country is, and in which the viewer is, as far as the time zone says so: nobody is asked. Pure.

import { zoneOf } from '../zones';

const COUNTRIES = {
  africa:
    'DZ AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ EG GQ ER ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU YT MA MZ NA NE NG RE RW SH ST SN SC SL SO ZA SS SD SZ TZ TG TN UG EH ZM ZW',
  america:
    'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  asia: 'AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  europe:
    'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  oceania: 'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
} as const;

export type Continent = keyof typeof COUNTRIES;

const CONTINENTS = Object.keys(COUNTRIES) as readonly Continent[];

const table = new Map(
  CONTINENTS.flatMap((continent) => COUNTRIES[continent].split(' ').map((country) => [country, continent] as const)),
);

/** country: ISO 3166-1 alpha-2. */
export function continentOf(country: string): Continent | null {
  return table.get(country) ?? null;
}

/** zone: as Intl.DateTimeFormat().resolvedOptions().timeZone. */
export function continentOfZone(zone: string): Continent | null {
  return continentOf(zoneOf(zone)?.country ?? '');
}
