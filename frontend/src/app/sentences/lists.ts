// SPDX-License-Identifier: MIT
// Sentences about lookups and single connections.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Key } from '../../i18n';
import { formatter } from '../../i18n/format';
import { buildBars } from '../../views/domains/domain-bars';
import { AskedList } from '../../views/domains/asked-list';
import { buildLines, COLUMNS } from '../../views/connections/connection-lines';
import { Reason } from '../../views/connections/connections-view';
import { Table } from '../../views/connections/connection-table';
import { ip } from './home';
import { entriesOf, MINUTE, NOW, type Patch, type Values } from './made-feed';
import { selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const domains = (but: Patch = {}, rest: Partial<Shown> = {}): Shown => ({ view: 'domains', but, ...rest });
const lookup = (values: Values, rest: Partial<Shown> = {}): Shown => domains({ lookups: { 1: values } }, rest);
const many = (count: number): Patch => {
  const ids = Array.from({ length: count }, (_, i) => i + 10);
  return {
    names: Object.fromEntries(ids.map((id) => [id, { name: `n${id}.example`, domain: `n${id}.example` }])),
    lookups: Object.fromEntries(
      ids.map((id) => [id, { asked: NOW, count: 1, device: 1, name: id, result: 'answered' }]),
    ),
  };
};
const full = (names: string): Shown => domains(many(60), { options: { names } });
const site = (values: Values): Shown => domains({ site: { 1: values } });
const NO_LOOKUPS: Patch = { lookups: { 1: null, 2: null }, site: { 1: { lookups: 0 } } };
const RESULTS = ['nodata', 'nxdomain', 'blocked', 'failed'] as const;

/** What a bar opens to. */
function asked(shown: Shown): Scene {
  return async ({ t, locale }: Words) => {
    const selection = await selected(shown);
    const format = formatter(locale, t);
    const settings = { bars: 'times', naming: 'short', results: 'all', all: false } as const;
    const [bar] = buildBars(selection.lookups, settings, selection.now).shown;
    if (!bar) throw new Error('there is no bar');
    const nothing = (): void => undefined;
    const texts = { t, locale, format };
    const { lookups } = selection;
    return renderToString(
      createElement(AskedList, { ...settings, bar, lookups, selection, texts, onTarget: nothing, onView: nothing }),
    );
  };
}

const wide: Shown = { who: '=Ann' };
const result = RESULTS.map((word): readonly [string, Key] => [word, `result.${word}`]);

const DOMAINS: readonly Sentence[] = [
  so('all fit', 'domains.tally.all', domains(), domains(many(60))),
  so('always', 'legend.faded.asked', domains(), null),
  so('more than fit', ['domains.tally.some', 'domains.other.short', 'domains.more'], domains(many(60)), domains()),
  so('more, by whole names', 'domains.other.full', full('full'), full('company')),
  so('more, by company', 'domains.other.company', full('company'), full('full')),
  so(
    'all that can be listed are',
    'domains.fewer',
    domains(many(60), { options: { domains: 'all' } }),
    domains(many(60)),
  ),
  so(
    'one of its lookups was blocked',
    'domains.blockedSome',
    domains({ lookups: { 3: { asked: NOW, count: 1, device: 2, name: 1, result: 'blocked' } } }),
    domains(),
  ),
  so(
    'one of its lookups failed',
    'domains.failedSome',
    domains({ lookups: { 3: { asked: NOW, count: 1, device: 2, name: 1, result: 'failed' } } }),
    domains(),
  ),
  so('each was blocked', 'result.blocked', lookup({ result: 'blocked' }), domains()),
  so('there is no such name', 'result.nxdomain', lookup({ result: 'nxdomain' }), lookup({ result: 'failed' })),
  so('each failed', 'result.failed', lookup({ result: 'failed' }), lookup({ result: 'nxdomain' })),
  ...result.map(([word, key]) =>
    so(`the answer was: ${word}`, key, asked({ ...wide, but: { lookups: { 1: { result: word } } } }), asked(wide)),
  ),
  so(
    'no answer was seen',
    'result.unknown',
    asked({ ...wide, but: { lookups: { 1: { result: null } } } }),
    asked(wide),
  ),
  so(
    'it was asked for more than once',
    'domains.times',
    asked(wide),
    asked({ ...wide, but: { lookups: { 1: { count: 1 } } } }),
  ),
  so('always, where a bar is open', 'domains.how', asked(wide), null),
  so('everybody is shown', 'domains.reach', asked({}), asked(wide)),
  so(
    'a busy device is not heard',
    'domains.silent',
    domains({ devices: { 1: { looked_up: null } } }),
    domains({ devices: { 1: { looked_up: null, total: 2 } } }),
  ),
  so('lines of the log were lost', 'domains.lost', site({ lookup_losses: 1 }), site({ full_lookups: 1 })),
  so('lookups did not fit', 'domains.forgotten', site({ full_lookups: 1 }), site({ lookup_losses: 1 })),
  so(
    'nobody reads lookups',
    ['domains.blind', 'domains.blindText'],
    domains({ ...NO_LOOKUPS, sources: { 1: { state: 'missing' } } }),
    domains(NO_LOOKUPS),
  ),
  so(
    'they are not for this viewer',
    ['domains.kept', 'domains.keptText'],
    domains({}, { kept: ['lookups'] }),
    domains(NO_LOOKUPS),
  ),
  so(
    'nor those of others, but the viewer has a device',
    'domains.kept.own',
    domains({}, { kept: ['lookups'], address: '192.0.2.11' }),
    domains({}, { kept: ['lookups'] }),
  ),
  so('nobody has asked yet', ['domains.none', 'domains.noneText'], domains(NO_LOOKUPS), domains()),
  so(
    'no lookup is like that',
    ['domains.filtered', 'domains.filteredText'],
    domains({}, { find: 'nowhere' }),
    domains(),
  ),
  so(
    'it was talked with',
    'empty.talked',
    domains({ lookups: { 2: null } }, { find: 'px.ads' }),
    domains({}, { find: 'nowhere' }),
  ),
  so(
    'nothing was blocked',
    ['domains.none.blocked', 'domains.none.resultText'],
    domains({}, { options: { result: 'blocked' } }),
    lookup({ result: 'blocked' }, { options: { result: 'blocked' } }),
  ),
  so(
    'nothing failed',
    'domains.none.failed',
    domains({}, { options: { result: 'failed' } }),
    lookup({ result: 'failed' }, { options: { result: 'failed' } }),
  ),
];

const playback = { at: 1000, length: 60_000, began: 0, speed: 1, faulty: false };
const single = (rest: Partial<Shown> = {}): Shown => ({ view: 'connections', ...rest });
const recorded = (rest: Partial<Shown> = {}): Shown => single({ playback, ...rest });
const topics = (names: string[], refused: string[] = []): Partial<Shown> => ({
  feed: {
    hello: {
      protocol: 1,
      build: '',
      role: 'viewer',
      signIn: '',
      address: '',
      sites: [],
      topics: names,
      refused,
      certificate: '',
    },
  },
});
const ENTRY: Values = {
  active: NOW,
  state: 'ESTABLISHED',
  status: 2,
  expires: NOW + MINUTE,
  conversation: 1,
  protocol: 6,
  orig_src: ip('192.0.2.11'),
  orig_dst: ip('198.51.100.1'),
  reply_src: ip('198.51.100.1'),
  reply_dst: ip('192.0.2.11'),
  orig_sport: 40_000,
  orig_dport: 443,
  reply_sport: 443,
  reply_dport: 40_000,
  seen: NOW - MINUTE,
};

/** The list of one entry, which then may go. */
function listed(values: Values, goes = false): Scene {
  return async ({ t, locale }: Words) => {
    const selection = await selected({});
    const rows = await entriesOf({ 1: { ...ENTRY, ...values } }, goes ? { 1: null } : {}, selection);
    const { lines } = buildLines(
      rows,
      selection,
      { only: null, kind: 'all', find: '', leftOut: true },
      t,
      (state) => state,
    );
    const nothing = (): void => undefined;
    return renderToString(
      createElement(Table, {
        ...{
          lines,
          columns: [...COLUMNS, 'source', 'expires'],
          now: NOW,
          sorting: { column: 'seen', turned: false },
          t,
        },
        ...{ size: 'laptop', scale: 1, format: formatter(locale, t), onSorting: nothing, onTarget: nothing },
      }),
    );
  };
}
/** Nothing is listed: of all, or of what a filter leaves. */
function none(all: boolean): Scene {
  return async ({ t, locale }: Words) => {
    const selection = await selected({});
    const list = { lines: [], there: 0, total: all ? 0 : 5, leftOut: 0 };
    const rest = { list, selection, t, locale, recorded: false, kind: 'all', find: '' } as const;
    return renderToString(createElement(Reason, { ...rest, onView: () => undefined }));
  };
}
const state = (name: string | null, status = 2): Scene => listed({ state: name, status });
const STATES = [
  ['beginning', 'SYN_SENT'],
  ['closing', 'FIN_WAIT'],
  ['closed', 'CLOSE'],
] as const;

const CONNECTIONS: readonly Sentence[] = [
  so(
    'a name is made up',
    'devices.madeUp',
    single(),
    single({ but: { devices: { 1: { named: true }, 2: { named: true } } } }),
  ),
  so('a recording is shown', ['connections.recorded', 'connections.conversations.all'], recorded(), single()),
  so('a filter leaves out some of it', 'connections.conversations', recorded({ find: 'wide' }), recorded()),
  so(
    'they are not for this viewer',
    ['connections.kept', 'connections.keptText'],
    single(topics(['overview'], ['connections'])),
    single(topics(['overview'])),
  ),
  so(
    'the server sends none',
    ['connections.off', 'connections.offText'],
    single(topics(['overview'])),
    single(topics(['overview', 'connections'])),
  ),
  so('they were asked for, and have not come', ['connections.wait', 'connections.waitText'], single(), recorded()),
  so(
    'there are none',
    ['connections.none', 'connections.noneThen'],
    recorded({ but: { conversations: { 1: null, 2: null } } }),
    recorded(),
  ),
  so('the router has none', ['connections.none', 'connections.noneText'], none(true), none(false)),
  so('no connection is like that', 'empty.filterText', recorded({ find: 'nowhere' }), recorded()),
  so('there are some', ['connections.keys', 'connections.left'], listed({}), single()),
  ...STATES.map(([word, kernel]) =>
    so(`the kernel says ${kernel}`, `state.${word}`, state(kernel), state('ESTABLISHED')),
  ),
  so('it is established', 'state.open', state('ESTABLISHED'), state('SYN_SENT')),
  so('nobody answers', 'state.silent', state(null, 0), state(null, 2)),
  so('it has gone', 'state.gone', listed({}, true), listed({})),
];

export const LISTS: readonly Sentence[] = [...DOMAINS, ...CONNECTIONS];
