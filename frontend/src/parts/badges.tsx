// SPDX-License-Identifier: MIT
// Marks that say what they mean by a word and a shape, not by a colour alone.

import type { Key, Translate } from '../i18n';
import type { Tracking } from '../store/category';

export type Tracks = Exclude<Tracking, 'none'>;

/** The word for what is for advertising or measures people: all of it, or a part. */
export function trackerKey(tracking: Tracks): Key {
  return tracking === 'all' ? 'detail.tracker' : 'detail.trackerSome';
}

export function Diamond({ class: name }: { readonly class?: string }) {
  return (
    <svg class={name} viewBox="0 0 12 12" aria-hidden="true">
      <path d="M6 0.5 11.5 6 6 11.5 0.5 6z" />
    </svg>
  );
}

export interface TrackerMarkProps {
  readonly tracking?: Tracks;
  /** Who says so. */
  readonly title?: string;
  readonly t: Translate;
}

export function TrackerMark({ tracking = 'all', title = '', t }: TrackerMarkProps) {
  return (
    <span class={tracking === 'all' ? 'tracker' : 'tracker some'} title={title === '' ? undefined : title}>
      <Diamond />
      {t(trackerKey(tracking))}
    </span>
  );
}

export function YouBadge({ t }: { readonly t: Translate }) {
  return <span class="badge">{t('device.you')}</span>;
}
