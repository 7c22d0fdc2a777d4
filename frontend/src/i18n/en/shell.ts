// SPDX-License-Identifier: MIT
// English: the frame around the views. `one | {n} many`: see Translate.

export const shell = {
  title: 'connvis',
  'view.landing': 'Now',
  'view.flows': 'Flows',
  'view.map': 'Map',
  'view.domains': 'Domains',
  'view.devices': 'Devices',
  'view.device': 'Device',
  'view.connections': 'Connections',
  'view.desk': 'Desk',
  'view.display': 'On the wall',
  'view.switch': 'View',

  'app.skip': 'Skip to the picture',
  'app.situation': 'How it stands, and what is shown',
  'app.pause': 'Pause',
  'app.resume': 'Resume',
  'app.theme.light': 'Switch to light',
  'app.theme.dark': 'Switch to dark',
  'app.language': 'Language',
  'app.close': 'Close',
  'app.options': 'Options',
  'app.settings': 'Appearance and language',

  'who.label': 'Whose traffic',
  'who.all': 'All devices',
  'who.me': 'This device ({name})',
  'who.me.unknown': 'This device',
  'who.me.ambiguous': 'More than one network has a device with your address. Choose your network to see yours.',
  'who.me.missing':
    'This device is not one of those that connvis sees here. It may be in another network, or has sent nothing yet.',
  'who.missing': '{name} is not here now',

  'filter.label': 'What is shown',
  'filter.more': 'Filter',
  'kind.label': 'Which kind',
  'kind.all': 'All categories',
  'kind.tracking': 'Ads and trackers',
  'kind.hiding': 'Hidden names',
  'find.label': 'Find by name, company, place or address',
  'find.placeholder': 'Find…',

  'status.live': 'Live',
  'status.recording': 'A recording, not live',
  'status.paused': 'Paused',
  'status.pausedSince': 'Paused at {time}',
  'status.behind': '{age} behind',
  'status.connecting': 'Connecting…',
  'status.catching': 'Catching up…',
  'status.waiting': 'Waiting for the router’s collector to start',
  'status.reconnecting': 'Connection lost, trying again…',
  'status.failed': 'A part of this page has failed, starting it again…',
  'status.refused': 'Turned away: {reason}. Trying again…',
  'status.ended': 'The link by which this page watched has ended',
  'status.stale': 'No news from the router for {age}: the picture is old',
  'status.since': 'No news from the router since {time}: the picture is old',
  'status.stored': 'No news from the router: this is the last picture that it sent',
  'status.newer': 'This page is older than the server: reload it',

  'notice.label': 'About this picture',
  'notice.signedOut': 'You are signed out: this page does not lead the room any more.',
  'notice.rivals': 'Two collectors send under the name “{site}”. Stop one of them, or give it another name.',
  'notice.machine': 'You see only this machine: it routes for nobody else.',
  'notice.accounting': 'The kernel does not count bytes here. Set net.netfilter.nf_conntrack_acct=1 to see amounts.',
  'notice.full':
    'One thing did not fit into the collector’s limits and is not shown. | {n} things did not fit into the collector’s limits and are not shown.',
  'notice.losses':
    'The kernel could not keep up once; the picture was made right again at once. | The kernel could not keep up {n} times; the picture was made right again each time.',
  'notice.dropped':
    'One update was lost on its way; a full picture followed. | {n} updates were lost on their way; full pictures followed.',
  'notice.zeroed':
    'Another program set a counter of the kernel to zero: a little of the traffic before that may be missing here. | Other programs set counters of the kernel to zero {n} times: a little of the traffic before each may be missing here.',
  'notice.gap.seconds':
    'connvis was restarted: what ended in the second before is missing from the totals. | connvis was restarted: what ended in the {n} seconds before is missing from the totals.',
  'notice.gap.minutes':
    'connvis was restarted: what ended in the minute before is missing from the totals. | connvis was restarted: what ended in the {n} minutes before is missing from the totals.',
  'notice.unlisted':
    'There are too many connections to list them all: the oldest one is not among them. All else counts it. | There are too many connections to list them all: the {n} oldest are not among them. All else counts them.',
  'notice.uncounted':
    'One connection takes a fast path that may not count: how much it carries is not known. | {n} connections take a fast path that may not count: how much they carry is not known.',
  'notice.old.city':
    'The places on the map come from data that is {n} days old: some addresses have moved since. deploy/get-data fetches newer data.',
  'notice.old.asn':
    'The owners of networks come from data that is {n} days old: some have changed since. deploy/get-data fetches newer data.',
  'notice.hidden': 'Not shown: one connection | Not shown: {n} connections',
  'notice.hidden.router': '{n} of the router itself',
  'notice.hidden.dns': '{n} that only ask for names',
  'notice.hidden.home': '{n} inside the network',
  'notice.hidden.ignored': '{n} on a list of what is to be ignored',

  'sum.devices': 'device | devices',
  'sum.destinations': 'destination | destinations',
  'sum.countries': 'country | countries',
  'sum.down': 'coming in',
  'sum.up': 'going out',

  'empty.title': 'Nothing yet',
  'empty.text': 'Use the network, and it appears here: open a page, send a message.',
  'empty.device': 'Nothing from {name} right now',
  'empty.deviceText': 'As soon as this device talks to somebody, it shows here.',
  'empty.filter': 'Nothing like that now',
  'empty.filterText': 'The filter leaves nothing of what is going on.',
  'empty.asked': '{device} asked for {name}: {age}.',
  'empty.talked': '{device} talked with {name}, last {age}.',
  'empty.domains': 'See Domains ({n})',
  'empty.clear': 'Show everything',
  'empty.stumbled': 'This view stumbled',
  'empty.stumbledText': 'It begins anew in a moment. The others go on.',
  'empty.connect': 'Connecting to your router',
  'empty.connectText': 'The picture appears as soon as it answers.',
  'empty.catch': 'Getting the picture…',
  'empty.catchText': 'The server has answered. The picture is on its way.',
  'empty.wait': 'Waiting for the collector',
  'empty.waitText':
    'The page is up, and the part that watches the network has not started yet. Nothing to do here: it connects by itself.',
  'site.label': 'Which network',
  'site.one': 'Network “{name}”',
  'site.every': 'All networks together',
  'site.unknown': 'There is no network “{name}” here. This is “{first}”.',
  'site.silent': 'Nothing is heard from {names} at the moment.',
} as const;
