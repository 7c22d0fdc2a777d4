// SPDX-License-Identifier: MIT
// Finnish: the domains. `one | {n} many`: see Translate.

export const domains = {
  'domains.bars': 'Palkit',
  'domains.names': 'Muoto',
  'domains.names.short': 'Lyhyet',
  'domains.names.full': 'Kokonaiset',
  'domains.names.company': 'Yrityksittäin',
  'domains.result': 'Kyselyt',
  'domains.result.all': 'Kaikki',
  'domains.result.blocked': 'Estetyt',
  'domains.result.failed': 'Epäonnistuneet',
  'domains.caption': 'Mitä nimiä kysyttiin',
  'domains.column.short': 'Verkkotunnus',
  'domains.column.full': 'Koko nimi',
  'domains.column.company': 'Yritys tai verkkotunnus',
  'domains.column.devices': 'Kysyneet laitteet',
  'domains.column.last': 'Viimeksi',
  'domains.column.times': 'Kyselyjä',
  'domains.tally.all': 'yksi kaikkiaan | kaikki {n} näkyvät',
  'domains.tally.some': '{shown} ensimmäistä, yhteensä {n}',
  'domains.other.short':
    'Yksi muu verkkotunnus: {devices}, kysytty {times} kertaa | {n} muuta verkkotunnusta: {devices}, kysytty {times} kertaa',
  'domains.other.full':
    'Yksi muu nimi: {devices}, kysytty {times} kertaa | {n} muuta nimeä: {devices}, kysytty {times} kertaa',
  'domains.other.company':
    'Yksi muu yritys tai verkkotunnus: {devices}, kysytty {times} kertaa | {n} muuta yritystä ja verkkotunnusta: {devices}, kysytty {times} kertaa',
  'domains.more': 'Näytä {shown}',
  'domains.fewer': 'Näytä vain {shown} ensimmäistä',
  'domains.blockedSome': 'osa estetty',
  'domains.failedSome': 'osa epäonnistui',
  'domains.times': 'kerran | {n} kertaa',
  'domains.reach':
    'Sitä kysyi yksi laite täällä olevista {all} laitteesta. | Sitä kysyi {n} täällä olevista {all} laitteesta.',
  'domains.traffic': 'Sen liikenne nyt',
  'domains.how':
    'Reitittimen nimipalvelin kuuli nämä kysymykset. Nimen kysyminen ei vielä tarkoita, että sen kanssa puhutaan.',
  'domains.silent':
    'Yhden toimeliaan laitteen ei kuultu kysyvän yhtään nimeä: sen verkkotunnukset puuttuvat tästä. | {n} toimeliaan laitteen ei kuultu kysyvän yhtään nimeä: niiden verkkotunnukset puuttuvat tästä.',
  'domains.lost': 'Yksi nimipalvelimen rivi katosi. | {n} nimipalvelimen riviä katosi.',
  'domains.forgotten':
    'Yksi vanhempi kysely ei mahtunut ja unohdettiin. | {n} vanhempaa kyselyä ei mahtunut ja unohdettiin.',
  'domains.blind': 'Kyselyitä ei lueta täällä',
  'domains.blindText':
    'Verkkotunnukset tulevat näkyviin, kun connvis saa lukea, mitä reitittimen nimipalvelimelta kysytään. README kertoo, miten se sallitaan.',
  'domains.kept': 'Kysytyt nimet eivät näy täällä kaikille',
  'domains.keptText':
    'Ne voivat kertoa ihmisestä paljon. Muut näkymät näyttävät, minkä yritysten kanssa laitteet puhuvat.',
  'domains.kept.own': 'Mitä oma laitteeni on kysynyt',
  'domains.none': 'Ei vielä kyselyitä',
  'domains.noneText': 'Heti kun jokin laite kysyy nimeä, se näkyy tässä: avaa jokin sivu.',
  'domains.filtered': 'Ei tällaisia kyselyitä',
  'domains.filteredText': 'Mikään tiedossa olevista kyselyistä ei vastaa hakua.',
  'domains.none.blocked': 'Mitään ei estetty',
  'domains.none.failed': 'Mikään ei epäonnistunut',
  'domains.none.resultText': 'Yksikään näkyvistä kyselyistä ei päättynyt näin.',
} as const;
