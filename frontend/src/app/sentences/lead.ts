// SPDX-License-Identifier: MIT
// Sentences of whoever leads the room.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Lead, Refusal } from '../lead/lead-panel';
import { sentence as so, type Scene, type Sentence } from './sentence';

const nothing = (): void => undefined;

/** The panel of somebody to whom the broadcaster has said this. */
function panel(role: string, signIn: string): Scene {
  const hello = { protocol: 1, build: '', role, signIn, address: '', sites: [], topics: [], refused: [] };
  return ({ t }) => renderToString(createElement(Lead, { hello, onChanged: nothing, t }));
}
const early: Scene = ({ t }) => renderToString(createElement(Lead, { hello: null, onChanged: nothing, t }));

const refusal =
  (fault: string, wait = 0): Scene =>
  ({ t }) =>
    renderToString(createElement(Refusal, { refused: { done: false, fault, wait }, t }));

const mayTry = panel('participant', 'yes');
const leads = panel('facilitator', 'yes');

export const LEAD: readonly Sentence[] = [
  so('nothing was heard of the server yet', 'lead.early', early, mayTry),
  so('one does not lead the room', 'lead.intro', mayTry, leads),
  so('one leads it', 'lead.signedIn', leads, mayTry),
  so('there is no passphrase', 'lead.none', panel('participant', 'no-passphrase'), mayTry),
  so('others could read it on its way', 'lead.noTls', panel('participant', 'no-tls'), mayTry),
  so('it is another one', 'lead.fault.wrong', refusal('wrong'), refusal('busy', 5)),
  so('it was another one too often', 'lead.fault.slowed', refusal('slowed', 8), refusal('wrong')),
  so('others try as well', 'lead.fault.busy', refusal('busy', 5), refusal('slowed', 8)),
  so('the broadcaster failed', 'lead.fault.broken', refusal('broken'), refusal('offline')),
  so('no answer came', 'lead.fault.other', refusal('offline'), refusal('wrong')),
  so('who led is signed out', 'notice.signedOut', { feed: { ended: 'facilitator' } }, { feed: { ended: 'display' } }),
  so(
    'the link by which it watches has ended',
    'status.ended',
    { feed: { link: 'reconnecting', ended: 'guest' } },
    { feed: { link: 'reconnecting', ended: 'facilitator' } },
  ),
];
