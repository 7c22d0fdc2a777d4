// SPDX-License-Identifier: MIT
// Sentences about where the knowledge comes from.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Key } from '../../i18n';
import Envelope from '../envelope';
import { daysAgo } from './home';
import { sentence as so, type Scene, type Sentence } from './sentence';

const KINDS = ['dns', 'companies', 'list', 'cloud', 'city', 'asn', 'leases', 'vendors', 'aliases', 'suffixes'] as const;
const about = { about: '1' };
const source = (kind: string, state: string, rest = {}) => ({
  options: about,
  but: { sources: { 9: { kind, state, ...rest } } },
});
const ADDS = KINDS.map((kind): readonly [string, Key] => [kind, `sources.${kind}.adds`]);

const envelope: Scene = ({ t }) => renderToString(createElement(Envelope, { t }));

export const SOURCES: readonly Sentence[] = [
  so('one asks what can be seen at all', 'envelope.intro', envelope, {}),
  so('always', 'sources.self', {}, null),
  so('one asks where it comes from', 'sources.intro', { options: about }, {}),
  ...ADDS.map(([kind, key]) => so(`the source ${kind} is missing`, key, source(kind, 'missing'), source(kind, 'ok'))),
  so('a source is read', 'sources.state.ok', source('city', 'ok'), {}),
  so('it is not there', ['sources.state.missing', 'sources.lacking'], source('city', 'missing'), source('city', 'ok')),
  so('it cannot be read', 'sources.state.broken', source('city', 'broken'), source('city', 'ok')),
  so('it is switched off', 'sources.state.off', source('city', 'off'), source('city', 'ok')),
  so('it says when it was made', 'sources.built', source('list', 'ok', { built: daysAgo(3) }), {}),
  so('it says how much it has', 'sources.entries', source('list', 'ok', { entries: 12 }), source('list', 'ok')),
  so(
    'lines of it make no sense',
    'sources.skipped',
    source('list', 'ok', { broken: 2 }),
    source('list', 'ok', { broken: 0 }),
  ),
];
