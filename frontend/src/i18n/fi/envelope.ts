// SPDX-License-Identifier: MIT
// Finnish: what this network can see of a conversation. `one | {n} many`: see Translate.

export const envelope = {
  'envelope.title': 'Mitä tämä verkko voi nähdä',
  'envelope.intro':
    'Keskustelu on kuin kirje. Reititin kuljettaa sen, joten se voi lukea, mitä päällä lukee. Muuhun connvis ei katso.',
  'envelope.open': 'Avoin kortti',
  'envelope.open.is': 'http, nykyään harvinainen',
  'envelope.closed': 'Suljettu kirje',
  'envelope.closed.is': 'https, nykyään lähes kaikki',
  'envelope.inside': 'Kirje kirjeessä',
  'envelope.inside.is': 'VPN',
  'envelope.who': 'Mikä laite',
  'envelope.whom': 'Mikä yritys',
  'envelope.site': 'Sivuston nimi',
  'envelope.much': 'Milloin ja kuinka paljon',
  'envelope.what': 'Mitä luetaan, kirjoitetaan tai sanotaan',
  'envelope.app': 'Mikä sovellus',
  'envelope.yes': 'näkyy',
  'envelope.no': 'ei näy',
  'envelope.mostly': 'näkyy useimmiten',
  'envelope.ignored': 'voisi näkyä, mutta connvis ei katso',
  'envelope.carrier': 'vain VPN-yritys',
  'envelope.device': 'Mikä sovellus se on, sen tietää vain laite itse.',
} as const;
