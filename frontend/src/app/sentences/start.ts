// SPDX-License-Identifier: MIT
// Sentences of the start page.

import { conversation } from './home';
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
/** Ann’s, with an advertiser as well. */
const ads = { conversations: { 3: conversation(1, 2) }, conversation_names: { 3: { name: 2 } } };

export const START_PAGE: readonly Sentence[] = [
  so('always', 'landing.what', start, null),
  so(
    'always: what the views are',
    ['landing.flows', 'landing.map', 'landing.domains', 'landing.devices', 'landing.connections', 'landing.display'],
    start,
    null,
  ),
  so('nobody talks', 'empty.text', { ...start, but: nobody }, start),
  so('the viewer’s device is here', ['landing.you', 'landing.youMade', 'check.title'], me(), start),
  so('a name is made up, and nobody’s here', 'devices.madeUp', start, { ...start, but: named }),
  so('a person gave it its name', 'landing.youText', me({ named: true }), me()),
  so('the viewer is a wall', 'landing.screen', { ...me(), size: 'wall' }, me()),
  so('it is not', ['landing.yours', 'landing.find'], start, me()),
  so('the page was opened on the machine itself', 'landing.localText', local, start),
  so(
    'a device of each of two networks has the viewer’s address',
    'who.me.ambiguous',
    { ...me(), together: true },
    { ...start, together: true },
  ),
  so('it talked lately', ['landing.lately', 'landing.lately.companies', 'landing.lately.most'], me(), me({}, nobody)),
  so('it talked with nobody for ads', 'landing.lately.noAds', me(), me({}, ads)),
  so('it talked with somebody for ads', 'landing.lately.ads', me({}, ads), me()),
  so('it talked with nobody', 'landing.lately.none', me({}, nobody), me()),
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
