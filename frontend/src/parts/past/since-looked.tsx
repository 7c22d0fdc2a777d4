// SPDX-License-Identifier: MIT
// Since you last looked: the new devices, and who is new for ads and tracking. Nothing where that is nobody.

import '../../i18n/later-past';
import { useMemo } from 'preact/hooks';
import type { PastEvent } from '../../store/past';
import type { Selection } from '../../store/selection';
import type { Words } from '../finding/finding';
import { ago } from '../text';
import { browserMemory, Looked, newSince } from './looked';
import { whose, withWhom } from './say-event';

/** So many are named. */
const NAMED = 3;

/** One for as long as the page lives: views come and go. */
const looked = new Looked(browserMemory);
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && looked.leave());
  addEventListener('pagehide', () => looked.leave());
}

function listed(names: readonly string[], { t }: Words): string {
  const some = [...new Set(names)];
  const said = some.slice(0, NAMED).join(', ');
  return some.length > NAMED ? t('since.more', { names: said, n: some.length - NAMED }) : said;
}

export interface SinceProps {
  readonly events: readonly PastEvent[];
  readonly selection: Selection;
  readonly words: Words;
}

/** since: until when they had looked. */
export function Since({ since, events, selection, words }: SinceProps & { readonly since: number }) {
  const { t } = words;
  const { devices, trackers } = useMemo(() => newSince(events, since, selection), [events, since, selection]);
  if (devices.length + trackers.length === 0) return null;
  const joined = listed(
    devices.map(({ device }) => whose(device, selection, words)),
    words,
  );
  const met = listed(
    trackers.map(({ party }) => withWhom(party, words)),
    words,
  );
  return (
    <div class="since">
      <h2>{t('since.title', { age: ago(selection.date - since, words) })}</h2>
      {joined !== '' && <p>{t('since.devices', { names: joined })}</p>}
      {met !== '' && <p>{t('since.trackers', { names: met })}</p>}
    </div>
  );
}

export function SinceLooked(props: SinceProps) {
  const { date } = props.selection;
  // what is drawn out of sight once more is not looked at
  if (typeof document === 'undefined' || document.visibilityState === 'visible') looked.see(date);
  const { since } = looked;
  return since === null ? null : <Since {...props} since={since} />;
}
