// SPDX-License-Identifier: MIT
// Rounds that are ready to lead: what to say, for how long, and what is asked; and the one that is on.

import '../../i18n/later-desk';
import { useId, useState } from 'preact/hooks';
import { clockText } from '../../parts/room-text';
import '../../style/round.css';
import { makeQuestion, QUESTIONS, votesOf, type Question } from '../../parts/round/guess';
import { GuessResult } from '../../parts/round/guess-result';
import { Chattiest, Dots } from '../../parts/round/quiet-minute';
import type { RoundProps } from '../../parts/round/round-props';
import { KINDS, Sentences, type Kind, type SayProps } from '../../parts/round/round-words';
import { beginnings, spanOf } from '../../parts/round/quiet';
import type { Key } from '../../i18n';
import { isPlaying, timeLeft } from '../../store/room';
import { Part, type DeskProps } from './desk-view';

/** So many things at the desk. */
const CHATTIEST = 3;
/** Minutes; the first is what it is at first. */
const TIMERS: Readonly<Record<Kind, readonly number[]>> = {
  quiet: [1, 2, 3],
  app: [3, 1, 2, 5, 10],
  guess: [1, 2, 3],
};

function Aloud({ kind, t }: SayProps) {
  return (
    <div class="desk-say">
      <p>{t('round.say')}:</p>
      <blockquote>
        <Sentences kind={kind} t={t} />
      </blockquote>
    </div>
  );
}

interface MinutesProps extends Pick<DeskProps, 't'> {
  readonly kind: Kind;
  readonly minutes: number;
  readonly onMinutes: (minutes: number) => void;
}

function Minutes({ kind, minutes, onMinutes, t }: MinutesProps) {
  const sorted = [...TIMERS[kind]].sort((a, b) => a - b);
  return (
    <label>
      {t('desk.round.timer')}
      <select class="field" value={String(minutes)} onChange={(event) => onMinutes(Number(event.currentTarget.value))}>
        {sorted.map((n) => (
          <option key={n} value={String(n)} selected={n === minutes}>
            {t('desk.round.minutes', { n })}
          </option>
        ))}
      </select>
    </label>
  );
}

interface AskProps extends Pick<DeskProps, 't'> {
  readonly question: Question;
  readonly onQuestion: (question: Question) => void;
}

function Ask({ question, onQuestion, t }: AskProps) {
  const name = useId();
  return (
    <fieldset class="desk-question">
      <legend>{t('round.question')}</legend>
      {QUESTIONS.map((one) => (
        <label key={one} class="check">
          <input type="radio" name={name} checked={question === one} onChange={() => onQuestion(one)} />
          <span>{t(`round.question.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Card({ kind, selection, act, t }: DeskProps & { readonly kind: Kind }) {
  const [minutes, setMinutes] = useState(TIMERS[kind][0] ?? 1);
  const [question, setQuestion] = useState<Question>('countries');
  const none = useId();
  const name = t(`round.${kind}`);
  const guesses = kind === 'guess';
  // whether there is something to ask hangs on no dice
  const asked = guesses ? makeQuestion(selection, question, selection.now, 0) : '';
  const start = (): void => {
    const made = guesses ? `${makeQuestion(selection, question, selection.now, Math.random()) ?? ''} ` : '';
    void act('play', `${kind} ${minutes * 60} ${made}${name}`);
  };
  return (
    <Part title={name}>
      <Aloud kind={kind} t={t} />
      {guesses && <Ask question={question} onQuestion={setQuestion} t={t} />}
      <Minutes {...{ kind, minutes, t }} onMinutes={setMinutes} />
      {asked === null && <p id={none}>{t('round.question.none')}</p>}
      <button
        type="button"
        class="button desk-big"
        disabled={asked === null}
        aria-describedby={asked === null ? none : undefined}
        onClick={start}
      >
        {t('round.start', { name })}
      </button>
    </Part>
  );
}

/** One card for each. */
export function RoundCards(props: DeskProps) {
  return (
    <>
      {KINDS.map((kind) => (
        <Card key={kind} {...props} kind={kind} />
      ))}
    </>
  );
}

/** What the wall shows, for who stands with the back to it. */
function CameOf({ kind, ...props }: RoundProps & { readonly kind: Kind }) {
  if (kind === 'guess') return <GuessResult {...props} />;
  if (kind === 'app') return null;
  return (
    <>
      <Dots {...props} />
      <Chattiest {...props} limit={CHATTIEST} />
    </>
  );
}

/** What to ask the room about what came of it. */
function thenOf(kind: Kind, { room, selection }: DeskProps): Key {
  if (kind === 'guess') return `round.then.${room.question ?? 'countries'}`;
  if (kind === 'app') return 'round.then.app';
  return beginnings(selection.held, spanOf(room, selection.now)).length === 0 ? 'round.then.none' : 'round.then.quiet';
}

function Then({ kind, ...props }: DeskProps & { readonly kind: Kind }) {
  const { t } = props;
  return (
    <div class="desk-say">
      <p>{t('round.then')}:</p>
      <blockquote>
        <p>{t(thenOf(kind, props))}</p>
      </blockquote>
    </div>
  );
}

export function RoundOn(props: DeskProps) {
  const { room, selection, act, t, locale } = props;
  const left = timeLeft(room, selection.now);
  const { roundKind: kind } = room;
  const playing = isPlaying(room, selection.now);
  return (
    <Part title={t('desk.round')}>
      <p class="desk-now">
        <bdi>{kind ? t(`round.${kind}`) : room.round}</bdi>
        {left !== null && <span class="desk-clock">{left > 0 ? clockText(left) : t('room.over')}</span>}
      </p>
      {kind && playing && <Aloud kind={kind} t={t} />}
      {kind === 'guess' && playing && <p class="round-large">{t(`round.question.${room.question ?? 'countries'}`)}</p>}
      {kind === 'guess' && <p>{t('round.votes', { n: votesOf(room) })}</p>}
      {kind && playing && (
        <button type="button" class="button desk-big" onClick={() => void act('time-up')}>
          {t('round.reveal')}
        </button>
      )}
      <button type="button" class="button desk-big" onClick={() => void act('round-end')}>
        {t('desk.round.end')}
      </button>
      {kind && !playing && (
        <>
          <CameOf kind={kind} {...{ room, selection, t, locale }} />
          <Then {...props} kind={kind} />
        </>
      )}
    </Part>
  );
}
