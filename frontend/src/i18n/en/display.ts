// SPDX-License-Identifier: MIT
// English: the wall. `one | {n} many`: see Translate.

export const display = {
  'display.side': 'About the picture',
  'display.in': 'in',
  'display.out': 'out',
  'display.join': 'See your own device:',
  'display.code': 'Code for a phone’s camera: {address}',
  'display.certificate':
    'Your browser will ask whether you trust this page. The SHA-256 fingerprint of its certificate is:',
  'display.controls': 'The wall',
  'display.hold': 'Stay',
  'display.go': 'Go on',
  'display.next': 'Next',
  'display.near': 'All sit near',
  'display.leave': 'Leave',
  'display.setup': 'To set the wall up',
  'display.setup.http':
    'A page without HTTPS cannot keep the screen awake: switch off this machine’s screen saver and sleep.',
  'display.setup.sleep':
    'This browser does not keep the screen awake: switch off this machine’s screen saver and sleep.',
  'display.setup.join': 'To show a code to join, open this page by the router’s address.',
  'display.keys': 'F: full screen. Arrow keys: next view. Space: stay. Escape: leave.',
} as const;
