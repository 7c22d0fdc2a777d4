// SPDX-License-Identifier: MIT
// Sentences of the desk, for whoever leads the room.

import { renderToString } from 'preact-render-to-string';
import { Outcome } from '../../parts/outcome';
import type { Acts } from '../../store/acts';
import { checksOf } from '../../views/desk/checks';
import { deskSaid, type DeskVerb } from '../../views/desk/desk-said';
import type { Key } from '../../i18n';
import { NOW, SECOND, type Patch } from './made-feed';
import { selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const acts: Acts = { leads: true, may: () => true, ask: () => new Promise(() => undefined), own: null };
const ROOM: Patch = { room: { 1: { names_locked: false } } };
const desk = (room = {}, more: Patch = {}): Shown => ({
  view: 'desk',
  acts,
  but: { room: { 1: { names_locked: false, ...room } }, ...more },
});
const stranger: Shown = { view: 'desk', but: ROOM };
const ROUND = { round: 'Quiet', round_since: NOW - 30 * SECOND };

const checks =
  (safe: boolean, but: Patch = {}): Scene =>
  async ({ t }: Words) =>
    checksOf(await selected({ but }), safe)
      .map(({ key, values }) => t(key, values))
      .join('\n');

const says =
  (verb: DeskVerb, words = ''): Scene =>
  ({ t }: Words) =>
    renderToString(<Outcome said={{ ...deskSaid(verb, words), bad: false }} id="a" place={null} t={t} />);

const DONE: readonly (readonly [verb: DeskVerb, key: Key])[] = [
  ['round', 'desk.did.round'],
  ['play', 'desk.did.round'],
  ['time-up', 'desk.did.timeUp'],
  ['round-end', 'desk.did.roundEnd'],
  ['mark', 'desk.did.mark'],
  ['freeze', 'desk.did.freeze'],
  ['release', 'desk.did.release'],
  ['spotlight', 'desk.did.spotlight'],
  ['wall', 'desk.did.wall'],
  ['clear', 'desk.did.clear'],
  ['flush', 'desk.did.flush'],
  ['lock-names', 'desk.did.lock'],
  ['unlock-names', 'desk.did.unlock'],
  ['name', 'desk.did.name'],
];

const NOBODY: Patch = {
  devices: { 1: null, 2: null },
  conversations: { 1: null, 2: null },
  lookups: { 1: null, 2: null },
};

export const DESK: readonly Sentence[] = [
  so('the viewer does not lead', ['desk.stranger', 'desk.strangerText'], stranger, desk()),
  so('devices are seen', 'desk.ready.devices', checks(true), checks(true, NOBODY)),
  so('one may begin', 'desk.begin', desk(), desk(ROUND)),
  so('no device is seen', 'desk.ready.nobody', checks(true, NOBODY), checks(true)),
  so('lookups are read', 'desk.ready.names', checks(true), checks(true, { sources: { 1: { state: 'off' } } })),
  so('lookups are not read', 'desk.ready.blind', checks(true, { sources: { 1: { state: 'off' } } }), checks(true)),
  so(
    'a busy device never asks',
    'desk.ready.silent',
    checks(true, { devices: { 1: { looked_up: null } } }),
    checks(true),
  ),
  so('the page came encrypted', 'desk.ready.safe', checks(true), checks(false)),
  so('the page did not', 'desk.ready.open', checks(false), checks(true)),
  so('no round is on', ['desk.round.start', 'desk.round.untimed'], desk(), desk(ROUND)),
  so('a round is on', 'desk.round.end', desk(ROUND), desk()),
  so('the wall goes on', 'desk.freeze', desk(), desk({ frozen: NOW })),
  so('the wall is frozen', 'desk.release', desk({ frozen: NOW }), desk()),
  so('there is a mark', 'desk.marks', desk({}, { marks: { 1: { at: NOW, text: 'Now' } } }), desk()),
  so('names are free', 'desk.names.lock', desk(), desk({ names_locked: true })),
  so('names are locked', 'desk.names.unlock', desk({ names_locked: true }), desk()),
  so('a person gave a name', 'desk.names.back', desk({}, { devices: { 1: { named: true } } }), desk()),
  ...['desk.clear.ask', 'desk.clear.yes', 'desk.flush.ask', 'desk.flush.yes', 'desk.leave', 'desk.ready'].map((key) =>
    so('always', key as Key, desk(), stranger),
  ),
  ...DONE.map(([verb, key]) => so(`done: ${verb}`, key, says(verb), says(verb === 'mark' ? 'wall' : 'mark'))),
  so('nothing is in the spotlight', 'desk.did.dark', says('spotlight', 'nothing'), says('spotlight', 'device 1')),
];
