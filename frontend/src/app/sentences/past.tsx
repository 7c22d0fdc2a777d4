// SPDX-License-Identifier: MIT
// Sentences of what happened: one for each kind of event.

import { renderToString } from 'preact-render-to-string';
import { formatter } from '../../i18n/format';
import { Story } from '../../parts/past/past-list';
import { sayEvent } from '../../parts/past/say-event';
import { Since } from '../../parts/past/since-looked';
import type { EventKind, Party, PastEvent } from '../../store/past';
import { MINUTE, NOW, SECOND } from './made-feed';
import { selected, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const device: PastEvent['device'] = { id: 1, gone: null, alias: 'Ann', here: null };
const party: Party = {
  ...{ id: 1, gone: null, company: 'Tuya', name: null, network: null, asn: null, special: null },
  ...{ category: null, country: 'CN' },
};

function event(kind: EventKind, values: Partial<PastEvent> = {}): PastEvent {
  const usual = {
    id: 1,
    gone: null,
    at: NOW - MINUTE,
    device,
    party,
    amount: 5_000_000,
    text: 'Bingo',
    first: false,
    more: 0,
  };
  return { ...usual, kind, ...values };
}

const said =
  (...events: readonly PastEvent[]): Scene =>
  ({ t, locale }: Words) =>
    events.map((one) => sayEvent(one, { me: null }, { t, format: formatter(locale, t) })).join('\n');

const nothing = (): void => undefined;

/** about: the first device of the home. */
const story =
  (events: readonly PastEvent[], ofDevice = false): Scene =>
  async ({ t, locale }: Words) => {
    const selection = await selected({});
    const about = ofDevice ? (selection.devices[0] ?? null) : null;
    const ways = { onTarget: nothing, onDevice: nothing, onNames: nothing };
    return renderToString(<Story {...{ selection, about, t, locale, ...ways }} past={{ events, hours: 24 }} />);
  };

/** Who looked last an hour ago. */
const since =
  (events: readonly PastEvent[]): Scene =>
  async ({ t, locale }: Words) => {
    const selection = await selected({});
    const words = { t, format: formatter(locale, t) };
    return renderToString(<Since {...{ events, selection, words }} since={selection.date - 60 * MINUTE} />);
  };

const someone = (id: number): PastEvent => event('joined', { id, device: { ...device, id, alias: `Guest ${id}` } });

/** Of each kind its own, and not another's. */
const KINDS = [
  ...([
    'joined',
    'back',
    'left',
    'upload',
    'upload-ended',
    'download',
    'download-ended',
    'call',
    'call-ended',
  ] as const),
  ...(['blocked', 'failed', 'round', 'round-ended', 'mark', 'gap'] as const),
];

export const PAST: readonly Sentence[] = [
  ...KINDS.map((kind) => so(`${kind} happened`, `past.${kind}`, said(event(kind)), said(event('company')))),
  ...(['company', 'country', 'tracker'] as const).flatMap((kind) => [
    so(`it met the ${kind} for the first time`, `past.${kind}`, said(event(kind)), said(event(kind, { first: true }))),
    so(
      `it was the first to meet the ${kind}`,
      `past.${kind}.first`,
      said(event(kind, { first: true })),
      said(event(kind)),
    ),
  ]),
  so('nobody knows who', 'past.someone', said(event('back', { device: null })), said(event('back'))),
  so('nobody knows with whom', 'past.unnamed', said(event('call', { party: null })), said(event('call'))),
  so(
    'only whose the address is is known',
    'finding.owned',
    said(event('call', { party: { ...party, company: null, network: 'Example Net' } })),
    said(event('call', { party: { ...party, network: 'Example Net' } })),
  ),
  so('there was more', 'past.more', story([event('back', { more: 12 })]), story([event('back')])),
  so(
    'there is more to show',
    'past.older',
    story(Array.from({ length: 6 }, (_, i) => someone(i + 1))),
    story(Array.from({ length: 5 }, (_, i) => someone(i + 1))),
  ),
  so('nothing happened', 'past.none', story([]), story([event('back')])),
  so('of all', 'past.title', story([]), story([], true)),
  so('of one device', 'past.title.device', story([], true), story([])),
  so('somebody came meanwhile', ['since.title', 'since.devices'], since([event('joined')]), since([event('left')])),
  so(
    'somebody new is for ads',
    'since.trackers',
    since([event('tracker', { first: true })]),
    since([event('tracker', { first: true, at: NOW - 61 * MINUTE - SECOND })]),
  ),
  so('more came than are named', 'since.more', since([1, 2, 3, 4].map(someone)), since([1, 2, 3].map(someone))),
];
