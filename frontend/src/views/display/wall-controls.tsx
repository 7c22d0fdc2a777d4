// SPDX-License-Identifier: MIT
// For whoever stands at the machine of the wall, which needs nobody: which view it shows when, buttons and keys.

import { useEffect, useState } from 'preact/hooks';
import type { ViewName } from '../registry';
import type { Options, ViewProps } from '../view-props';
import { beginOf, momentOf, TURNS, type Turn } from './wall-turns';

/** The option: 1 where all sit near, and more than names can be read. */
const NEAR = 'near';

export const isNear = (options: Options): boolean => options[NEAR] === '1';

export interface Turns {
  readonly view: ViewName | null;
  /** Whoever leads the room has chosen it: there are no turns. */
  readonly fixed: boolean;
  readonly held: boolean;
  readonly step: (by: number) => void;
  readonly hold: () => void;
}

/** What the wall shows, and ways to hurry it: it needs none. all: in turn; wanted: that it is to show this one. */
export function useTurns(all: readonly Turn[], wanted: string | null): Turns {
  const [begin, setBegin] = useState(() => performance.now());
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const [now, setNow] = useState(() => performance.now());
  const moment = momentOf(all, (heldAt ?? now) - begin);
  const fixed = TURNS.find(({ view }) => view === wanted)?.view ?? null;
  const left = moment && heldAt === null ? moment.left : null;
  useEffect(() => {
    if (left === null) return undefined;
    const timer = setTimeout(() => setNow(performance.now()), left + 5);
    return () => clearTimeout(timer);
  }, [left, begin, now]);
  return {
    view: fixed ?? moment?.view ?? null,
    fixed: fixed !== null,
    held: heldAt !== null,
    step: (by) => {
      const at = performance.now();
      const next = ((moment?.index ?? 0) + by + all.length) % all.length;
      setBegin(beginOf(all, next, at));
      setNow(at);
      setHeldAt((held) => (held === null ? null : at));
    },
    hold: () => {
      const at = performance.now();
      if (heldAt !== null) setBegin((last) => last + at - heldAt);
      setNow(at);
      setHeldAt(heldAt === null ? at : null);
    },
  };
}

function toggleFullScreen(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // a browser that does not want to stays as it is
  done.catch(() => undefined);
}

/** What whoever stands at the machine may press. */
export function useKeys({ step, hold }: Turns, onView: ViewProps['onView']): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'ArrowRight') step(1);
      else if (event.key === 'ArrowLeft') step(-1);
      else if (event.key === ' ') hold();
      else if (event.key === 'f' || event.key === 'F') toggleFullScreen();
      else if (event.key === 'Escape' && !document.fullscreenElement) onView('landing');
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

type ControlsProps = Turns & Pick<ViewProps, 't' | 'options' | 'onOptions' | 'onView'>;

export function WallControls({ fixed, held, hold, step, t, options, onOptions, onView }: ControlsProps) {
  const near = isNear(options);
  return (
    <div class="wall-controls" role="group" aria-label={t('display.controls')}>
      {!fixed && (
        <>
          <button type="button" class="button" aria-pressed={held} onClick={hold}>
            {t(held ? 'display.go' : 'display.hold')}
          </button>
          <button type="button" class="button" onClick={() => step(1)}>
            {t('display.next')}
          </button>
        </>
      )}
      <button type="button" class="button" aria-pressed={near} onClick={() => onOptions({ [NEAR]: near ? null : '1' })}>
        {t('display.near')}
      </button>
      <button type="button" class="button" onClick={() => onView('landing')}>
        {t('display.leave')}
      </button>
      <p class="wall-keys">{t('display.keys')}</p>
    </div>
  );
}
