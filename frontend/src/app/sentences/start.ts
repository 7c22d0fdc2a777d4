// SPDX-License-Identifier: MIT
// Sentences of the start page.

import { MINUTE, NOW, type Values } from './made-feed';
import type { Shown } from './shown-page';
import { sentence as so, type Sentence } from './sentence';

const start: Shown = { view: 'landing' };
/** The viewer's device is Ann, who is so. */
const me = (ann: Values = {}, rest = {}): Shown => ({
  view: 'landing',
  address: '192.0.2.11',
  but: { devices: { 1: ann }, ...rest },
});
const local: Shown = { view: 'landing', address: '127.0.0.1' };
const NOT_HEARD = { looked_up: null };
const JUST = NOW - MINUTE;
const LONG_AGO = NOW - 30 * MINUTE;
const named = { devices: { 1: { named: true }, 2: { named: true } } };
const nobody = { conversations: { 1: null, 2: null } };

export const START_PAGE: readonly Sentence[] = [
  so('always', ['landing.what', 'check.title'], start, null),
  so(
    'always: what the views are',
    ['landing.flows', 'landing.map', 'landing.domains', 'landing.devices', 'landing.connections', 'landing.display'],
    start,
    null,
  ),
  so('somebody talks', ['landing.now', 'landing.now.who', 'landing.now.whom', 'landing.now.where'], start, {
    ...start,
    but: nobody,
  }),
  so('nobody talks', 'landing.now.nobody', { ...start, but: nobody }, start),
  so(
    'nobody knows where',
    'landing.now.nowhere',
    { ...start, but: { remotes: { 1: { place: null }, 2: { place: null } } } },
    start,
  ),
  so('the viewer’s device is here', ['landing.you', 'landing.youMade'], me(), start),
  so('a name is made up, and nobody’s here', 'devices.madeUp', start, { ...start, but: named }),
  so('a person gave it its name', 'landing.youText', me({ named: true }), me()),
  so('the viewer is a wall', 'landing.screen', { ...me(), size: 'wall' }, me()),
  so('it is not', ['landing.stranger', 'who.me.missing', 'check.stranger', 'check.stranger.text'], start, me()),
  so(
    'the page was opened on the machine itself',
    ['landing.local', 'landing.localText', 'check.local', 'check.local.text'],
    local,
    start,
  ),
  so(
    'a device of each of two networks has the viewer’s address',
    ['landing.ambiguous', 'who.me.ambiguous', 'check.ambiguous', 'check.ambiguous.text'],
    { ...me(), together: true },
    { ...start, together: true },
  ),
  so('one network alone knows it', 'landing.you', me(), { ...me(), together: true }),
  so(
    'nobody reads lookups',
    ['check.blind', 'check.blind.text'],
    me({}, { sources: { 1: { state: 'missing' } } }),
    me(),
  ),
  so('it was heard asking', ['check.seen', 'check.seen.text', 'check.last'], me(), me(NOT_HEARD)),
  so(
    'it was heard, and hides some',
    ['check.partly', 'check.partly.text'],
    me({ hidden_dns: JUST }),
    me({ hidden_dns: LONG_AGO }),
  ),
  so(
    'it hides what it asks',
    ['check.hidden', 'check.hidden.text'],
    me({ ...NOT_HEARD, hidden_dns: JUST }),
    me({ hidden_dns: JUST }),
  ),
  so(
    'it asks elsewhere in the clear',
    ['check.clear', 'check.clear.text'],
    me({ ...NOT_HEARD, clear_dns: JUST }),
    me({ clear_dns: JUST }),
  ),
  so('it talks and asks nobody', ['check.unseen', 'check.unseen.text'], me(NOT_HEARD), me({ ...NOT_HEARD, total: 2 })),
  so('it has hardly talked', ['check.quiet', 'check.quiet.text'], me({ ...NOT_HEARD, total: 2 }), me(NOT_HEARD)),
  so('some of its far ends have no name', 'check.share', me({ unseen: 8 }), me()),
];
