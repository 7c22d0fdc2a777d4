// SPDX-License-Identifier: MIT
// A round on the wall, in place of the picture: fetched when one is on.

import '../../style/round.css';
import { formatter } from '../../i18n/format';
import { Bars } from '../../parts/round/bars';
import { metByMost } from '../../parts/round/contacts';
import { choicesOf, votesOf } from '../../parts/round/guess';
import { GuessResult } from '../../parts/round/guess-result';
import { spanOf } from '../../parts/round/quiet';
import { Chattiest, Dots } from '../../parts/round/quiet-minute';
import type { RoundProps } from '../../parts/round/round-props';
import { choiceText, Say } from '../../parts/round/round-words';
import { groupLabel } from '../../store/grouping';
import { isPlaying } from '../../store/room';
import type { ViewProps } from '../view-props';

/** Lines that are read from the last row. */
const MET = 8;
const THINGS = 3;

function Quiet(props: RoundProps & { readonly playing: boolean }) {
  return (
    <>
      {props.playing && <Say kind="quiet" t={props.t} />}
      <Dots {...props} />
      {!props.playing && <Chattiest {...props} limit={THINGS} />}
    </>
  );
}

function App({ room, selection, t, locale, playing }: RoundProps & { readonly playing: boolean }) {
  const met = metByMost(selection.held, spanOf(room, selection.now), MET);
  const format = formatter(locale, t);
  return (
    <>
      {playing && <Say kind="app" t={t} />}
      <div class="round-result">
        <h3>{t(met.length > 0 ? 'round.met' : 'round.met.none')}</h3>
        {met.length > 0 && (
          <Bars
            title={t('round.met')}
            bars={met.map(({ key, devices }) => ({
              key,
              label: groupLabel(key, 'company', t, format.country),
              value: devices,
              text: t('round.devices', { n: devices }),
            }))}
          />
        )}
      </div>
    </>
  );
}

function Guess(props: RoundProps & { readonly playing: boolean }) {
  const { room, t, playing } = props;
  return (
    <>
      <p class="round-large">{t(`round.question.${room.question ?? 'countries'}`)}</p>
      {playing ? (
        <>
          <ol class="round-choices">
            {choicesOf(room).map((choice, i) => (
              <li key={i}>
                <bdi>{choiceText(choice, room.question, t)}</bdi>
              </li>
            ))}
          </ol>
          <Say kind="guess" t={t} />
          <p class="round-large">{t('round.votes', { n: votesOf(room) })}</p>
        </>
      ) : (
        <GuessResult {...props} />
      )}
    </>
  );
}

const PARTS = { quiet: Quiet, app: App, guess: Guess } as const;

export default function WallRound({ selection, t, locale }: ViewProps) {
  const { room, now } = selection;
  if (!room?.roundKind) return null;
  const Part = PARTS[room.roundKind];
  return (
    <section class="round round-wall" aria-label={t(`round.${room.roundKind}`)}>
      <h2>{t(`round.${room.roundKind}`)}</h2>
      <Part {...{ room, selection, t, locale }} playing={isPlaying(room, now)} />
    </section>
  );
}
