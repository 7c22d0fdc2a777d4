// SPDX-License-Identifier: MIT
// While a recording is shown: where in it we are, how fast it goes, and the way back.

import type { ComponentChildren } from 'preact';
import type { Translate } from '../i18n';
import type { Playback } from '../record/recorder-messages';

const SPEEDS = [0.5, 1, 2, 4, 8, 16, 32] as const;

/** As `3:07`, or `1:03:07`. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours > 0 ? two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

export interface PlaybackBarProps {
  readonly playback: Playback;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
  readonly onSpeed: (speed: number) => void;
  readonly onSeek: (at: number) => void;
  readonly onClose: () => void;
  /** How it stands. */
  readonly status: ComponentChildren;
  readonly t: Translate;
  readonly locale: string;
}

export function PlaybackBar({
  playback,
  paused,
  onPaused,
  onSpeed,
  onSeek,
  onClose,
  status,
  t,
  locale,
}: PlaybackBarProps) {
  const { at, length, began, speed, faulty } = playback;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(began + at),
  );
  const ended = at >= length;
  return (
    <section class="playback" aria-label={t('record.playback')}>
      {status}
      <button
        type="button"
        class="button"
        onClick={() => {
          if (ended) onSeek(0);
          onPaused(ended ? false : !paused);
        }}
      >
        {t(ended ? 'record.again' : paused ? 'record.play' : 'app.pause')}
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(1, length)}
        step={Math.max(1, Math.min(1000, length / 100))}
        value={at}
        aria-label={t('record.position')}
        aria-valuetext={`${clockText(at)} / ${clockText(length)}`}
        onInput={(event) => onSeek(Number(event.currentTarget.value))}
      />
      <span class="times">
        {clockText(at)} / {clockText(length)} <small>{when}</small>
      </span>
      <label class="pick">
        <span>{t('record.speed')}</span>
        <select value={String(speed)} onChange={(event) => onSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((one) => (
            <option key={one} value={String(one)} selected={one === speed}>
              {new Intl.NumberFormat(locale).format(one)} ×
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={onClose}>
        {t('record.live')}
      </button>
      {faulty && <p class="muted">{t('record.faulty')}</p>}
    </section>
  );
}
