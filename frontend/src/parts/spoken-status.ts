// SPDX-License-Identifier: MIT
// The status for who hears it, and for the title: the same words for as long as it lasts.

import { useMemo } from 'preact/hooks';
import type { Translate } from '../i18n';
import type { Status } from '../store/status';

/** When it was, by the viewer's clock. at: on performance.now(). */
function clockTime(at: number, locale: string): string {
  const time = new Date(Date.now() - (performance.now() - at));
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' }).format(time);
}

/** A count of seconds would be another text each second: what stays true is since when. time: of status.since. */
export function spokenText({ key, values }: Status, time: string | null, t: Translate): string {
  return time === null ? t(key, values) : t(key === 'status.stale' ? 'status.since' : key, { ...values, time });
}

export function useSpokenStatus(status: Status, t: Translate, locale: string): string {
  const { since } = status;
  // once, so that a clock that is set meanwhile changes nothing
  const time = useMemo(() => (since === undefined ? null : clockTime(since, locale)), [since, locale]);
  return spokenText(status, time, t);
}
