// SPDX-License-Identifier: MIT
// What happened, in plain words, the newest first: of all here, or of one device.

import { useMemo, useState } from 'preact/hooks';
import '../../i18n/later-past';
import { formatter } from '../../i18n/format';
import type { Translate } from '../../i18n';
import type { PastEvent } from '../../store/past';
import type { Device } from '../../store/rows';
import type { Selection, Target } from '../../store/selection';
import { usePast, type Past } from '../../store/use-past';
import '../../style/past.css';
import type { Words } from '../finding/finding';
import { opensOf } from './event-target';
import { sayEvent, sideOf, timeText } from './say-event';
import { SinceLooked } from './since-looked';

export interface PastListProps {
  readonly selection: Selection;
  /** Whose page it is: then its own story, since midnight. Null: of all here. */
  readonly about: Device | null;
  readonly onTarget: (target: Target) => void;
  readonly onDevice: (device: Device) => void;
  /** To the names that the device asked for. */
  readonly onNames: (device: Device) => void;
  readonly t: Translate;
  readonly locale: string;
}

/** So many at first, and so many more each time. */
const HOUR = 3_600_000;
const FEW = 5;
const MORE = 20;

function isSince(event: PastEvent, midnight: number, { date, now }: Pick<Selection, 'date' | 'now'>): boolean {
  return date - (now - event.at) >= midnight;
}

/** What is told of one device, with what interrupted the telling; of all everything. */
export function storyOf(
  events: readonly PastEvent[],
  about: Device | null,
  selection: Pick<Selection, 'date' | 'now'>,
): readonly PastEvent[] {
  if (!about) return events;
  const midnight = new Date(selection.date).setHours(0, 0, 0, 0);
  return events.filter(
    (event) => (event.kind === 'gap' || event.device?.here === about) && isSince(event, midnight, selection),
  );
}

type LineProps = Omit<PastListProps, 'about' | 't'> & { readonly event: PastEvent; readonly words: Words };

function Line({ event, selection, words, locale, onTarget, onDevice, onNames }: LineProps) {
  const { now, date, me } = selection;
  const opens = opensOf(event);
  const when = date - (now - event.at);
  const said = sayEvent(event, selection, words);
  const open = (): void => {
    if (opens?.kind === 'target') onTarget(opens.target);
    else if (opens?.kind === 'device') onDevice(opens.device);
    else if (opens) onNames(opens.device);
  };
  return (
    <li class={`past-${sideOf(event, me)}`}>
      <time dateTime={new Date(when).toISOString()}>{timeText(when, date, locale)}</time>
      <p>
        {opens ? (
          <button type="button" class="plain" onClick={open}>
            {said}
          </button>
        ) : (
          said
        )}
        {event.more > 0 && <span class="muted"> {words.t('past.more', { n: event.more })}</span>}
      </p>
    </li>
  );
}

/** Since when it is known that there was nothing: as long as the history goes back, and not before this run or this day. */
function Nothing({
  about,
  hours,
  selection,
  words,
  locale,
}: Pick<PastListProps, 'about' | 'selection' | 'locale'> & { readonly hours: number; readonly words: Words }) {
  const { date, now } = selection;
  // the collector's start: of what was before nothing is told here
  const midnight = about ? new Date(date).setHours(0, 0, 0, 0) : 0;
  const since = Math.max(date - now, midnight, date - hours * HOUR);
  return <p class="muted">{words.t('past.none', { time: timeText(since, date, locale) })}</p>;
}

/** past: as it was told. */
export function Story(props: PastListProps & { readonly past: Past }) {
  const { selection, about, past, t, locale } = props;
  const words = useMemo((): Words => ({ t, format: formatter(locale, t) }), [t, locale]);
  const [shown, show] = useState(FEW);
  const story = storyOf(past.events, about, selection);
  const title = t(about ? 'past.title.device' : 'past.title');
  return (
    <section class={about ? 'past-list panel' : 'past-list'} aria-label={title}>
      {!about && <SinceLooked events={past.events} selection={selection} words={words} />}
      {about ? <h3>{title}</h3> : <h2>{title}</h2>}
      {story.length === 0 && <Nothing {...{ about, selection, words, locale }} hours={past.hours} />}
      <ol>
        {story.slice(0, shown).map((event) => (
          <Line key={event.id} {...props} event={event} words={words} />
        ))}
      </ol>
      {story.length > shown && (
        <button type="button" class="button" onClick={() => show(shown + MORE)}>
          {t('past.older', { n: Math.min(MORE, story.length - shown) })}
        </button>
      )}
    </section>
  );
}

export default function PastList(props: PastListProps) {
  const past = usePast(true);
  // of what is not kept nothing can be told
  return past && past.hours > 0 ? <Story {...props} past={past} /> : null;
}
