// SPDX-License-Identifier: MIT
// English: what one may have done, and why it was not. `one | {n} many`: see Translate.

export const acts = {
  'act.own': 'Your device',
  'act.any': 'You may change this device',
  'act.name': 'Name that everybody here sees',
  'act.name.hint': 'It need not be your own name.',
  'act.name.save': 'Save name',
  'act.name.back': 'Back to the made-up name',
  'act.named': 'Everybody here now sees the name {name}.',
  'act.unnamed': 'It has its made-up name again: {name}.',

  'fault.empty': 'Type a name first, with at least one letter in it.',
  'fault.long': 'This name is too long: 40 letters fit, or fewer if they are not plain English ones.',
  'fault.unseen': 'There is something in this name that nobody can see. Please type it anew, letter by letter.',
  'fault.taken': 'Another device here has a name that looks the same. Please choose another one.',
  'fault.locked': 'Names stay as they are for now: whoever leads the room can allow new ones again.',
  'fault.other': 'This can only be done from the device itself.',
  'fault.gone': 'This device is not here any more, so nothing was changed.',
  'fault.over': 'This conversation is not here any more, so there was nothing to end.',
  'fault.unknown': 'connvis cannot tell which device is yours right now, so nothing was changed.',
  'fault.off': 'This is switched off here.',
  'fault.cannot': 'connvis cannot end connections on this router. Its log says why.',
  'fault.full': 'So much was ended just now that there is no room for more. Please try again in ten seconds.',
  'fault.flushing': 'The whole table is being emptied already.',
  'fault.watching': 'Here you can look, but change nothing.',
  'fault.wait': 'That was a lot at once. Please wait a moment, then try again.',
  'fault.away': 'A part of connvis is not running right now, so nothing was changed. Please try again later.',
  'fault.silent': 'No answer came. It may have been done all the same.',
  'fault.offline': 'This page has no connection to connvis right now, so nothing was changed.',
  'fault.else': 'That did not work.',
} as const;
