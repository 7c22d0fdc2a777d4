// SPDX-License-Identifier: MIT
// What the room is doing, above the picture, to be read by all who sit there: the round with its timer, what is in the
// spotlight, and that the picture stands still.

import type { Translate } from '../../i18n';
import { clockText, hourText } from '../../parts/room-text';
import { spotlightName, timeLeft } from '../../store/room';
import type { Mark, Room } from '../../store/rows';
import type { Selection } from '../../store/selection';

/** Who comes into a room that is frozen has another picture than those who were there. Milliseconds. */
const LATER = 5000;

/** A mark is seen by all for so long. Milliseconds. */
const MARKED = 60_000;

interface BandProps {
  readonly room: Room;
  /** As it is now, and of which the picture is. */
  readonly selection: Pick<Selection, 'now' | 'date' | 'marks'>;
  readonly pictured: number;
  readonly t: Translate;
  readonly locale: string;
}

function Frozen({ room, selection, pictured, t, locale }: BandProps) {
  if (room.frozen === null) return null;
  const later = pictured - room.frozen > LATER;
  return (
    <p class="wall-frozen" role="status">
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M2 1h3v10H2zM7 1h3v10H7z" />
      </svg>
      {t('room.frozen', { time: hourText(room.frozen, selection, locale) })}
      {later && `. ${t('room.frozen.later', { time: hourText(pictured, selection, locale) })}`}
    </p>
  );
}

function Marked({ mark, selection, locale }: Pick<BandProps, 'selection' | 'locale'> & { readonly mark: Mark }) {
  return (
    <p class="wall-marked">
      <span class="muted">{hourText(mark.at, selection, locale)}</span> <bdi>{mark.text}</bdi>
    </p>
  );
}

export function RoomBand(props: BandProps) {
  const { room, selection, t } = props;
  const newest = selection.marks.at(-1);
  const mark = newest && selection.now - newest.at < MARKED ? newest : null;
  const name = spotlightName(room);
  const left = timeLeft(room, selection.now);
  if (!room.round && name === '' && room.frozen === null && !mark) return null;
  return (
    <div class="wall-room" role="group" aria-label={t('room.label')}>
      {room.round && (
        <p class="wall-round">
          <bdi>{room.round}</bdi>
          {left !== null && (
            <span class={left > 0 ? 'wall-clock' : 'wall-clock over'} role="timer">
              {left > 0 ? clockText(left) : t('room.over')}
            </span>
          )}
        </p>
      )}
      {name !== '' && (
        <p class="wall-spotlight">
          <bdi>{t('room.spotlight', { name })}</bdi>
        </p>
      )}
      <Frozen {...props} />
      {mark && <Marked {...props} mark={mark} />}
    </div>
  );
}
