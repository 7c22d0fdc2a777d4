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
  'lead.fault.too-many': 'There are as many links as fit. Revoke one first.',
  'lead.fault.other': 'It did not work. Perhaps the connection was lost: try again.',
  'lead.signedIn': 'You lead this room in this browser.',
  'lead.desk': 'Go to the desk',
  'lead.signOut': 'Sign out',
  'lead.signOutAll': 'Sign out in all browsers',
  'lead.others': 'Let others watch',
  'lead.othersText':
    'Whoever opens such a link may watch, also from outside this network where it reaches this page, and may do nothing else.',
  'lead.for': 'For whom',
  'lead.for.display': 'A display on the wall',
  'lead.for.guest': 'Guests',
  'lead.lasts': 'Good for',
  'lead.lasts.hours': 'an hour | {n} hours',
  'lead.lasts.days': 'a day | {n} days',
  'lead.once': 'For one device only',
  'lead.make': 'Make a link',
  'lead.made': 'Scan this with the other device, or copy it. It is shown only now.',
  'lead.madeLocal':
    'Its address is good on this machine alone. To make links for others, open this page by its address in the network.',
  'lead.copy': 'Copy the link',
  'lead.field': 'The link',
  'lead.links': 'Links that are good now',
  'lead.links.none': 'There are none.',
  'lead.link.forever': 'until it is revoked',
  'lead.link.until': 'until {time}',
  'lead.link.once': 'for one device',
  'lead.link.used': 'one device has used it',
  'lead.link.watching': 'one page watches by it | {n} pages watch by it',
  'lead.revoke': 'Revoke',
} as const;
