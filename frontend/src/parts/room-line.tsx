// SPDX-License-Identifier: MIT
// What the room is doing, for those who watch by themselves: a calm line.

import type { Translate } from '../i18n';
import { spotlightName, timeLeft } from '../store/room';
import type { Selection } from '../store/selection';
import { clockText } from './room-text';

interface RoomLineProps {
  readonly selection: Pick<Selection, 'room' | 'now'> | null;
  readonly t: Translate;
}

/** It is read out when it becomes another one; the time that is left is not, for it does so each second. */
export function RoomLine({ selection, t }: RoomLineProps) {
  const room = selection?.room ?? null;
  const name = spotlightName(room);
  const left = room && selection ? timeLeft(room, selection.now) : null;
  return (
    <p class={room?.round || name !== '' ? 'room-line' : 'visually-hidden'} role="status">
      {room?.round && (
        <span>
          <bdi>{t('room.round', { label: room.round })}</bdi>
          {left !== null && (
            <span class="room-left" aria-hidden="true">
              {left > 0 ? t('room.left', { time: clockText(left) }) : t('room.over')}
            </span>
          )}
        </span>
      )}
      {name !== '' && <bdi>{t('room.spotlight', { name })}</bdi>}
    </p>
  );
}
