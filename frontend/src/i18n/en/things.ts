// SPDX-License-Identifier: MIT
// English: what a device is, where it is no person's; fetched with the views that say it.

export const things = {
  'thing.television': 'Television',
  'thing.speaker': 'Speaker',
  'thing.lamp': 'Lamp',
  'thing.console': 'Game console',
  'thing.storage': 'Network drive',
  'thing.printer': 'Printer',
  'thing.camera': 'Camera',
  'thing.appliance': 'Appliance',
  'thing.network': 'Network device',
  'thing.gadget': 'Smart-home device',
  'thing.is': 'What it is',
  'thing.probably': '{thing}, probably',
  'thing.alias': 'chosen by connvis; it stays with the device',
  'thing.how.named': 'connvis chose the name {name}; it stays with the device.',
  'thing.how': 'What it is follows from its maker and from what it calls itself: {thing}.',
} as const;
