// SPDX-License-Identifier: MIT
// English: the start. `one | {n} many`: see Translate.

export const landing = {
  'landing.what': 'connvis shows live where the data of the devices in this network goes.',
  'landing.now': '{who} with {whom} in {where} now.',
  'landing.now.nowhere': '{who} with {whom} now.',
  'landing.now.nobody': 'No device talks with anybody right now.',
  'landing.now.who': 'One device talks | {n} devices talk',
  'landing.now.whom': 'one destination | {n} destinations',
  'landing.now.where': 'one country | {n} countries',
  'landing.you': 'On this network you are',
  'landing.screen': 'On this network this screen is',
  'landing.youMade': 'connvis made up this name. The others see your device under it too.',
  'landing.youText': 'The others see your device under this name too.',
  'landing.yourPage': 'What my device does',
  'landing.leftOut': 'You are left out of this picture',
  'landing.leftOut.show': 'Show my device again',
  'landing.stranger': 'You are watching from elsewhere',
  'landing.ambiguous': 'It is not clear which device is yours',
  'landing.local': 'You are watching on connvis’s own machine',
  'landing.localText':
    'From here nobody can tell which device is yours. Open this page on a device by the router’s address, and it says so.',
  'landing.flows': 'Who talks to whom, right now',
  'landing.map': 'Where in the world the destinations are',
  'landing.domains': 'The names that devices ask for',
  'landing.devices': 'Which devices are here, and how busy',
  'landing.connections': 'Every single connection, to search and sort',
  'landing.count': 'connection | connections',
  'landing.display': 'For a large screen: shows the views in turn',

  'check.title': 'Can this network see which sites and services your device asks for?',
  'check.stranger': 'It does not see this device',
  'check.stranger.text': 'Join this network with the device to find out.',
  'check.ambiguous': 'Not clear while all networks are shown together',
  'check.ambiguous.text': 'Choose your network to find out.',
  'check.local': 'That cannot be told from here',
  'check.local.text': 'Open this page on the device, by the router’s address, to find out.',
  'check.blind': 'It does not look',
  'check.blind.text': 'connvis reads no name lookups here, so it cannot tell.',
  'check.seen': 'Yes',
  'check.seen.text':
    'Before your device talks to a service it asks this network, unencrypted, which address its name has. That is usual.',
  'check.partly': 'Some of them',
  'check.partly.text':
    'It sees some of the names. The other lookups are encrypted, or your device knows the addresses already.',
  'check.hidden': 'No: your device hides them',
  'check.hidden.text':
    'Your device asks a service for encrypted names, or goes through a relay. This network sees whom it talks to, and not the names.',
  'check.clear': 'No, but others can',
  'check.clear.text':
    'Your device asks a server elsewhere in the clear: anybody on the way can read it, this router does not see it.',
  'check.unseen': 'No',
  'check.unseen.text':
    'Your device talks, and has asked this network for no name lately. It may ask elsewhere, or know the addresses already.',
  'check.quiet': 'Too early to tell',
  'check.quiet.text': 'Open a page that you have not been to today, and look again.',
  'check.last': 'Last heard asking: {age}.',
  'check.share': 'For {percent} of its conversations the name of the other end is not known here.',
} as const;
