// SPDX-License-Identifier: MIT
// Finnish: what one may have done, and why it was not. `one | {n} many`: see Translate.

export const acts = {
  'act.own': 'Sinun laitteesi',
  'act.any': 'Voit muuttaa tätä laitetta',
  'act.name': 'Nimi, jonka kaikki täällä näkevät',
  'act.name.hint': 'Sen ei tarvitse olla oma nimesi.',
  'act.name.save': 'Tallenna nimi',
  'act.name.back': 'Takaisin keksittyyn nimeen',
  'act.named': 'Kaikki täällä näkevät nyt nimen {name}.',
  'act.unnamed': 'Laitteella on taas keksitty nimi: {name}.',

  'fault.empty': 'Kirjoita ensin nimi, jossa on ainakin yksi kirjain.',
  'fault.long': 'Nimi on liian pitkä: siihen mahtuu 40 kirjainta, tai vähemmän, jos niissä on erikoisia merkkejä.',
  'fault.unseen': 'Nimessä on jotakin, mitä kukaan ei näe. Kirjoita se uudelleen kirjain kirjaimelta.',
  'fault.taken': 'Toisella laitteella täällä on samannäköinen nimi. Valitse jokin muu.',
  'fault.locked': 'Nimet pysyvät nyt ennallaan: huoneen vetäjä voi taas sallia uudet.',
  'fault.other': 'Tämän voi tehdä vain laitteelta itseltään.',
  'fault.gone': 'Laite ei ole enää täällä, joten mitään ei muutettu.',
  'fault.over': 'Keskustelu ei ole enää täällä, joten katkaistavaa ei ollut.',
  'fault.unknown': 'connvis ei juuri nyt tiedä, mikä laite on sinun, joten mitään ei muutettu.',
  'fault.off': 'Tämä ei ole täällä käytössä.',
  'fault.cannot': 'connvis ei voi katkaista yhteyksiä tällä reitittimellä. Syy on sen lokissa.',
  'fault.full': 'Äsken katkaistiin niin paljon, että enempää ei mahdu. Yritä uudelleen kymmenen sekunnin kuluttua.',
  'fault.flushing': 'Koko taulua tyhjennetään jo.',
  'fault.watching': 'Täällä voit katsoa, mutta et muuttaa mitään.',
  'fault.wait': 'Tuli liian monta pyyntöä kerralla. Odota hetki ja yritä uudelleen.',
  'fault.away': 'Jokin connvisin osa ei ole juuri nyt käynnissä, joten mitään ei muutettu. Yritä myöhemmin uudelleen.',
  'fault.silent': 'Vastausta ei tullut. Asia voi silti olla tehty.',
  'fault.offline': 'Tällä sivulla ei ole juuri nyt yhteyttä connvisiin, joten mitään ei muutettu.',
  'fault.else': 'Se ei onnistunut.',
} as const;
