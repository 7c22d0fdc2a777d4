// SPDX-License-Identifier: MIT
// What one can take along: a link, a picture, the last minutes, and a sound to go with it; and the way to open a recording.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../i18n';
import { usePopup } from '../parts/use-popup';
import type { ViewName } from '../views/registry';
import { CopyLink } from './copy-link';
import { Group } from './menu-group';
import { saveTable, tableHere } from './save-table';
import type { Sound } from './sound/use-sound';
import type { Moves } from './use-moves';
import type { Recordings } from './use-recordings';

export interface ExtrasMenuProps extends Pick<Recordings, 'refusal' | 'save' | 'open'>, Pick<Moves, 'onLead'> {
  /** Several sites are shown together: no recording is of that. */
  readonly together: boolean;
  /** A recording is shown. */
  readonly playing: boolean;
  /** The viewer leads the room already. */
  readonly leads: boolean;
  readonly sound: Sound;
  /** Null where there is no picture to be saved. */
  readonly onPicture: (() => void) | null;
  /** What stands first, where the header has no room for it. */
  readonly first: ComponentChildren;
  readonly view: ViewName;
  readonly t: Translate;
}

interface Pseudonymised {
  readonly pseudonymised: boolean;
  readonly onPseudonymised: (pseudonymised: boolean) => void;
}

function SaveRecording({
  save,
  together,
  pseudonymised,
  onPseudonymised,
  t,
}: Pick<ExtrasMenuProps, 'save' | 'together' | 't'> & Pseudonymised) {
  if (together) return <p class="muted">{t('record.oneSite')}</p>;
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

/** Of this view, as the address bar has it. */
const here = (): string => location.href;

export interface MenuSheetProps extends ExtrasMenuProps, Pseudonymised {
  readonly close: () => void;
}

export function MenuSheet({ first, sound, onPicture, onLead, close, leads, ...rest }: MenuSheetProps) {
  const { t } = rest;
  const [table] = useState(tableHere);
  return (
    <div class="menu-sheet" role="group" aria-label={t('more.menu')}>
      {first}
      <Group title="more.room" t={t}>
        <button
          type="button"
          class="button"
          onClick={() => {
            close();
            onLead(true);
          }}
        >
          {t(leads ? 'lead.leads' : 'lead.open')}
        </button>
      </Group>
      <Group title="more.share" t={t}>
        <CopyLink link={here} t={t} />
        <button type="button" class="button" disabled={onPicture === null} onClick={onPicture ?? undefined}>
          {t('record.picture')}
        </button>
        <button
          type="button"
          class="button"
          disabled={!table}
          onClick={() => table && saveTable(rest.view, table, new Date())}
        >
          {t('record.table')}
        </button>
      </Group>
      <Group title="more.record" t={t}>
        <SaveRecording {...rest} />
        <OpenRecording {...rest} />
      </Group>
      <Group title="more.listen" t={t}>
        <button type="button" class="button" aria-pressed={sound.on} disabled={!sound.possible} onClick={sound.toggle}>
          {t('sound.clicks')}
        </button>
        <p class="muted">{t('sound.about')}</p>
      </Group>
    </div>
  );
}

export function ExtrasMenu(props: ExtrasMenuProps) {
  const { playing, view, t } = props;
  // kept while the menu is closed
  const [pseudonymised, onPseudonymised] = useState(true);
  const { box, button, shown, show } = usePopup();
  // a recording that begins to play is what one wanted to see
  useEffect(() => {
    if (playing) show(false);
  }, [playing, show]);
  // and so is another view
  useEffect(() => show(false), [view, show]);
  return (
    <div class="menu" ref={box}>
      <button
        ref={button}
        type="button"
        class="icon"
        aria-expanded={shown}
        aria-label={t('more.menu')}
        title={t('more.menu')}
        onClick={() => show(!shown)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="5" cy="12" r="2" class="half" />
          <circle cx="12" cy="12" r="2" class="half" />
          <circle cx="19" cy="12" r="2" class="half" />
        </svg>
      </button>
      {shown && <MenuSheet {...props} {...{ pseudonymised, onPseudonymised }} close={() => show(false)} />}
    </div>
  );
}
