// SPDX-License-Identifier: MIT
// Finnish: the wall. `one | {n} many`: see Translate.

export const display = {
  'display.side': 'Tietoja kuvasta',
  'display.in': 'sisään',
  'display.out': 'ulos',
  'display.join': 'Katso omaa laitettasi:',
  'display.code': 'Koodi puhelimen kameralle: {address}',
  'display.certificate': 'Selain kysyy, luotatko tähän sivuun. Sen varmenteen SHA-256-sormenjälki on:',
  'display.controls': 'Seinä',
  'display.hold': 'Pysy tässä',
  'display.go': 'Jatka',
  'display.next': 'Seuraava',
  'display.near': 'Kaikki istuvat lähellä',
  'display.leave': 'Poistu',
  'display.setup': 'Seinän käyttöönotto',
  'display.setup.http':
    'Sivu ilman HTTPS:ää ei voi pitää näyttöä hereillä: kytke tämän koneen näytönsäästäjä ja lepotila pois.',
  'display.setup.sleep': 'Tämä selain ei pidä näyttöä hereillä: kytke tämän koneen näytönsäästäjä ja lepotila pois.',
  'display.setup.join': 'Liittymiskoodi ilmestyy, kun sivun avaa reitittimen osoitteella.',
  'display.keys': 'F: koko näyttö. Nuolet: seuraava näkymä. Välilyönti: pysy tässä. Escape: poistu.',
} as const;
