// SPDX-License-Identifier: MIT
// Finnish: how one may be seen in a room; fetched with that part of the page. `one | {n} many`: see Translate.

export const consent = {
  'consent.open': 'Näin muut näkevät sinut',
  'consent.title': 'Aivan ensiksi: miten muut saavat nähdä sinut täällä?',
  'consent.what': 'Tässä huoneessa kaikki voivat katsoa reaaliajassa, minne laitteet täällä lähettävät tietoa.',
  'consent.seen': 'Mitä näkyy',
  'consent.seen.text': 'Minkä yritysten kanssa laitteesi puhuu, missä maissa, milloin ja kuinka paljon.',
  'consent.unseen': 'Mitä ei koskaan näy',
  'consent.unseen.text': 'Mitä luet, kirjoitat, katsot tai sanot. connvis ei katso sisältöä eikä tallenna sitä.',
  'consent.who': 'Kuka sen näkee',
  'consent.who.text': 'Kaikki tässä huoneessa, omilta näytöiltään ja seinältä.',
  'consent.kept': 'Kuinka kauan se säilyy',
  'consent.kept.text':
    'Istunnon loppuun asti reititin voi muistaa sen minuutti minuutilta, jotta siihen voi palata. Sitten se on poissa.',
  'consent.name': 'Miksi sinua kutsutaan',
  'consent.name.text':
    'Sinusta näkyy nimi, jonka connvis on keksinyt. Kenenkään ei tarvitse tietää, että se olet sinä.',
  'consent.name.now':
    'Sinusta näkyy nimi, jonka connvis on keksinyt, nyt {name}. Kenenkään ei tarvitse tietää, että se olet sinä.',
  'consent.choice': 'Sinun valintasi',
  'consent.join': 'Tule mukaan',
  'consent.join.all': 'Muut voivat nähdä myös laitteesi oman nimen, sen valmistajan ja sen, mitä sivustoja se kysyy.',
  'consent.join.led':
    'Muut voivat nähdä myös laitteesi valmistajan; huoneen vetäjä näkee lisäksi laitteesi oman nimen ja sen, mitä sivustoja se kysyy.',
  'consent.hide': 'Vain keksityllä nimellä',
  'consent.hide.all':
    'Kukaan ei näe laitteesi omaa nimeä eikä valmistajaa. Se, mitä sivustoja laitteesi kysyy, voi näkyä.',
  'consent.hide.led':
    'Kukaan ei näe laitteesi omaa nimeä eikä valmistajaa. Huoneen vetäjä voi nähdä, mitä sivustoja laitteesi kysyy.',
  'consent.out': 'Jätä minut pois',
  'consent.out.text':
    'Kukaan ei näe laitteestasi mitään. Sen siirtämä määrä on vain osa yhtä summaa, jossa ovat kaikki pois jätetyt.',
  'consent.until.hidden':
    'Kunnes valitset, sinut näkee vain keksityllä nimellä, eikä kukaan näe, mitä sivustoja laitteesi kysyy.',
  'consent.until.left-out': 'Kunnes valitset, kukaan ei näe laitteestasi mitään.',
  'consent.change': 'Voit valita uudelleen milloin tahansa: ”{name}” on joka sivulla.',
  'consent.now': 'Nykyinen valintasi',
  'consent.back': 'Anna olla näin',
  'consent.skip': 'Katso valitsematta',
} as const;
