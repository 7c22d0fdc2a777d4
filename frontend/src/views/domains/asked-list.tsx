// SPDX-License-Identifier: MIT
// What a bar opens to: how far it reaches, its whole names, who asked for each and when, and how we know.

import { isTracking } from '../../store/category';
import type { Lookup } from '../../store/rows';
import { hereOf } from '../../store/selection';
import { listText, ago, type Texts } from '../../parts/text';
import { TrackerMark } from '../../parts/badges';
import type { ViewProps } from '../view-props';
import { askedNames, type AskedName, type Bar } from './domain-bars';
import type { Naming, Results } from './domain-settings';

const NAMES = 24;
const ASKERS = 24;

function Asker({
  lookup,
  now,
  texts,
  onView,
}: {
  readonly lookup: Lookup;
  readonly now: number;
  readonly texts: Texts;
  readonly onView: ViewProps['onView'];
}) {
  const { t } = texts;
  const { device, result, count } = lookup;
  return (
    <li>
      <button type="button" class="chip" onClick={() => onView('device', device.alias)}>
        <bdi>{device.alias}</bdi>
      </button>
      <span>
        {ago(now - lookup.asked, texts)}
        {count > 1 && ` · ${t('domains.times', { n: count })}`}
        {result !== 'answered' && ` · ${t(`result.${result ?? 'unknown'}`)}`}
      </span>
    </li>
  );
}

function NameEntry({
  asked,
  ...rest
}: {
  readonly asked: AskedName;
  readonly now: number;
  readonly texts: Texts;
  readonly onView: ViewProps['onView'];
}) {
  const { texts } = rest;
  const { name, lookups } = asked;
  const source = listText(name.list, texts);
  return (
    <li>
      <p>
        <bdi class="name">{name.name}</bdi> {isTracking(name.category) && <TrackerMark t={texts.t} />}{' '}
        {source !== '' && <small>{source}</small>}
      </p>
      <ul class="askers">
        {lookups.slice(0, ASKERS).map((lookup) => (
          <Asker key={lookup.id} {...rest} lookup={lookup} />
        ))}
        {lookups.length > ASKERS && <li class="muted">{texts.t('detail.more', { n: lookups.length - ASKERS })}</li>}
      </ul>
    </li>
  );
}

export interface AskedListProps extends Pick<ViewProps, 'selection' | 'onTarget' | 'onView'> {
  readonly bar: Bar;
  readonly naming: Naming;
  readonly results: Results;
  readonly lookups: readonly Lookup[];
  readonly texts: Texts;
}

export function AskedList({ bar, naming, results, lookups, selection, texts, onTarget, onView }: AskedListProps) {
  const { t } = texts;
  const names = askedNames(lookups, bar.key, naming, results);
  const all = hereOf(selection.devices).length;
  const by = naming === 'company' ? 'company' : 'domain';
  const key = naming === 'full' ? (names[0]?.name.domain ?? bar.key) : bar.key;
  return (
    <div class="asked-list">
      <p class="lead">
        {!selection.only && bar.devices.size <= all && (
          <span class="reach">{t('domains.reach', { n: bar.devices.size, all })}</span>
        )}
        <button type="button" class="button" onClick={() => onTarget({ kind: 'group', by, key })}>
          {t('domains.traffic')}
        </button>
      </p>
      <ul class="full-names">
        {names.slice(0, NAMES).map((asked) => (
          <NameEntry key={asked.name.id} asked={asked} now={selection.now} texts={texts} onView={onView} />
        ))}
        {names.length > NAMES && <li class="muted">{t('detail.more', { n: names.length - NAMES })}</li>}
      </ul>
      <p class="muted how">{t('domains.how')}</p>
    </div>
  );
}
