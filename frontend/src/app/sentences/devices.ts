// SPDX-License-Identifier: MIT
// Sentences about devices: in their list, and on the page of one.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { columnsOf } from '../../feed/schema';
import type { Key } from '../../i18n';
import { history, SAMPLES, STEP } from '../../parts/rate-history';
import type { Thing } from '../../store/rows';
import { formatter } from '../../i18n/format';
import { OwnNames } from '../../views/device/lately';
import { conversation, ip } from './home';
import { MINUTE, NOW, type Patch, type Values } from './made-feed';
import { page, selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const cards = (ann: Values = {}, rest: Patch = {}): Shown => ({
  view: 'devices',
  who: '=Ann',
  but: { ...rest, devices: { 1: ann, ...rest.devices } },
});
const named = { devices: { 1: { named: true }, 2: { named: true } } };
/** What devices are known by: nothing says it; nobody may see it. */
const UNSAID: Patch['identities'] = { 1: { host_name: null, mac: null, mac_kind: null, vendor: null } };
const KEPT: Patch = { identities: { 1: null, 2: null }, addresses: { 1: null, 2: null } };
const NOBODY = { devices: { 1: null, 2: null }, lookups: { 1: null, 2: null }, conversations: { 1: null, 2: null } };

const leftOut: Shown = {
  view: 'devices',
  but: { site: { 1: { left_out_up_bytes: 5000, left_out_down_bytes: 70_000, left_out_devices: null } } },
};

const LIST: readonly Sentence[] = [
  so('always', 'devices.spark', { view: 'devices' }, null),
  so('the filter leaves a part', 'devices.spark.all', { view: 'devices', kind: 'video' }, { view: 'devices' }),
  so(
    'one of them is silent',
    'devices.talking',
    { view: 'devices', but: { conversations: { 1: null } } },
    { view: 'devices' },
  ),
  so('a name is made up', 'devices.madeUp', { view: 'devices' }, { view: 'devices', but: named }),
  so('its hardware address is made up', 'devices.random', { view: 'devices', who: '=Bob' }, cards()),
  so('nothing says what it is', 'devices.unknown', cards({}, { identities: UNSAID }), cards()),
  so('part of its talk is ads', 'devices.trackers', { view: 'devices', who: '=Bob' }, cards()),
  so('it has talked with somebody', 'devices.companies', cards(), cards({}, { conversations: { 1: null } })),
  so('it has talked with nobody', 'device.companies.none', cards({}, { conversations: { 1: null } }), cards()),
  so('somebody is left out', 'devices.leftOut', leftOut, { view: 'devices' }),
  so('there is no device', ['devices.none', 'devices.noneText'], { view: 'devices', but: NOBODY }, { view: 'devices' }),
  so(
    'no device is like that',
    ['devices.unlike', 'devices.unlikeText'],
    { view: 'devices', find: 'nowhere' },
    { view: 'devices', find: 'ann' },
  ),
  so(
    'it was asked for',
    'empty.asked',
    { view: 'devices', find: 'px.ads', but: { conversations: { 2: null }, lookups: { 2: { device: 1 } } } },
    { view: 'devices', find: 'nowhere' },
  ),
  so('too few conversations', 'names.early', cards({ total: 2 }), cards()),
  so('all have names', 'names.all', cards(), cards({ unseen: 2 })),
  so('nearly all have names', 'names.most', cards({ unseen: 2 }), cards()),
  so('some have none', 'names.some', cards({ unseen: 8 }), cards()),
  so('most have none', 'names.few', cards({ unseen: 16 }), cards()),
];

const ann = (values: Values = {}, rest: Patch = {}): Shown => ({
  view: 'device',
  alias: 'Ann',
  but: { ...rest, devices: { 1: values, ...rest.devices } },
});
const talk = (values: Values): Shown => ann({}, { conversations: { 1: values } });
const bob: Shown = { view: 'device', alias: 'Bob' };
const DOINGS = ['call', 'stream', 'download', 'upload', 'beacon', 'idle'] as const;
const doing = DOINGS.map((kind): readonly [(typeof DOINGS)[number], Key] => [kind, `device.doing.${kind}`]);
const CAME = NOW - 3 * MINUTE;
const newTalk = (rest: Patch = {}): Shown => ann({}, { conversations: { 1: { seen: CAME }, ...rest.conversations } });

/** The page after two minutes in which it was looked at all the time. */
async function watched(words: Words): Promise<string> {
  const { devices } = await selected(ann());
  for (let i = 0; i <= SAMPLES; i += 1) history.take(devices, NOW + i * STEP);
  const text = await page(ann(), words);
  history.take([], 0);
  return text;
}

/** What the viewer's own device looked up, where nobody else may see it. more: there is more than was told yet. */
const own =
  (more: boolean): Scene =>
  async ({ t, locale }) => {
    const selection = await selected({ kept: ['lookups'] });
    const texts = { t, locale, format: formatter(locale, t) };
    const list = [{ name: 'www.wide.example', asked: NOW, result: 'answered', category: 'video' } as const];
    const lookups = { list, more };
    return renderToString(createElement(OwnNames, { lookups, selection, t, texts, onMore: () => undefined }));
  };

const PAGE: readonly Sentence[] = [
  so('it is not here', 'device.missing', { view: 'device', alias: 'Eve' }, ann()),
  so('the filter shows somebody else', 'device.filtered', { ...ann(), who: '=Bob' }, { ...ann(), who: '=Ann' }),
  so('the filter leaves a part', 'device.narrowed', { ...ann(), kind: 'video' }, ann()),
  so(
    'nothing of it fits the filter',
    'device.noneFits',
    { ...ann(), kind: 'games' },
    ann({}, { conversations: { 1: null }, lookups: { 1: null } }),
  ),
  so('the page was opened or not looked at lately', 'device.pastUnseen', ann(), watched),
  so('it has talked with somebody', 'device.companies', ann(), talk({ device: 2 })),
  so('it has sent data to countries', 'device.countries', ann(), talk({ up_bytes: 0 })),
  so('it has sent nothing', 'device.countries.talked', talk({ up_bytes: 0 }), ann()),
  so('countries are shown', 'how.place', ann(), ann({}, { conversations: { 1: null } })),
  so('it is quiet', 'device.doing.nothing', ann({}, { conversations: { 1: null } }), ann()),
  so('nothing says what it is doing', 'device.doing.unclear', ann(), talk({ behaviour: 'call' })),
  ...doing.map(([kind, key]) => so(`it looks like: ${kind}`, key, talk({ behaviour: kind }), ann())),
  so(
    'always',
    [
      'device.doing.how',
      'device.trackers.how',
      'device.seeing.how',
      'device.how.addresses',
      'device.how.seen',
      'device.how.names',
    ],
    ann(),
    null,
  ),
  so('none of it is ads', 'device.trackers.none', ann(), bob),
  so('some of it is ads', 'device.trackers.some', bob, ann()),
  so('it asked for nothing', 'device.lately.none', ann({}, { lookups: { 1: null } }), ann()),
  so('it asked for names', 'device.lately.all', ann(), ann({}, { lookups: { 1: null } })),
  so('its lookups are not for this viewer', 'device.lately.kept', { ...ann(), kept: ['lookups'] }, ann()),
  so('but of the viewer’s own they are', 'device.lately.own', own(false), { ...ann(), kept: ['lookups'] }),
  so('and there are more of them', 'device.lately.more', own(true), own(false)),
  so('all it talks with is old', 'device.new.none', ann(), newTalk()),
  so('it came just now', 'device.new.early', ann({ seen: CAME }, { conversations: { 1: { seen: CAME } } }), ann()),
  so('connvis began just now', 'device.new.watching', ann({}, { site: { 1: { session: CAME } } }), ann()),
  so('it talks with somebody new, alone', ['device.new.first', 'device.new.alone'], newTalk(), ann()),
  so(
    'it talks with somebody new, as others do',
    'device.new.first',
    newTalk({ conversations: { 3: conversation(2, 1, { seen: CAME }) }, conversation_names: { 3: { name: 1 } } }),
    ann(),
  ),
];

const DNS = { 3: { address: ip('198.51.100.53'), category: 'encrypted-dns', seen: 0 } };
const asks = (values: Values, about: Values = {}): Shown =>
  ann(about, { remotes: DNS, conversations: { 3: conversation(1, 3, values) } });
const PLAIN = { protocol: 17, port: 53, category: 'dns' };
const NOT_HEARD = { looked_up: null };

const SEEING: readonly Sentence[] = [
  so('some far ends have no name', 'device.seeing.share', ann({ unseen: 8 }), ann()),
  so('it is heard asking', 'device.seeing.seen', ann(), ann(NOT_HEARD)),
  so('it is heard, and hides some', 'device.seeing.partly', ann({ hidden_dns: CAME }), ann()),
  so('it hides what it asks', 'device.seeing.hidden', ann({ ...NOT_HEARD, hidden_dns: CAME }), ann()),
  so('it asks elsewhere', 'device.seeing.elsewhere', ann({ ...NOT_HEARD, clear_dns: CAME }), ann()),
  so('it talks and is not heard', 'device.seeing.unseen', ann(NOT_HEARD), ann()),
  so('it has hardly talked', 'device.seeing.quiet', ann({ ...NOT_HEARD, total: 2 }), ann()),
  so('nobody reads lookups', 'device.seeing.blind', ann({}, { sources: { 1: { state: 'missing' } } }), ann()),
  so('it uses a service that hides', 'device.seeing.with', asks({ port: 853 }), asks(PLAIN)),
  so('it used one before', 'device.seeing.used', ann({ hidden_dns: CAME }), asks({ port: 853 }, { hidden_dns: CAME })),
  so('it asks a server in the clear', 'device.seeing.clear', asks(PLAIN), asks({ port: 853 })),
];

const TELEVISION = { thing: 'television', thing_sure: true };
const THINGS = (columnsOf('devices').find(({ name }) => name === 'thing')?.of ?? []) as readonly Thing[];

const HOW: readonly Sentence[] = [
  so('a person named it', 'device.how.named', ann({ named: true }), ann()),
  so('connvis named it', 'device.how.made', ann(), ann({ named: true })),
  ...THINGS.map((thing) => so(`it is some thing: ${thing}`, `thing.${thing}`, ann({ thing, thing_sure: true }), ann())),
  so('it is only probably that', 'thing.probably', ann({ thing: 'lamp' }), ann(TELEVISION)),
  so('it is some thing', ['thing.how', 'thing.how.named'], ann(TELEVISION), ann()),
  so('its maker gave it its address', 'device.how.mac', ann(), bob),
  so('it made up its address', ['device.how.random', 'device.mac.random'], bob, ann()),
  so('its address is not known', 'device.how.address', ann({}, { identities: UNSAID }), ann()),
  so('what it is known by is not for this viewer', ['devices.kept', 'device.how.kept'], ann({}, KEPT), ann()),
  so('it says what it is called', 'device.how.host', ann(), bob),
  so('its maker is known', 'device.how.vendor', ann(), bob),
  so('it is the router', 'device.self', ann({ self: true }), ann()),
  so('it is the viewer’s', 'device.you', { ...ann(), address: '192.0.2.11' }, ann()),
];

export const DEVICES: readonly Sentence[] = [...LIST, ...PAGE, ...SEEING, ...HOW];
