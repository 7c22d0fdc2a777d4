// SPDX-License-Identifier: MIT
// English: how others may see a device; fetched with what lets one choose. `one | {n} many`: see Translate.

export const wishes = {
  'act.wish': 'How others see it',
  'act.wish.shown': 'As it is',
  'act.wish.shown.text': 'With its name, its maker, its addresses, and whom it talks with.',
  'act.wish.hidden': 'By a made-up name only',
  'act.wish.hidden.text':
    'It gets a new name, as if another device had come, without its own name, maker and addresses. Whom it talks with is still seen.',
  'act.wish.left-out': 'Not at all',
  'act.wish.left-out.text':
    'Nobody sees anything of this device. What it moves is only a part of one amount, with all who are left out.',
  'act.wish.by.random-mac':
    'If your device gives itself a new hardware address, as many phones do, please choose again.',
  'act.wish.by.address': 'If your device gets another address here, please choose again.',
  'act.wish.by.run': 'When connvis is started again, please choose again.',
  'act.wish.save': 'Save choice',
  'act.wish.done': 'Done.',
} as const;
