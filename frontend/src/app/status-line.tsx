// SPDX-License-Identifier: MIT
// One line that tells the truth about the picture below it, and the few numbers that sum it up.

import { useMemo } from 'preact/hooks';
import { formatter, type Format } from '../i18n/format';
import type { Translate } from '../i18n';
import { countsOf } from '../parts/counts';
import { useSpokenStatus } from '../parts/spoken-status';
import type { Selection } from '../store/selection';
import { noticesOf, type Notice, type Status } from '../store/status';
import type { Summary } from '../store/summary';

interface SumProps {
  readonly value: string;
  readonly label: string;
  readonly rate?: boolean;
}

function Sum({ value, label, rate = false }: SumProps) {
  return (
    <div class={rate ? 'sum sum-rate' : 'sum'}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const NOTHING: Summary = { devices: 0, destinations: 0, countries: 0, upRate: 0, downRate: 0, guessing: false };

/** Null before anything is known: the place is kept, so that nothing moves when it is. */
export function SummaryLine({
  summary: known,
  t,
  format,
}: {
  readonly summary: Summary | null;
  readonly t: Translate;
  readonly format: Format;
}) {
  const summary = known ?? NOTHING;
  const counts = countsOf(summary, format);
  return (
    <dl class={known ? 'summary' : 'summary summary-unknown'}>
      <Sum value={counts.devices} label={t('sum.devices', { n: summary.devices })} />
      <Sum value={counts.destinations} label={t('sum.destinations', { n: summary.destinations })} />
      <Sum value={counts.countries} label={t('sum.countries', { n: summary.countries })} />
      <Sum value={format.rate(summary.downRate) || '–'} label={t('sum.down')} rate />
      <Sum value={format.rate(summary.upRate) || '–'} label={t('sum.up')} rate />
    </dl>
  );
}

/** A picture that was stopped just now is hardly behind. Seconds. */
const BEHIND = 3;

export interface StatusLineProps {
  readonly status: Status;
  readonly t: Translate;
  readonly locale: string;
}

export function StatusLine({ status, t, locale }: StatusLineProps) {
  const { tone, key, values } = status;
  const spoken = useSpokenStatus(status, t, locale);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const age = format.age(Number(values?.n ?? 0) * 1000);
  const behind = key === 'status.pausedSince' && Number(values?.n) >= BEHIND;
  return (
    <p class={`status status-${tone}`}>
      <span class="dot" aria-hidden="true" />
      {/* Read out when it becomes another one, not each second that it lasts. */}
      <span class="visually-hidden" role="status">
        {spoken}
      </span>
      <span class="status-words" aria-hidden="true">
        {key === 'status.stale' ? t(key, { age }) : spoken}
        {behind && ` · ${t('status.behind', { age })}`}
      </span>
    </p>
  );
}

const HIDDEN = ['router', 'dns', 'home', 'ignored'] as const;

/** Which ones are left out: those of which there are any. */
function hiddenText({ values }: Notice, t: Translate): string {
  return HIDDEN.flatMap((of) => {
    const n = values?.[of];
    return typeof n === 'number' && n > 0 ? [t(`notice.hidden.${of}`, { n })] : [];
  }).join(', ');
}

function NoticeText({ notice, t }: { readonly notice: Notice; readonly t: Translate }) {
  return (
    <li class={notice.grave ? 'grave' : ''}>
      {t(notice.key, notice.values)}
      {notice.id === 'hidden' && <small> ({hiddenText(notice, t)})</small>}
    </li>
  );
}

export interface NoticesProps {
  readonly selection: Selection | null;
  /** As of FeedState. */
  readonly ended: string | null;
  readonly t: Translate;
}

const SIGNED_OUT: Notice = { id: 'signed-out', grave: true, key: 'notice.signedOut' };

export function Notices({ selection, ended, t }: NoticesProps) {
  const notices = [
    ...(ended === 'facilitator' ? [SIGNED_OUT] : []),
    ...(selection ? noticesOf(selection.site, selection.sources, selection.date) : []),
  ];
  if (notices.length === 0) return null;
  return (
    <ul class="notices" aria-label={t('notice.label')}>
      {notices.map((notice) => (
        <NoticeText key={notice.id} notice={notice} t={t} />
      ))}
    </ul>
  );
}
