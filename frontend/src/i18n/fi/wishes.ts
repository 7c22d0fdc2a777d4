// SPDX-License-Identifier: MIT
// Finnish: how others may see a device; fetched with what lets one choose. `one | {n} many`: see Translate.

export const wishes = {
  'act.wish': 'Näin muut näkevät sen',
  'act.wish.shown': 'Sellaisena kuin se on',
  'act.wish.shown.text': 'Nimi, valmistaja, osoitteet ja se, kenen kanssa laite puhuu.',
  'act.wish.hidden': 'Vain keksityllä nimellä',
  'act.wish.hidden.text':
    'Laite saa uuden nimen, kuin toinen laite olisi tullut, ilman omaa nimeään, valmistajaa ja osoitteita. Se, kenen kanssa se puhuu, näkyy yhä.',
  'act.wish.left-out': 'Ei lainkaan',
  'act.wish.left-out.text':
    'Kukaan ei näe tästä laitteesta mitään. Sen siirtämä määrä on vain osa yhtä summaa, jossa ovat kaikki pois jätetyt.',
  'act.wish.by.random-mac':
    'Jos laitteesi antaa itselleen uuden laiteosoitteen, kuten monet puhelimet tekevät, valitse uudelleen.',
  'act.wish.by.address': 'Jos laitteesi saa täällä toisen osoitteen, valitse uudelleen.',
  'act.wish.by.run': 'Kun connvis käynnistetään uudelleen, valitse uudelleen.',
  'act.wish.save': 'Tallenna valinta',
  'act.wish.done': 'Valmis.',
} as const;
