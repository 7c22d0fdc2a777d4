// SPDX-License-Identifier: MIT
// English. `one | {n} many`: see Translate.

export const en = {
  title: 'connvis',
  tagline: 'Where your devices send their data, live',

  'special.home': 'Home',
  'special.private': 'Private network',
  'special.cgnat': 'Carrier-grade NAT',
  'special.multicast': 'Multicast',
  'special.link-local': 'Link-local',
  'special.loopback': 'This machine',
  'special.documentation': 'Documentation addresses',
  'special.reserved': 'Reserved addresses',

  'group.unknown': 'Unknown network',
  'group.nowhere': 'Somewhere',
} as const;
