// SPDX-License-Identifier: MIT
// English: the flows. `one | {n} many`: see Translate.

export const flows = {
  'flows.width': 'Width',
  'flows.width.now': 'Bytes now',
  'flows.width.total': 'Bytes in total',
  'flows.width.connections': 'Connections',
  'flows.connections': 'one connection | {n} connections',
  'flows.shades': 'strong: sent; pale: received',
  'flows.dashed': 'dashed: ended',
  'flows.show': 'Show',
  'flows.show.fit': 'Popular',
  'flows.show.shared': 'Shared',
  'flows.show.all': 'All',
  'flows.table': 'Table',
  'flows.tally.all': 'one destination | all {n} destinations',
  'flows.tally.some': '{shown} of {n} destinations',
  'flows.other': 'One other | {n} others',
  'flows.sharedBy': 'one device | {n} devices',
  'flows.picture': 'Flows from devices to {n} destinations',
  'flows.keys':
    'Up and down: to the next. Left and right: to the other side. Enter: details. Escape: close them. The table says the same in words.',
  'flows.caption': 'Who talks to whom: one flow | Who talks to whom: {n} flows',
  'flows.more': 'One flow more is not listed. | {n} flows more are not listed.',
  'flows.quiet': 'Quiet now',
  'flows.unselected': 'Not in this selection',
  'flows.quietMore': 'and one more | and {n} more',
  'flows.root': 'Twice as wide: about four times as much.',
  'flows.new': 'new',
  'flows.ended': 'ended',
} as const;
