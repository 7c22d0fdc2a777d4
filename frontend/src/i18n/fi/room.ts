// SPDX-License-Identifier: MIT
// Finnish: what the room is doing. `one | {n} many`: see Translate.

export const room = {
  'room.label': 'Mitä huoneessa tehdään',
  'room.round': 'Kierros on käynnissä: {label}',
  'room.left': '{time} jäljellä',
  'room.over': 'aika on täynnä',
  'room.spotlight': 'Valokeilassa: {name}',
  'room.frozen': 'Kuva pysäytetty kello {time}',
  'room.frozen.later': 'Tämä on kello {time} kuva',
} as const;
