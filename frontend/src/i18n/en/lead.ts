// SPDX-License-Identifier: MIT
// English: signing in to lead the room; fetched with that part of the page. `one | {n} many`: see Translate.

export const lead = {
  'lead.early': 'This page has not reached the server yet.',
  'lead.intro': 'Whoever leads the room signs in with its passphrase.',
  'lead.passphrase': 'Passphrase',
  'lead.show': 'Show what I type',
  'lead.signIn': 'Sign in',
  'lead.checking': 'Checking…',
  'lead.none': 'There is no passphrase yet. On the machine that runs connvis, type this in a terminal, and come back:',
  'lead.noTls':
    'Not on this connection: it is not encrypted, so others in the network could read the passphrase. Open this page with https:// in front, or on the machine itself that serves it.',
  'lead.fault.wrong': 'This is not the passphrase.',
  'lead.fault.slowed':
    'That was wrong too often. Wait a second, then try again. | That was wrong too often. Wait {n} seconds, then try again.',
  'lead.fault.busy':
    'Too many try to sign in at once. Wait a second, then try again. | Too many try to sign in at once. Wait {n} seconds, then try again.',
  'lead.fault.broken': 'The passphrase could not be checked. The log of connvis-broadcaster says why.',
  'lead.fault.other': 'It did not work. Perhaps the connection was lost: try again.',
  'lead.signedIn': 'You lead this room in this browser.',
  'lead.signOut': 'Sign out',
  'lead.signOutAll': 'Sign out in all browsers',
} as const;
