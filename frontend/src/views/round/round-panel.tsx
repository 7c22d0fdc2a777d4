// SPDX-License-Identifier: MIT
// A round on the device of whoever takes part, in place of the view, until they want to look around. Fetched when one is on.

import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import '../../style/round.css';
import { VALUES_EVERY } from '../../feed/pacing';
import type { RoundProps } from '../../parts/round/round-props';
import type { Kind } from '../../parts/round/round-words';
import { usePaced } from '../../parts/use-paced';
import type { Acts } from '../../store/acts';
import { isPlaying } from '../../store/room';
import type { ViewProps } from '../view-props';
import { AppPart } from './app-part';
import { GuessPart } from './guess-part';
import { QuietPart } from './quiet-part';

export interface RoundPanelProps extends Pick<ViewProps, 'selection' | 'acts' | 't' | 'locale'> {
  /** The view, for who looks around. */
  readonly children: ComponentChildren;
}

export interface PartProps extends RoundProps {
  readonly acts: Acts | null;
  /** Its time is not over. */
  readonly playing: boolean;
}

const PARTS: Readonly<Record<Kind, (props: PartProps) => ComponentChildren>> = {
  quiet: QuietPart,
  app: AppPart,
  guess: GuessPart,
};

export default function RoundPanel({ selection, children, acts, t, locale }: RoundPanelProps) {
  const { room } = selection;
  const playing = room !== null && isPlaying(room, selection.now);
  const number = room?.roundNumber ?? 0;
  const paced = usePaced(selection, VALUES_EVERY, `${number} ${playing}`);
  const [aside, setAside] = useState<number | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pressed = useRef(false);
  const away = aside === number;
  // the button that was pressed has gone, and this one does the opposite
  useEffect(() => {
    if (pressed.current) button.current?.focus();
    pressed.current = false;
  }, [away]);
  const kind = room?.roundKind ?? null;
  // the same as before costs nothing to compare
  const part = useMemo(() => {
    const Part = kind && PARTS[kind];
    return (
      Part && paced.room && <Part key={number} {...{ acts, playing, t, locale }} room={paced.room} selection={paced} />
    );
  }, [kind, number, acts, playing, t, locale, paced]);
  if (!kind) return <>{children}</>;
  const turn = (to: number | null): void => {
    pressed.current = true;
    setAside(to);
  };
  if (away)
    return (
      <div class="round-around">
        <button ref={button} type="button" class="button" onClick={() => turn(null)}>
          {t('round.back')}
        </button>
        {children}
      </div>
    );
  return (
    <section class="round round-own" aria-label={t(`round.${kind}`)}>
      <h2>{t(`round.${kind}`)}</h2>
      {part}
      <button ref={button} type="button" class="button" onClick={() => turn(number)}>
        {t('round.aside')}
      </button>
    </section>
  );
}
