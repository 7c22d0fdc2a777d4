// SPDX-License-Identifier: MIT
// On the wall: the last of what happened, in one calm line.

import { useMemo } from 'preact/hooks';
import '../../i18n/later-past';
import { formatter } from '../../i18n/format';
import type { Translate } from '../../i18n';
import type { Selection } from '../../store/selection';
import { usePast } from '../../store/use-past';
import type { Words } from '../finding/finding';
import { sayEvent, timeText } from './say-event';

export interface WallNewsProps {
  readonly selection: Selection;
  readonly t: Translate;
  readonly locale: string;
}

/** What is older is no news for a room. Milliseconds. */
const NEWS = 900_000;

export default function WallNews({ selection, t, locale }: WallNewsProps) {
  const { now, date } = selection;
  const words = useMemo((): Words => ({ t, format: formatter(locale, t) }), [t, locale]);
  const past = usePast(true);
  if (!past || past.hours === 0) return null;
  // the picture may stand still, and then nothing later is told
  const event = past.events.find(({ at }) => at <= now);
  const said = event && now - event.at <= NEWS ? sayEvent(event, selection, words) : null;
  return event && said !== null ? <p>{`${timeText(date - (now - event.at), date, locale)} · ${said}`}</p> : null;
}
