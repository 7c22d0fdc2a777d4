// SPDX-License-Identifier: MIT
// Guess first, on a device: one vote, and then the truth.

import { useId, useRef, useState } from 'preact/hooks';
import type { Answer, Fault } from '../../feed/errands';
import type { Key } from '../../i18n';
import { choicesOf } from '../../parts/round/guess';
import { GuessResult } from '../../parts/round/guess-result';
import { choiceText } from '../../parts/round/round-words';
import type { Room } from '../../store/rows';
import type { PartProps } from './round-panel';

const SAID: Partial<Readonly<Record<Fault, Key>>> = {
  'vote-twice': 'round.vote.twice',
  'vote-over': 'round.vote.over',
};

/** Of the round that was voted in last, and for what there: it is known for as long as the page is there, and to nobody else. */
let votedIn = '';
let votedFor: number | null = null;
const nameOf = ({ roundNumber, roundSince }: Room): string => `${roundNumber} ${roundSince}`;

export function saidOf(answer: Answer): Key {
  if (answer.done) return 'round.vote.done';
  return SAID[answer.fault as Fault] ?? 'round.vote.failed';
}

function Ballot({ room, acts, t }: PartProps) {
  const [choice, setChoice] = useState<number | null>(null);
  const [said, setSaid] = useState<Key | null>(null);
  const [done, setDone] = useState(votedIn === nameOf(room));
  const outcome = useRef<HTMLParagraphElement>(null);
  const busy = useRef(false);
  const name = useId();
  const question = t(`round.question.${room.question ?? 'countries'}`);
  const vote = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!acts || choice === null || busy.current) return;
    busy.current = true;
    setSaid(null);
    const answer = await acts.ask(`vote ${room.roundNumber ?? 0} ${choice + 1}`);
    busy.current = false;
    setSaid(saidOf(answer));
    if (!answer.done && answer.fault !== 'vote-twice') return;
    // whoever voted before, in a page that is gone, chose we do not know what
    votedFor = answer.done ? choice : null;
    votedIn = nameOf(room);
    setDone(true);
    outcome.current?.focus();
  };
  return (
    <form class="round-ballot" onSubmit={(event) => void vote(event)}>
      <fieldset disabled={done}>
        <legend class="round-large">{question}</legend>
        {choicesOf(room).map((one, i) => (
          <label key={i}>
            <input type="radio" name={name} checked={choice === i} onChange={() => setChoice(i)} />
            <bdi>{choiceText(one, room.question, t)}</bdi>
          </label>
        ))}
      </fieldset>
      {!done && (
        <>
          <button type="submit" class="button round-big" disabled={choice === null}>
            {t('round.vote')}
          </button>
          <p class="muted">{t('round.vote.final')}</p>
        </>
      )}
      <p ref={outcome} class="outcome" role="status" tabIndex={-1}>
        {said ? t(said) : done && t('round.vote.done')}
      </p>
    </form>
  );
}

export function GuessPart(props: PartProps) {
  const { room, acts, selection, playing, t } = props;
  const question = t(`round.question.${room.question ?? 'countries'}`);
  const { me } = selection;
  if (playing && acts && (me ? acts.may('vote', me) : acts.own?.wish === 'left-out')) return <Ballot {...props} />;
  return (
    <>
      <p class="round-large">{question}</p>
      {playing ? (
        <p>{t('round.vote.watch')}</p>
      ) : (
        <GuessResult {...props} mine={votedIn === nameOf(room) ? votedFor : null} />
      )}
    </>
  );
}
