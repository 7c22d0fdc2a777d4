// SPDX-License-Identifier: MIT
// Sentences of the panel of details.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { formatter } from '../../i18n/format';
import { CATEGORIES } from '../../store/category';
import { FarEnd } from '../../views/detail/targets';
import { MINUTE, NOW, type Patch, type Values } from './made-feed';
import { selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const device = (values: Values = {}, alias = 'Ann'): Shown => ({
  target: { kind: 'device', alias },
  but: { devices: { 1: values } },
});
const group = (but: Patch = {}, rest: Partial<Shown> = {}): Shown => ({
  target: { kind: 'group', by: 'network', key: 'Wide Net' },
  but,
  ...rest,
});
/** Of Ann and the video service, where one of these is so. */
const talk = (values: Values = {}, rest: Patch = {}): Shown => ({
  target: { kind: 'link', alias: 'Ann', by: 'company', key: 'Wide Video' },
  but: { ...rest, conversations: { 1: values, ...rest.conversations } },
});
const ALONE: Patch = { conversations: { 2: null } };
/** The far end of Ann’s conversation, of which no device asked for the name. */
const nameless = (remote: Values): Shown =>
  group(
    { conversations: { 2: null }, remotes: { 1: remote }, conversation_names: { 1: null }, remote_names: { 1: null } },
    { target: { kind: 'group', by: 'country', key: remote.special ? '~multicast' : 'FI' } },
  );
const place = (values: Values): Shown => group({ ...ALONE, remotes: { 1: values } });
const usual = group(ALONE);
/** Bob talks with what only Ann asked for. */
const guessed: Patch = { conversations: { 2: { remote: 1 } }, conversation_names: { 2: null } };
const ofBob: Partial<Shown> = { target: { kind: 'link', alias: 'Bob', by: 'company', key: '~?wide.example' } };

const BEHAVIOURS = ['download', 'upload', 'stream', 'call', 'beacon', 'idle'] as const;
const summed: Patch = {
  sums: { 1: { active: NOW, up_bytes: 5, down_bytes: 5, conversations: 3, total: 3, seen: 0, device: 1, company: 1 } },
};

/** What a target opens to. */
function far(names: Values): Scene {
  return async ({ t, locale }: Words) => {
    const selection = await selected({ but: { remote_names: { 1: names } } });
    const [one] = selection.conversations;
    if (!one) throw new Error('there is no conversation');
    const texts = { t, locale, format: formatter(locale, t) };
    return renderToString(createElement(FarEnd, { one, selection, texts, withDevice: true }));
  };
}

const PANEL: readonly Sentence[] = [
  so(
    'what was picked is not here',
    ['detail.gone', 'detail.goneText'],
    { target: { kind: 'places', places: ['XX||'] } },
    group(),
  ),
  so('connvis named the device', 'know.alias.made', device(), device({ named: true })),
  so('it is some thing', ['thing.is', 'thing.alias'], device({ thing: 'lamp' }), device()),
  so('a person named it', 'know.alias.given', device({ named: true }), device()),
  so('its maker gave it its address', 'device.mac.vendor', device(), device({}, 'Bob')),
  so('far ends without a name', ['detail.unseenShare', 'detail.unseenWhy'], device({ unseen: 5 }), device()),
  so('and it hides what it asks', 'detail.unseenHidden', device({ unseen: 5, hidden_dns: NOW }), device({ unseen: 5 })),
  so('devices have talked with it', 'detail.reach', group(), device()),
  so(
    'fewer do now',
    'detail.reachNow',
    group({ conversations: { 2: { open: 0, active: NOW - 2 * MINUTE } } }),
    group(),
  ),
  so(
    'it was asked for by names',
    'detail.names',
    group(),
    group({ remote_names: { 1: { names: null }, 2: { names: null } } }),
  ),
  so('a conversation has ended', 'detail.ended', talk({ open: 0, active: NOW - 2 * MINUTE }), talk()),
  so('some are kept as a sum', 'detail.summed', talk({}, summed), talk()),
  so('the far end began it', 'detail.inbound', talk({ inbound: true }), talk()),
  so('it is for ads', 'detail.tracker', { options: { table: '1' } }, { options: { table: '1' }, find: 'www' }),
  so(
    'a part of it is',
    'detail.trackerSome',
    { options: { table: '1', by: 'network' } },
    { options: { table: '1', by: 'network' }, but: ALONE },
  ),
  ...BEHAVIOURS.map((kind) => so(`it looks like: ${kind}`, `behaviour.${kind}`, talk({ behaviour: kind }), talk())),
  so('the address had names', 'detail.addressNames', far({}), far({ names: null })),
  so('and others that are not kept', 'detail.addressMore', far({ more_names: 2 }), far({})),
];

const NAME: readonly Sentence[] = [
  so('the device asked for the name', 'know.own', usual, nameless({})),
  so(
    'it and others did',
    'know.ownMany',
    group({
      conversations: { 2: { remote: 1 } },
      conversation_names: { 2: { name: 1 } },
      lookups: { 2: { name: 1 } },
      remote_names: { 1: { names: [1, 2] } },
    }),
    usual,
  ),
  so('its answer is not kept', 'know.earlier', group({ ...ALONE, remote_names: { 1: { names: null } } }), usual),
  so('another device asked', ['know.other', 'name.guess'], group(guessed, ofBob), usual),
  so(
    'another did, and the answer is not kept',
    'how.dns-other',
    group({ ...guessed, remote_names: { 1: { names: null } } }, ofBob),
    group(guessed, ofBob),
  ),
  so('a cloud’s range has it', 'know.cloud', nameless({ cloud: 'Cloud north-1' }), nameless({})),
  so('only its network is known', 'know.network', nameless({}), nameless({ network: null })),
  so(
    'it is a special address',
    'how.special',
    nameless({ network: null, special: 'multicast' }),
    nameless({ network: null }),
  ),
  so('nothing is known', 'know.address', nameless({ network: null }), nameless({})),
  so('nobody asked for a name', 'know.unasked', nameless({}), usual),
  so('names are not for this viewer', 'know.kept', { ...nameless({}), kept: ['lookups'] }, nameless({})),
  so(
    'no file says whose network it is',
    'how.network',
    group({ ...ALONE, sources: { 4: { state: 'missing' } } }),
    usual,
  ),
  so('connvis’s table says whose it is', 'how.builtin', usual, group({ ...ALONE, names: { 1: { list: null } } })),
  so('a list of one’s own does', 'how.list', group({ ...ALONE, names: { 1: { list: 5 } } }), usual),
  so('a cloud’s list does', 'how.cloud', group({ ...ALONE, sources: { 2: { kind: 'cloud' } } }), usual),
];

/** Ann talks with a company of this name. */
const company = (name: string): Shown =>
  group({ ...ALONE, companies: { 1: { name } } }, { target: { kind: 'group', by: 'company', key: name } });

const COMPANY: readonly Sentence[] = [
  so('it is known what the company does', 'detail.knownFor', company('Akamai'), company('Wide Video')),
  so('and from where it is', 'detail.companyFrom', company('Akamai'), company('Wikimedia')),
];

const PLACE: readonly Sentence[] = [
  so('names tell that it is a server', 'detail.server', usual, nameless({})),
  so('the city is known', 'how.place', usual, place({ place: null })),
  so('only the country is', 'how.placeCountry', group({ ...ALONE, places: { 1: { city: null } } }), usual),
  so('nobody knows where', 'know.nowhere', place({ place: null }), usual),
  so('it is in many places', 'know.anycast', place({ anycast: true }), usual),
  so('a cloud says where', 'know.region', place({ cloud: 'Cloud north-1' }), usual),
];

const ofKind = (category: string | null): Shown => group({ ...ALONE, names: { 1: { category } } });
const KIND: readonly Sentence[] = CATEGORIES.map((category, i) =>
  so(`it is of the kind ${category}`, `purpose.${category}`, ofKind(category), ofKind(CATEGORIES[i - 1] ?? null)),
);

export const DETAILS: readonly Sentence[] = [...PANEL, ...NAME, ...KIND, ...COMPANY, ...PLACE];
