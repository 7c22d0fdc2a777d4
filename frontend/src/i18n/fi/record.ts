// SPDX-License-Identifier: MIT
// Finnish: recordings, sound and pictures to keep. `one | {n} many`: see Translate.

export const record = {
  'record.menu': 'Tallenna ja kuuntele',
  'record.picture': 'Tallenna tämä kuva',
  'record.save': 'Tallenna viime minuutit',
  'record.pseudonymised': 'Ilman osoitteita ja laitteiden omia nimiä',
  'record.open': 'Avaa tallenne',
  'record.refused.none': 'Tämä tiedosto ei ole connvisin tallenne.',
  'record.refused.newer': 'Tämä tallenne on uudemmasta connvisistä kuin tämä sivu. Avaa se siellä.',
  'record.refused.large': 'Tämä tiedosto on liian suuri tallenteeksi.',
  'record.refused.broken': 'Tämä tallenne on katkennut tai vioittunut, joten sitä ei voi toistaa.',
  'record.refused.empty': 'Tämä tallenne on tyhjä.',
  'record.playback': 'Tallenne',
  'record.position': 'Kohta',
  'record.play': 'Toista',
  'record.again': 'Alusta',
  'record.speed': 'Nopeus',
  'record.live': 'Takaisin suoraan',
  'record.faulty': 'Osaa tallenteesta ei voitu lukea; siinä ollut puuttuu.',
  'sound.clicks': 'Ääni: naksahdukset',
  'sound.about': 'Naksahdus muutamaa pakettia kohti, kaikista laitteista tai valitusta.',
  'picture.caption': 'connvis – {view}',
  'picture.map': 'Kartta: Natural Earth',
} as const;
