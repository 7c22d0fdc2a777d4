// SPDX-License-Identifier: MIT
// Says that something is for advertising or measures people: by a word and a shape, not by a colour alone.

import type { Texts } from './text';

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
