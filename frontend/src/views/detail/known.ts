// SPDX-License-Identifier: MIT
// How we know: for the name, the company, the network and the place of what is picked, one line for each way in which it is
// known. Pure.

import { categoryText } from '../../store/category';
import type { Answer, Conversation, How, Name, Source } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { compareText } from '../../parts/steps';
import { ago, dateText, listText, placeText, type Texts } from '../../parts/text';
import { isolate } from '../../parts/characters';
import { purposeText } from './purpose';

export interface Known {
  readonly about: 'name' | 'company' | 'network' | 'place' | 'server';
  readonly text: string;
  /** Who says so. */
  readonly source: string;
  /** Of a company: what services of its kind do. Once for each kind. */
  readonly purpose?: string;
}

type Sources = Pick<Selection, 'now' | 'sources' | 'lookupsTold' | 'lookupsComing'>;

const HOWS: readonly How[] = ['dns', 'dns-other', 'cloud', 'network', 'special', 'address'];
/** More lines about one thing would be a table. */
const LINES = 3;

function latest(answers: readonly Answer[]): Answer | null {
  return answers.reduce<Answer | null>((best, one) => (best && best.time >= one.time ? best : one), null);
}

function answersFor(
  conversations: readonly Conversation[],
  fits: (answer: Answer, conversation: Conversation) => boolean,
): Answer[] {
  return conversations.flatMap((one) => one.remote.answers.filter((answer) => fits(answer, one)));
}

function askedText(
  how: 'dns' | 'dns-other',
  conversations: readonly Conversation[],
  now: number,
  texts: Texts,
): string {
  const { t } = texts;
  const own = how === 'dns';
  const answers = answersFor(
    conversations,
    ({ lookup }, one) => lookup.name === one.asked && (!own || lookup.device === one.device),
  );
  const last = latest(answers);
  const devices = new Set(own ? conversations.map((one) => one.device) : answers.map(({ lookup }) => lookup.device));
  const device = last?.lookup.device ?? [...devices][0];
  if (!device) return t('how.dns-other');
  const values = { device: isolate(device.alias), age: last ? ago(now - last.time, texts) : t('know.earlier') };
  if (!own) return t('know.other', values);
  return devices.size > 1 ? t('know.ownMany', { ...values, n: devices.size - 1 }) : t('know.own', values);
}

function howText(
  how: How,
  conversations: readonly Conversation[],
  { now, lookupsTold, lookupsComing }: Sources,
  texts: Texts,
): string {
  const { t } = texts;
  const remote = conversations[0]?.remote;
  const unnamed = lookupsComing ? '' : ` ${t(lookupsTold ? 'know.unasked' : 'know.kept')}`;
  switch (how) {
    case 'dns':
    case 'dns-other':
      return askedText(how, conversations, now, texts);
    case 'cloud':
      return `${t('know.cloud', { cloud: isolate(remote?.cloud ?? '') })}${unnamed}`;
    case 'network':
      // the sentence has a full stop of its own behind "Inc."
      return `${t('know.network', { network: isolate((remote?.network?.name ?? '').replace(/\.$/, '')) })}${unnamed}`;
    case 'special':
      return t('how.special');
    case 'address':
      return `${t('know.address')}${unnamed}`;
  }
}

function nameLines(conversations: readonly Conversation[], sources: Sources, texts: Texts): Known[] {
  const lines = HOWS.flatMap((how) => {
    const some = conversations.filter((one) => one.how === how);
    return some.length === 0 ? [] : [{ n: some.length, text: howText(how, some, sources, texts) }];
  });
  return lines
    .slice(0, LINES)
    .map(({ n, text }) => ({ about: 'name', text, source: lines.length > 1 ? texts.t('detail.targets', { n }) : '' }));
}

function distinct(lines: readonly Known[]): Known[] {
  return [...new Map(lines.map((line) => [`${line.text}\n${line.source}`, line])).values()].slice(0, LINES);
}

function companyLine({ company, category, list }: Pick<Name, 'company' | 'category' | 'list'>, texts: Texts): Known[] {
  const parts = [company ? isolate(company.name) : '', category === null ? '' : categoryText(category, texts.t)].filter(
    (part) => part !== '',
  );
  if (parts.length === 0) return [];
  const purpose = category === null ? '' : purposeText(category, texts.t);
  return [{ about: 'company', text: parts.join(' · '), source: listText(list, texts), purpose }];
}

function companyLines(conversations: readonly Conversation[], texts: Texts): Known[] {
  const lines = distinct(
    conversations.flatMap((one) => companyLine(one, texts)).sort((a, b) => compareText(a.text, b.text)),
  );
  const first = ({ purpose }: Known, i: number): boolean => lines.findIndex((one) => one.purpose === purpose) === i;
  return lines.map((line, i) => (first(line, i) ? line : { ...line, purpose: '' }));
}

/** As `GeoLite2-City, 23 May 2025`: the file that said so. */
export function fileText(kind: 'city' | 'asn', sources: readonly Source[], { locale }: Pick<Texts, 'locale'>): string {
  const file = sources.find((source) => source.kind === kind && source.state === 'ok');
  if (!file) return '';
  const date = file.built === null ? '' : dateText(file.built, locale);
  return [isolate(file.type ?? file.name ?? file.kind), date].filter((part) => part !== '').join(', ');
}

function networkLine({ remote }: Conversation, { sources }: Sources, texts: Texts): Known[] {
  const { network } = remote;
  if (!network || network.name === '') return [];
  const number = network.asn === null ? '' : `AS${network.asn} `;
  return [
    {
      about: 'network',
      text: number + isolate(network.name),
      source: fileText('asn', sources, texts) || texts.t('how.network'),
    },
  ];
}

function placeLine({ remote }: Conversation, { sources }: Sources, texts: Texts): Known[] {
  const { place, cloud, special, anycast } = remote;
  const { t } = texts;
  if (special !== null) return [];
  if (anycast) return [{ about: 'place', text: t('know.anycast'), source: '' }];
  const text = placeText(place, texts);
  if (!place || text === '') return [{ about: 'place', text: t('know.nowhere'), source: '' }];
  if (cloud !== null) return [{ about: 'place', text: isolate(text), source: t('know.region') }];
  const how = t(place.city === null ? 'how.placeCountry' : 'how.place');
  const file = fileText('city', sources, texts);
  return [{ about: 'place', text: isolate(text), source: file === '' ? how : `${how}: ${file}` }];
}

/** What was asked for by a name, or is in a cloud, is a server; else it can be a person's device. */
function isServer({ how }: Conversation): boolean {
  return how === 'dns' || how === 'dns-other' || how === 'cloud';
}

export function knownOf(conversations: readonly Conversation[], sources: Sources, texts: Texts): Known[] {
  const places = distinct(conversations.flatMap((one) => placeLine(one, sources, texts)));
  const servers = conversations.every(isServer);
  return [
    ...nameLines(conversations, sources, texts),
    ...companyLines(conversations, texts),
    ...distinct(conversations.flatMap((one) => networkLine(one, sources, texts))),
    ...(servers ? places.map((line) => ({ ...line, about: 'server' as const })) : places),
  ];
}
