// SPDX-License-Identifier: MIT
// English: how one may be seen in a room; fetched with that part of the page. `one | {n} many`: see Translate.

export const consent = {
  'consent.open': 'How others see you',
  'consent.title': 'First of all: how may others see you here?',
  'consent.what': 'In this room everybody can watch, live, where the devices here send data.',
  'consent.seen': 'What is seen',
  'consent.seen.text': 'Which companies your device talks with, in which countries, when, and how much.',
  'consent.unseen': 'What is never seen',
  'consent.unseen.text': 'What you read, write, watch or say. connvis does not look into that, and keeps none of it.',
  'consent.who': 'Who sees it',
  'consent.who.text': 'Everybody in this room, on their own screens and on the wall.',
  'consent.kept': 'How long it is kept',
  'consent.kept.text':
    'Until the session ends the router may remember it, minute by minute, so that one can look back. Then that is gone.',
  'consent.name': 'What you are called',
  'consent.name.text': 'A name that connvis made up stands for you. Nobody needs to know that it is you.',
  'consent.name.now': 'A name that connvis made up stands for you, now {name}. Nobody needs to know that it is you.',
  'consent.choice': 'Your choice',
  'consent.join': 'Join in',
  'consent.join.all':
    'Others can also see the name that your device has by itself, who made it, and which sites it asks for.',
  'consent.join.led':
    'Others can also see who made your device; whoever leads the room sees the name that it has by itself, too, and which sites it asks for.',
  'consent.hide': 'With a made-up name only',
  'consent.hide.all':
    'Nobody sees the name that your device has by itself, or who made it. Which sites it asks for can be seen.',
  'consent.hide.led':
    'Nobody sees the name that your device has by itself, or who made it. Whoever leads the room can see which sites it asks for.',
  'consent.out': 'Leave me out',
  'consent.out.text':
    'Nobody sees anything of your device. What it moves is only a part of one amount, with all who are left out.',
  'consent.until.hidden':
    'Until you choose, you are seen by a made-up name only, and nobody sees which sites your device asks for.',
  'consent.until.left-out': 'Until you choose, nobody sees anything of your device.',
  'consent.change': 'You can choose again whenever you like: “{name}” is on every page.',
  'consent.now': 'Your choice now',
  'consent.back': 'Leave it as it is',
  'consent.skip': 'Look on without choosing',
} as const;
