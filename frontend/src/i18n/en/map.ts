// SPDX-License-Identifier: MIT
// English: the map. `one | {n} many`: see Translate.

export const map = {
  'map.home': 'Your network',
  'map.home.probably': '{name} · probably {place}',
  'map.home.unknown': '{name} · place not known',
  'map.place': 'Home',
  'map.place.probably': 'Probably {place}',
  'map.place.unknown': 'Not known',
  'map.place.none': 'Not on the map',
  'map.unknown': 'Somewhere',
  'map.more': '{name} and one more | {name} and {n} more',
  'map.caption': 'Where the destinations are: one place | Where the destinations are: {n} places',
  'map.vague': 'only the country or region is known',
  'map.labels': 'Names',
  'map.zoom': 'Zoom',
  'map.zoomIn': 'Zoom in',
  'map.zoomOut': 'Zoom out',
  'map.whole': 'Whole world',
  'map.legend.hot': 'larger: more devices; glows if active just now',
  'map.legend.vague': 'only a country or region',
  'map.legend.fill': 'conversations by country',
  'map.legend.sent': 'sent now; larger: more',
  'map.legend.received': 'received now',
  'map.rest': 'One place more is not listed. | {n} places more are not listed.',
  'map.tally': 'one place | {n} places',
  'map.nowhere': 'one conversation without a place | {n} conversations without a place',
  'map.nowhere.why':
    'An address tells no place where a network answers from many places at once, where it is in a network of its own, or where no list knows it.',
  'map.picture': 'World map with one mark | World map with {n} marks',
  'map.keys':
    'Arrow keys: from mark to mark. Enter: details. Plus and minus: zoom. Shift and arrow keys: move the map. Zero: the whole world. The table says the same in words.',
  'map.labels.fit': 'Those that fit',
  'map.labels.turns': 'In turns',
  'map.labels.none': 'None',
} as const;
