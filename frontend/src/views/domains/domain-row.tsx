// SPDX-License-Identifier: MIT
// One bar: what was asked for, how often, how lately; it opens to who asked.

import type { Format } from '../../i18n/format';
import { categoryText, isTracking } from '../../store/category';
import { heat } from '../../store/freshness';
import { isLit } from '../../store/room';
import type { Lookup } from '../../store/rows';
import { purposeColour, purposeEdge } from '../../parts/purpose-colour';
import { useReceipts } from '../../parts/finding/use-spoken';
import { ago, type Texts } from '../../parts/text';
import { TrackerMark } from '../../parts/badges';
import type { ViewProps } from '../view-props';
import { AskedList } from './asked-list';
import { muchOf, purposeOfBar, type Bar } from './domain-bars';
import type { DomainSettings } from './domain-settings';

export interface RowProps extends Pick<
  ViewProps,
  'selection' | 'spotlight' | 't' | 'theme' | 'size' | 'onTarget' | 'onView'
> {
  readonly bar: Bar;
  readonly settings: DomainSettings;
  readonly texts: Texts;
  readonly format: Format;
  readonly lookups: readonly Lookup[];
  /** Of the longest bar. */
  readonly longest: number;
  readonly open: boolean;
  readonly onOpen: (key: string | null) => void;
}

export const COLUMNS = 4;

/** How its lookups failed: all of them alike, or some. */
function failureText({ failed, unknown, lookups }: Bar, t: RowProps['t']): string {
  if (failed < lookups) return t('domains.failedSome');
  return t(unknown === failed ? 'result.nxdomain' : 'result.failed');
}

/** Between what stands apart for the eye. */
function Comma() {
  return <span class="visually-hidden">, </span>;
}

/** How it went: a sign for the eye, a word for all. */
function Result({ sign, text }: { readonly sign: string; readonly text: string }) {
  return (
    <span class="mark-result">
      <Comma />
      <span aria-hidden="true">{sign} </span>
      {text}
    </span>
  );
}

function Marks({ bar, settings, t }: RowProps) {
  const company = settings.naming === 'company' ? '' : (bar.company?.name ?? '');
  // google.com says already that it is Google's; and that it is for ads stands beside its name
  const told = bar.key.startsWith(company.toLowerCase().replaceAll(' ', ''));
  const parts = [
    told ? '' : company,
    bar.category === null || isTracking(bar.category) ? '' : categoryText(bar.category, t),
  ].filter((part) => part !== '');
  return (
    <>
      {bar.blocked > 0 && (
        <Result sign="⊘" text={t(bar.blocked === bar.lookups ? 'result.blocked' : 'domains.blockedSome')} />
      )}
      {bar.failed > 0 && <Result sign="!" text={failureText(bar, t)} />}
      {parts.length > 0 && (
        <small>
          <Comma />
          <bdi>{parts.join(' · ')}</bdi>
        </small>
      )}
    </>
  );
}

export function Row(props: RowProps) {
  const { bar, selection, settings, format, theme, longest, open, onOpen, size, spotlight, t } = props;
  const alone = selection.only !== null;
  const times = settings.bars === 'times';
  const much = muchOf(bar, settings.bars);
  const age = selection.now - bar.asked;
  const purpose = purposeOfBar(bar, useReceipts());
  const lit = isLit(
    spotlight,
    (id) => bar.devices.has(id),
    (name) => bar.company?.name === name,
  );
  return (
    <>
      <tr role="row" class={`domain${open ? ' open' : ''}${spotlight && !lit ? ' dimmed' : ''}`}>
        <th role="rowheader" scope="row">
          <div class="heading">
            <button type="button" class="opener" aria-expanded={open} onClick={() => onOpen(open ? null : bar.key)}>
              <bdi>{bar.key}</bdi>
            </button>
            {bar.tracking !== 'none' && <TrackerMark tracking={bar.tracking} t={t} />}
            <span class="marks">
              <Marks {...props} />
            </span>
          </div>
        </th>
        <td role="cell" class="much">
          <span class="track" aria-hidden="true">
            <span
              class="fill"
              style={{
                width: `${Math.max(1, (100 * much) / longest)}%`,
                backgroundColor: purposeColour(purpose, heat(age), theme),
                boxShadow: `inset 0 0 0 1px ${purposeEdge(purpose, heat(age), theme)}`,
              }}
            />
          </span>
          <span class="number">
            {size === 'phone' ? t(times ? 'domains.times' : 'flows.sharedBy', { n: much }) : format.count(much)}
          </span>
        </td>
        <td role="cell" class="when">
          {size === 'phone' ? ago(age, { t, format }) : format.age(age)}
        </td>
        {!alone && (
          <td role="cell" class="also">
            {format.count(muchOf(bar, times ? 'devices' : 'times'))}
          </td>
        )}
      </tr>
      {open && (
        <tr role="row" class="asked">
          <td role="cell" colSpan={alone ? COLUMNS - 1 : COLUMNS}>
            <AskedList {...props} naming={settings.naming} results={settings.results} />
          </td>
        </tr>
      )}
    </>
  );
}
