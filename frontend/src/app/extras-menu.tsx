// SPDX-License-Identifier: MIT
// What one can take along: the last minutes, a picture, and a sound to go with it; and the way to open a recording.

import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Translate } from '../i18n';
import type { Sound } from './sound/use-sound';
import type { Recordings } from './use-recordings';

export interface ExtrasMenuProps extends Pick<Recordings, 'refusal' | 'save' | 'open'> {
  /** A recording is shown. */
  readonly playing: boolean;
  readonly sound: Sound;
  /** Null where there is no picture to be saved. */
  readonly onPicture: (() => void) | null;
  readonly t: Translate;
}

interface Popup {
  readonly box: RefObject<HTMLDivElement>;
  readonly button: RefObject<HTMLButtonElement>;
  readonly shown: boolean;
  readonly show: (shown: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Closes with Escape, with a tap elsewhere, and when a recording begins to play: that is what one wanted to see. */
function usePopup(playing: boolean): Popup {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [shown, show] = useState(false);
  useEffect(() => {
    if (!shown) return undefined;
    const away = (event: Event): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) show(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [shown]);
  useEffect(() => {
    if (playing) show(false);
  }, [playing]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !shown) return;
    event.stopPropagation();
    show(false);
    button.current?.focus();
  };
  return { box, button, shown, show, onKeyDown };
}

interface Pseudonymised {
  readonly pseudonymised: boolean;
  readonly onPseudonymised: (pseudonymised: boolean) => void;
}

function SaveRecording({
  save,
  pseudonymised,
  onPseudonymised,
  t,
}: Pick<ExtrasMenuProps, 'save' | 't'> & Pseudonymised) {
  return (
    <>
      <button type="button" class="button" onClick={() => save(pseudonymised)}>
        {t('record.save')}
      </button>
      <label class="check">
        <input
          type="checkbox"
          checked={pseudonymised}
          onChange={(event) => onPseudonymised(event.currentTarget.checked)}
        />
        <span>{t('record.pseudonymised')}</span>
      </label>
    </>
  );
}

function OpenRecording({ open, refusal, t }: Pick<ExtrasMenuProps, 'open' | 'refusal' | 't'>) {
  return (
    <>
      <label class="button file">
        <span>{t('record.open')}</span>
        <input
          type="file"
          accept=".connvis"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) open(file);
            // so that the same file can be opened again
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p class={refusal === null ? 'visually-hidden' : 'refusal'} role="status">
        {refusal !== null && t(`record.refused.${refusal}`)}
      </p>
    </>
  );
}

function MenuSheet({ sound, onPicture, ...rest }: ExtrasMenuProps & Pseudonymised) {
  const { t } = rest;
  return (
    <div class="menu-sheet" role="group" aria-label={t('record.menu')}>
      <button type="button" class="button" disabled={onPicture === null} onClick={onPicture ?? undefined}>
        {t('record.picture')}
      </button>
      <button type="button" class="button" aria-pressed={sound.on} disabled={!sound.possible} onClick={sound.toggle}>
        {t('sound.clicks')}
      </button>
      <p class="muted">{t('sound.about')}</p>
      <SaveRecording {...rest} />
      <OpenRecording {...rest} />
    </div>
  );
}

export function ExtrasMenu(props: ExtrasMenuProps) {
  const { playing, t } = props;
  // kept while the menu is closed
  const [pseudonymised, onPseudonymised] = useState(true);
  const { box, button, shown, show, onKeyDown } = usePopup(playing);
  return (
    <div class="menu" ref={box} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="icon"
        aria-expanded={shown}
        aria-label={t('record.menu')}
        title={t('record.menu')}
        onClick={() => show(!shown)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="5" cy="12" r="2" class="half" />
          <circle cx="12" cy="12" r="2" class="half" />
          <circle cx="19" cy="12" r="2" class="half" />
        </svg>
      </button>
      {shown && <MenuSheet {...props} pseudonymised={pseudonymised} onPseudonymised={onPseudonymised} />}
    </div>
  );
}
