// SPDX-License-Identifier: MIT
// English: recordings, sound and pictures to keep. `one | {n} many`: see Translate.

export const record = {
  'record.menu': 'Save and listen',
  'record.picture': 'Save this picture',
  'record.save': 'Save the last minutes',
  'record.pseudonymised': 'Without addresses and the devices’ own names',
  'record.open': 'Open a recording',
  'record.refused.none': 'This file is not a recording of connvis.',
  'record.refused.newer': 'This recording is from a newer connvis than this page. Open it there.',
  'record.refused.large': 'This file is too large for a recording.',
  'record.refused.broken': 'This recording is cut off or damaged, so it cannot be played.',
  'record.refused.empty': 'This recording is empty.',
  'record.playback': 'Recording',
  'record.position': 'Position',
  'record.play': 'Play',
  'record.again': 'From the start',
  'record.speed': 'Speed',
  'record.live': 'Back to live',
  'record.faulty': 'Some of this recording could not be read; what it said is missing.',
  'sound.clicks': 'Sound: clicks',
  'sound.about': 'One click for some packets, of all devices or of the one that is picked.',
  'picture.caption': 'connvis: {view}',
  'picture.map': 'Map: Natural Earth',
} as const;
