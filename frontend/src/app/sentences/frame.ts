// SPDX-License-Identifier: MIT
// Sentences of the frame: how the feed does, what the picture lacks, why there is none.

import { CLOCK } from './shown-page';
import { daysAgo } from './home';
import { NOW, SECOND } from './made-feed';
import { sentence as so, type Sentence } from './sentence';

const usual = {};
const site = (values: Record<string, string | number | boolean>, more = {}) => ({
  but: { site: { 1: values } },
  ...more,
});
const playback = { at: 1000, length: 60_000, began: Date.UTC(2026, 3, 1), speed: 1, faulty: false };

const STATUS: readonly Sentence[] = [
  so('a frame has just come', 'status.live', usual, { pausedAt: CLOCK }),
  so('a recording goes on', ['status.recording'], { playback }, usual),
  so('a recording is stopped', ['status.paused'], { playback, pausedAt: CLOCK }, { playback }),
  so('the viewer has just stopped the picture', 'status.pausedSince', { pausedAt: CLOCK - SECOND }, usual),
  so('it was stopped some time ago', 'status.behind', { pausedAt: CLOCK - 40 * SECOND }, { pausedAt: CLOCK - SECOND }),
  so(
    'the page has not reached the server yet',
    ['status.connecting', 'empty.connect', 'empty.connectText'],
    { early: true, feed: { link: 'connecting', ready: false } },
    { early: true, feed: { freshAt: null, ready: false } },
  ),
  so(
    'the server has answered, and no picture has come',
    ['status.catching', 'empty.catch', 'empty.catchText'],
    { early: true, feed: { freshAt: null, ready: false } },
    { early: true, feed: { link: 'waiting', ready: false } },
  ),
  so(
    'the broadcaster has heard of no collector',
    ['status.waiting', 'empty.wait', 'empty.waitText'],
    { early: true, feed: { link: 'waiting', ready: false } },
    { early: true, feed: { freshAt: null, ready: false } },
  ),
  so('the connection broke', 'status.reconnecting', { feed: { link: 'reconnecting' } }, usual),
  so(
    'the server sends the page away',
    'status.refused',
    { feed: { link: 'reconnecting', reason: 'too many viewers' } },
    { feed: { link: 'reconnecting' } },
  ),
  so('a worker of the page has failed', 'status.failed', { feed: { link: 'failed' } }, usual),
  so('the server has a newer page', 'status.newer', { feed: { link: 'newer' } }, usual),
  so(
    'no frame has come for some seconds',
    ['status.stale', 'status.since'],
    { feed: { freshAt: CLOCK - 9 * SECOND } },
    usual,
  ),
  so(
    'only a stored picture came, and nothing since',
    'status.stored',
    { feed: { freshAt: null, openAt: CLOCK - 9 * SECOND } },
    { feed: { freshAt: null, openAt: CLOCK - SECOND } },
  ),
];

const NOTICES: readonly Sentence[] = [
  so('two collectors use one name', 'notice.rivals', site({ rivals: true }), usual),
  so('the machine routes for nobody', 'notice.machine', site({ mode: 'machine' }), usual),
  so('the kernel counts no bytes', 'notice.accounting', site({ accounting: false }), usual),
  so('a limit is reached', 'notice.full', site({ full_remotes: 3 }), site({ full_lookups: 3 })),
  so('events were lost', 'notice.losses', site({ event_losses: 2 }), usual),
  so('frames were dropped', 'notice.dropped', site({ dropped_frames: 2 }), usual),
  so('somebody else zeroed counters', 'notice.zeroed', site({ zeroed: 1 }), usual),
  so(
    'the collector was away for seconds',
    'notice.gap.seconds',
    site({ gap_from: 1000, gap_until: 21_000 }),
    site({ gap_from: 1000, gap_until: 601_000 }),
  ),
  so(
    'the collector was away for minutes',
    'notice.gap.minutes',
    site({ gap_from: 1000, gap_until: 601_000 }),
    site({ gap_from: 1000, gap_until: 21_000 }),
  ),
  so('there are more connections than are listed', 'notice.unlisted', site({ unlisted: 7 }), usual),
  so('connections are offloaded', 'notice.uncounted', site({ uncounted: 2 }), usual),
  so('the places are old', 'notice.old.city', { but: { sources: { 3: { built: daysAgo(90) } } } }, usual),
  so('the owners of networks are old', 'notice.old.asn', { but: { sources: { 4: { built: daysAgo(90) } } } }, usual),
  so('connections are left out', ['notice.hidden', 'notice.hidden.router'], site({ hidden_router: 5 }), usual),
  so('to the DNS server', 'notice.hidden.dns', site({ hidden_dns: 5 }), site({ hidden_router: 5 })),
  so('within the home', 'notice.hidden.home', site({ hidden_home: 5 }), site({ hidden_router: 5 })),
  so('by a list', 'notice.hidden.ignored', site({ hidden_ignored: 5 }), site({ hidden_router: 5 })),
];

const led = (room: Record<string, string | number>) => ({ but: { room: { 1: { round_since: NOW, ...room } } } });

const ROOM: readonly Sentence[] = [
  so('a round is on', 'room.round', led({ round: 'Quiet' }), usual),
  so('it has a timer', 'room.left', led({ round: 'Quiet', round_until: NOW + SECOND }), led({ round: 'Quiet' })),
  so('its timer is over', 'room.over', led({ round: 'Quiet', round_until: NOW }), led({ round: 'Quiet' })),
  so('a company is in the spotlight', 'room.spotlight', led({ company: 1 }), usual),
];

const NOBODY = { conversations: { 1: null, 2: null } };

const EMPTY: readonly Sentence[] = [
  so('nobody talks', ['empty.title', 'empty.text'], { but: NOBODY }, usual),
  so(
    'the one that is looked at is quiet',
    ['empty.device', 'empty.deviceText'],
    { who: '=Ann', but: { conversations: { 1: null } } },
    { who: '=Ann' },
  ),
  so('the one that is looked at is not here', 'who.missing', { who: '=Eve' }, { who: '=Ann' }),
  so('not here, in a list', 'who.missing', { who: '=Eve', view: 'domains' }, { who: '=Ann', view: 'domains' }),
  so(
    'the viewer looks at their own device, which is not here',
    ['who.me.missing', 'who.me.unknown'],
    { who: 'me' },
    { who: 'me', address: '192.0.2.11' },
  ),
  so(
    'the viewer looks at their own device, which may be one of two',
    ['who.me.ambiguous', 'who.me.unknown'],
    { who: 'me', address: '192.0.2.11', together: true },
    { who: 'me', address: '192.0.2.11' },
  ),
  so('the viewer’s own device is here', 'who.me', { address: '192.0.2.11' }, usual),
  so(
    'the filter leaves nothing of what goes on',
    ['empty.filter', 'empty.filterText', 'empty.clear'],
    { find: 'nowhere' },
    { find: 'wide' },
  ),
  so(
    'what is looked for was asked for',
    ['empty.asked', 'empty.domains'],
    { find: 'ads', but: { conversations: { 2: null } } },
    { find: 'nowhere' },
  ),
  so(
    'what is looked for was talked with',
    'empty.talked',
    { find: 'ads', but: { conversations: { 2: { open: 0, active: NOW - 60 * SECOND } } } },
    { find: 'ads', but: { conversations: { 2: { open: 0, active: NOW - 60 * SECOND, down_packets: 0 } } } },
  ),
];

const hello = (...sites: string[]) => ({
  feed: {
    hello: {
      protocol: 1,
      build: '',
      role: 'viewer',
      signIn: '',
      address: '',
      sites,
      topics: [],
      refused: [],
      certificate: '',
    },
  },
});
const silent = (...names: string[]) => ({ site: '*', feed: { ...hello('home', 'shop').feed, silent: names } });

const SITES: readonly Sentence[] = [
  so(
    'the address names a network that is not here',
    'site.unknown',
    { site: 'shop', ...hello('home') },
    { site: 'home', ...hello('home') },
  ),
  so('nothing is heard from one of several networks', 'site.silent', silent('shop'), silent()),
  so(
    'the wall is to show a network that is not here',
    'site.unknown',
    { view: 'display', site: 'shop', ...hello('home') },
    { view: 'display', site: 'home', ...hello('home') },
  ),
  so(
    'the wall hears nothing from one of several networks',
    'site.silent',
    { view: 'display', ...silent('shop') },
    { view: 'display', ...silent() },
  ),
];

export const FRAME: readonly Sentence[] = [...STATUS, ...NOTICES, ...ROOM, ...EMPTY, ...SITES];
