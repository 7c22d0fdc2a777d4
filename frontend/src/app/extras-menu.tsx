// SPDX-License-Identifier: MIT
// What one can take along: the last minutes, a picture, and a sound to go with it; and the way to open a recording.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Translate } from '../i18n';
import type { Sound } from './sound/use-sound';
import type { Recordings } from './use-recordings';

export interface ExtrasMenuProps {
  readonly recordings: Recordings;
  readonly sound: Sound;
  /** Null where there is no picture to be saved. */
  readonly onPicture: (() => void) | null;
  readonly t: Translate;
}

/** Closes with Escape, with a tap elsewhere, and when the focus leaves it. */
export function ExtrasMenu({ recordings, sound, onPicture, t }: ExtrasMenuProps) {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [pseudonymised, setPseudonymised] = useState(true);
  const { refusal } = recordings;
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: Event): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);
  // A recording that begins to play is what one wanted to see.
  const playing = recordings.playback !== null;
  useEffect(() => {
    if (playing) setOpen(false);
  }, [playing]);

  return (
    <div
      class="menu"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        class="icon"
        aria-expanded={open}
        aria-label={t('record.menu')}
        title={t('record.menu')}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="5" cy="12" r="2" class="half" />
          <circle cx="12" cy="12" r="2" class="half" />
          <circle cx="19" cy="12" r="2" class="half" />
        </svg>
      </button>
      {open && (
        <div class="menu-sheet" role="group" aria-label={t('record.menu')}>
          <button type="button" class="button" disabled={onPicture === null} onClick={onPicture ?? undefined}>
            {t('record.picture')}
          </button>
          <button
            type="button"
            class="button"
            aria-pressed={sound.on}
            disabled={!sound.possible}
            onClick={sound.toggle}
          >
            {t('sound.clicks')}
          </button>
          <p class="muted">{t('sound.about')}</p>
          <button type="button" class="button" onClick={() => recordings.save(pseudonymised)}>
            {t('record.save')}
          </button>
          <label class="check">
            <input
              type="checkbox"
              checked={pseudonymised}
              onChange={(event) => setPseudonymised(event.currentTarget.checked)}
            />
            <span>{t('record.pseudonymised')}</span>
          </label>
          <label class="button file">
            <span>{t('record.open')}</span>
            <input
              type="file"
              accept=".connvis"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) recordings.open(file);
                // so that the same file can be opened again
                event.currentTarget.value = '';
              }}
            />
          </label>
          <p class={refusal === null ? 'visually-hidden' : 'refusal'} role="status">
            {refusal !== null && t(`record.refused.${refusal}`)}
          </p>
        </div>
      )}
    </div>
  );
}
