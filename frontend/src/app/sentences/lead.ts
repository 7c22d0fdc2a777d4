// SPDX-License-Identifier: MIT
// Sentences of whoever leads the room.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { JoinLink } from '../lead/join-link';
import { Lead } from '../lead/lead-panel';
import { LinkList, MadeLink } from '../lead/links';
import { Refusal } from '../lead/refusal';
import { sentence as so, type Scene, type Sentence } from './sentence';

const nothing = (): void => undefined;

/** The panel of somebody to whom the broadcaster has said this. */
function panel(role: string, signIn: string): Scene {
  const hello = {
    ...{ protocol: 1, build: '', role, signIn, address: '', certificate: '' },
    ...{ sites: [], topics: [], refused: [] },
  };
  return ({ t, locale }) =>
    renderToString(createElement(Lead, { hello, onChanged: nothing, onClose: nothing, onDesk: nothing, t, locale }));
}
const early: Scene = ({ t, locale }) =>
  renderToString(
    createElement(Lead, { hello: null, onChanged: nothing, onClose: nothing, onDesk: nothing, t, locale }),
  );

const LINK: JoinLink = {
  ...{ id: '0123abcd', role: 'guest', once: false, used: false },
  ...{ until: Date.UTC(2026, 3, 1), viewers: 0, token: 'A'.repeat(43) },
};
/** Where one of the links is so; null: there is none. */
function listed(rest: Partial<JoinLink> | null): Scene {
  const links = rest ? [{ ...LINK, ...rest }] : [];
  return ({ t, locale }) => renderToString(createElement(LinkList, { links, onRevoke: nothing, t, locale }));
}
const made =
  (here: string): Scene =>
  ({ t }) =>
    renderToString(createElement(MadeLink, { link: LINK, here: new URL(here), t }));

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
  so('too many links are good', 'lead.fault.too-many', refusal('too-many'), refusal('broken')),
  so('one who leads may make links', 'lead.othersText', leads, mayTry),
  so('a link was made', 'lead.made', made('https://router/'), listed({})),
  so('others cannot come by it', 'lead.madeLocal', made('http://localhost:8080/'), made('https://router/')),
  so('no link is good', 'lead.links.none', listed(null), listed({})),
  so('it ends when it is revoked', 'lead.link.forever', listed({ until: null }), listed({})),
  so('it ends by itself', 'lead.link.until', listed({}), listed({ until: null })),
  so('it is for one', 'lead.link.once', listed({ once: true }), listed({ once: true, used: true })),
  so('who has come', 'lead.link.used', listed({ once: true, used: true }), listed({ used: true })),
  so('somebody watches by it', 'lead.link.watching', listed({ viewers: 2 }), listed({})),
  so('no answer came', 'lead.fault.other', refusal('offline'), refusal('wrong')),
  so('who led is signed out', 'notice.signedOut', { feed: { ended: 'facilitator' } }, { feed: { ended: 'display' } }),
  so(
    'the link by which it watches has ended',
    'status.ended',
    { feed: { link: 'reconnecting', ended: 'guest' } },
    { feed: { link: 'reconnecting', ended: 'facilitator' } },
  ),
];
