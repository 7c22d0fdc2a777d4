// SPDX-License-Identifier: MIT
// Finnish: the map. `one | {n} many`: see Translate.

export const map = {
  'map.home': 'Oma verkkosi',
  'map.home.probably': '{name} · luultavasti {place}',
  'map.home.unknown': '{name} · paikkaa ei tiedetä',
  'map.place': 'Koti',
  'map.place.probably': 'Luultavasti {place}',
  'map.place.unknown': 'Ei tiedossa',
  'map.place.none': 'Ei kartalla',
  'map.unknown': 'Jossakin',
  'map.more': '{name} ja yksi muu | {name} ja {n} muuta',
  'map.caption': 'Missä kohteet ovat: yksi paikka | Missä kohteet ovat: {n} paikkaa',
  'map.vague': 'vain maa tai alue tiedetään',
  'map.labels': 'Nimet',
  'map.zoom': 'Zoomaus',
  'map.zoomIn': 'Lähennä',
  'map.zoomOut': 'Loitonna',
  'map.whole': 'Koko maailma',
  'map.legend.hot': 'suurempi: useampi laite; hehkuu, jos liikennettä juuri nyt',
  'map.legend.vague': 'vain maa tai alue',
  'map.legend.fill': 'keskusteluja maittain',
  'map.legend.sent': 'lähtee nyt; suurempi: enemmän',
  'map.legend.received': 'tulee nyt',
  'map.rest': 'Lisäksi yksi paikka, jota ei luetella. | Lisäksi {n} paikkaa, joita ei luetella.',
  'map.tally': 'yksi paikka | {n} paikkaa',
  'map.nowhere': 'yksi keskustelu ilman paikkaa | {n} keskustelua ilman paikkaa',
  'map.nowhere.why':
    'Osoitteesta ei selviä paikka, jos verkko vastaa monesta paikasta yhtä aikaa, jos osoite kuuluu sisäiseen verkkoon tai jos mikään luettelo ei tunne sitä.',
  'map.picture': 'Maailmankartta, yksi merkki | Maailmankartta, {n} merkkiä',
  'map.keys':
    'Nuolinäppäimet: merkistä merkkiin. Enter: tiedot. Plus ja miinus: zoomaus. Vaihto ja nuolet: siirrä karttaa. Nolla: koko maailma. Taulukossa sama on sanoina.',
  'map.labels.fit': 'Mahtuvat',
  'map.labels.turns': 'Vuorotellen',
  'map.labels.none': 'Ei mitään',
} as const;
