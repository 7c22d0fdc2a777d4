// SPDX-License-Identifier: MIT
// English: what the room is doing. `one | {n} many`: see Translate.

export const room = {
  'room.label': 'What the room is doing',
  'room.round': 'A round is on: {label}',
  'room.left': '{time} left',
  'room.over': 'time is up',
  'room.spotlight': 'In the spotlight: {name}',
  'room.frozen': 'Picture frozen since {time}',
  'room.frozen.later': 'This is the picture of {time}',
} as const;
