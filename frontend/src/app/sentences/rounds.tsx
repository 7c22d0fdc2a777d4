// SPDX-License-Identifier: MIT
// Sentences of the rounds: on the wall, on the devices of those who take part, and at the desk.

import type { Answer } from '../../feed/errands';
import type { Acts } from '../../store/acts';
import { saidOf } from '../../views/round/guess-part';
import { conversation, ip } from './home';
import { BEGAN, NOW, SECOND, type Patch, type Values } from './made-feed';
import { page, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const acts: Acts = { leads: false, may: () => true, ask: () => new Promise(() => undefined), own: null };
const leads: Acts = { ...acts, leads: true };
const SINCE = NOW - 30 * SECOND;
const OVER: Values = { round_until: NOW - SECOND };

/** One of this kind is on. */
const on = (kind: string, room: Values, more: Patch): Patch => ({
  room: {
    1: { round: 'X', round_since: SINCE, round_until: NOW + 30 * SECOND, round_number: 3, round_kind: kind, ...room },
  },
  ...more,
});
const wall = (kind: string, room: Values = {}, more: Patch = {}): Shown => ({
  view: 'display',
  here: 'http://192.0.2.1:8080/',
  but: on(kind, room, more),
});
/** On Ann’s device. */
const own = (kind: string, room: Values = {}, more: Patch = {}): Shown => ({
  view: 'flows',
  acts,
  address: '192.0.2.11',
  but: on(kind, room, more),
});
/** At the desk, where one is on, or over. */
const led = (kind: string, room: Values = {}, more: Patch = {}): Shown => ({
  view: 'desk',
  acts: leads,
  but: on(kind, room, more),
});
const desk = (more: Patch): Shown => ({
  view: 'desk',
  acts: leads,
  but: { room: { 1: { names_locked: false } }, ...more },
});

const BEGUN: Patch = { conversations: { 1: { seen: NOW - 10 * SECOND } } };
/** Ann’s device. */
const SILENT: Patch = { conversations: { 1: null } };
const NOBODY: Patch = { conversations: { 1: null, 2: null } };
const MANY = Array.from({ length: 70 }, (_, i) => i + 10);
/** Ann’s with as many others, at the same moment. */
const STORM: Patch = {
  remotes: Object.fromEntries(
    MANY.map((id) => [id, { address: ip(`198.51.100.${id}`), seen: NOW, place: null, network: null }]),
  ),
  conversations: Object.fromEntries(MANY.map((id) => [id, conversation(1, id, { seen: NOW - 10 * SECOND })])),
};
const HOW_MANY: Values = { question: 'countries', choices: ['0', '2', '3', '5'] };
const MOST: Values = { question: 'most', choices: ['Ad Firm', 'Wide Video'] };
const answered =
  (answer: Answer): Scene =>
  ({ t }: Words) =>
    t(saidOf(answer));
const refused = (fault: string): Scene => answered({ done: false, fault, sentence: '' } as Answer);

/** Whoever holds the device has opened an app. */
const opened: Scene = async (words: Words) => {
  const kept = JSON.stringify([BEGAN + SINCE, BEGAN + NOW - 5 * SECOND, null]);
  Object.assign(globalThis, { sessionStorage: { getItem: () => kept } });
  try {
    return await page(own('app'), words);
  } finally {
    Reflect.deleteProperty(globalThis, 'sessionStorage');
  }
};

const QUIET: readonly Sentence[] = [
  so('the minute is on', ['round.quiet.first', 'round.quiet.second'], wall('quiet'), wall('quiet', OVER)),
  so('something began', 'round.dots', wall('quiet', {}, BEGUN), wall('quiet')),
  so('nothing began', 'round.dots.none', wall('quiet'), wall('quiet', {}, BEGUN)),
  so('more began than there is room for', 'round.dots.more', wall('quiet', {}, STORM), wall('quiet', {}, BEGUN)),
  so(
    'the minute is over',
    ['round.chatty', 'round.chatty.whom', 'round.chatty.why'],
    wall('quiet', OVER, BEGUN),
    wall('quiet', {}, BEGUN),
  ),
  so('something began, and whoever leads asks', 'round.then.quiet', led('quiet', OVER, BEGUN), led('quiet', OVER)),
  so('nothing began, and whoever leads says why', 'round.then.none', led('quiet', OVER), led('quiet', OVER, BEGUN)),
  so('the viewer’s device began something', 'round.own.dots', own('quiet', OVER, BEGUN), own('quiet', OVER)),
];

const APP: readonly Sentence[] = [
  so('an app is to be opened', 'round.app.first', own('app'), own('app', OVER)),
  so('an app is to be opened by all', 'round.app.second', wall('app'), wall('app', OVER)),
  so('an app is open', 'round.app.open', opened, own('app')),
  so('the time is over', 'round.app.list', own('app', OVER), own('app')),
  so('the device talked with nobody', 'round.app.none', own('app', OVER, SILENT), own('app', OVER)),
  so('it met somebody', 'round.app.after', own('app', OVER, BEGUN), own('app', OVER)),
  so('it talked with somebody whom it knew', 'round.app.before', own('app', OVER), own('app', OVER, BEGUN)),
  so('it talked with somebody', 'round.app.others', own('app', OVER), own('app', OVER, SILENT)),
  so('it met more than one reads', 'round.app.more', own('app', OVER, STORM), own('app', OVER)),
  so(
    'the device is left out',
    'round.app.left',
    { ...own('app'), address: '192.0.2.99', acts: { ...acts, own: { wish: 'left-out', chosen: null, keptBy: 'mac' } } },
    own('app'),
  ),
  so('nobody knows which device it is', 'round.app.unknown', { ...own('app'), address: '192.0.2.99' }, own('app')),
  so('devices met somebody', ['round.met', 'round.devices'], wall('app', {}, BEGUN), wall('app')),
  so('apps were opened, and whoever leads asks', 'round.then.app', led('app', OVER), led('app')),
  so('they met nobody', 'round.met.none', wall('app'), wall('app', {}, BEGUN)),
];

const GUESS: readonly Sentence[] = [
  so(
    'a question is asked',
    ['round.guess.first', 'round.guess.second', 'round.votes'],
    wall('guess', HOW_MANY),
    wall('quiet'),
  ),
  so(
    'it is how many countries',
    ['round.question.countries', 'round.range.below', 'round.range', 'round.range.from'],
    wall('guess', HOW_MANY),
    wall('guess', MOST),
  ),
  so(
    'it is how many companies',
    'round.question.companies',
    wall('guess', { ...HOW_MANY, question: 'companies' }),
    wall('guess', HOW_MANY),
  ),
  so('it is which has most', 'round.question.most', wall('guess', MOST), wall('guess', HOW_MANY)),
  so('there is nothing to ask', 'round.question.none', desk(NOBODY), desk({})),
  so('one may vote', 'round.vote.final', own('guess', MOST), own('guess', { ...MOST, ...OVER })),
  so('one may not vote', 'round.vote.watch', { ...own('guess', MOST), acts: null }, own('guess', MOST)),
  so('the vote was counted', 'round.vote.done', answered({ done: true, result: {} }), refused('vote-twice')),
  so('the device has voted', 'round.vote.twice', refused('vote-twice'), refused('vote-over')),
  so('the time was over', 'round.vote.over', refused('vote-over'), refused('busy')),
  so('it was refused', 'round.vote.failed', refused('busy'), refused('vote-over')),
  so(
    'so many countries are the answer',
    ['round.count.countries', 'round.top'],
    wall('guess', { ...HOW_MANY, ...OVER }),
    wall('guess', HOW_MANY),
  ),
  so(
    'so many companies are the answer',
    'round.count.companies',
    wall('guess', { ...HOW_MANY, ...OVER, question: 'companies' }),
    wall('guess', { ...MOST, ...OVER }),
  ),
  so(
    'whoever leads asks about countries',
    'round.then.countries',
    led('guess', { ...HOW_MANY, ...OVER }),
    led('guess', HOW_MANY),
  ),
  so(
    'or about companies',
    'round.then.companies',
    led('guess', { ...HOW_MANY, ...OVER, question: 'companies' }),
    led('guess', { ...HOW_MANY, ...OVER }),
  ),
  so('or about what was sent', 'round.then.most', led('guess', { ...MOST, ...OVER }), led('guess', MOST)),
];

export const ROUNDS: readonly Sentence[] = [...QUIET, ...APP, ...GUESS];
