// SPDX-License-Identifier: MIT
// English: what this network can see of a conversation. `one | {n} many`: see Translate.

export const envelope = {
  'envelope.title': 'What this network can see',
  'envelope.intro':
    'A conversation is like a letter. The router carries it, and so it can read what stands outside. connvis looks at nothing else.',
  'envelope.open': 'An open card',
  'envelope.open.is': 'http, rare today',
  'envelope.closed': 'A closed letter',
  'envelope.closed.is': 'https, nearly all today',
  'envelope.inside': 'A letter in a letter',
  'envelope.inside.is': 'a VPN',
  'envelope.who': 'Which device',
  'envelope.whom': 'Which company',
  'envelope.site': 'The name of the site',
  'envelope.much': 'When, and how much',
  'envelope.what': 'What is read, written or said',
  'envelope.app': 'Which app',
  'envelope.yes': 'seen',
  'envelope.no': 'not seen',
  'envelope.mostly': 'mostly seen',
  'envelope.ignored': 'could be seen, but connvis does not look',
  'envelope.carrier': 'only the VPN company',
  'envelope.device': 'Which app it is, only the device itself knows.',
} as const;
