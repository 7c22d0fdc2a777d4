// SPDX-License-Identifier: MIT
// Suomi.

import type { Dictionary } from './index';

export const fi: Dictionary = {
  title: 'connvis',
  tagline: 'Mihin laitteesi lähettävät tietoa juuri nyt',

  'special.home': 'Koti',
  'special.private': 'Yksityinen verkko',
  'special.cgnat': 'Operaattorin NAT',
  'special.multicast': 'Ryhmälähetys',
  'special.link-local': 'Oma verkko-osuus',
  'special.loopback': 'Tämä kone',
  'special.documentation': 'Dokumentaatio-osoitteet',
  'special.reserved': 'Varatut osoitteet',

  'group.unknown': 'Tuntematon verkko',
  'group.nowhere': 'Jossakin',
};
