// SPDX-License-Identifier: MIT
// Marks that say what they mean by a word and a shape, not by a colour alone.

import type { Texts } from './text';
import type { Translate } from '../i18n';

/** For advertising, or to measure people. all: the whole of it; else a part. */
export function TrackerMark({ all = true, t }: { readonly all?: boolean; readonly t: Translate }) {
  return (
    <span class={all ? 'tracker' : 'tracker some'}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 0.5 11.5 6 6 11.5 0.5 6z" />
      </svg>
      {t(all ? 'detail.tracker' : 'domains.tracksToo')}
    </span>
  );
}

export function YouBadge({ t }: { readonly t: Translate }) {
  return <span class="badge">{t('device.you')}</span>;
}

export interface TrackerProps {
  readonly texts: Pick<Texts, 't'>;
  /** Who says so. */
  readonly title?: string;
  /** Of a part of it alone. */
  readonly some?: boolean;
}

export function Tracker({ texts: { t }, title = '', some = false }: TrackerProps) {
  return (
    <span class={some ? 'tracker some' : 'tracker'} title={title === '' ? undefined : title}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 1 11 6 6 11 1 6z" />
      </svg>
      {t(some ? 'flows.someTracking' : 'detail.tracker')}
    </span>
  );
}
