// SPDX-License-Identifier: MIT
// English: the start, Now. `one | {n} many`: see Translate.

export const landing = {
  'landing.what': 'See live who the devices on this network talk to.',
  'landing.thickest': 'Most data right now',
  'landing.others': 'everything else',
  'landing.yours': 'Which one is yours?',
  'landing.find': 'Open any page or app on this device. As soon as it is seen here, this page says which one it is.',
  'landing.localText': 'Open this page on a phone or laptop of this network: it then says which one is yours.',
  'landing.you': 'You are',
  'landing.screen': 'On this network this screen is',
  'landing.youMade': 'An invented name. Others see it too, but only your own screen says that it is you.',
  'landing.youText': 'The others see your device under this name too.',
  'landing.lately': 'In the last five minutes: {companies}, {ads}.',
  'landing.lately.companies': 'one company | {n} companies',
  'landing.lately.ads': 'one for ads and tracking | {n} for ads and tracking',
  'landing.lately.noAds': 'none for ads and tracking',
  'landing.lately.most': 'Most data so far: {company}.',
  'landing.lately.none': 'Your device has been quiet for five minutes.',
  'landing.yourPage': 'What my device does',
  'landing.leftOut': 'You are left out of this picture',
  'landing.leftOut.show': 'Show my device again',
  'landing.flows': 'Who talks to whom, right now',
  'landing.map': 'Where in the world the destinations are',
  'landing.domains': 'The names of sites that devices look up',
  'landing.devices': 'Which devices are here, and how busy',
  'landing.connections': 'Every single connection, for the curious',
  'landing.display': 'For a large screen: shows the views in turn',

  'check.title': 'Can this network read the names of the sites you visit?',
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
