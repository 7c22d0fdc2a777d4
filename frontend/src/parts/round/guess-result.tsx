// SPDX-License-Identifier: MIT
// What was guessed, and the truth.

import { useMemo } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { groupLabel, isKnown } from '../../store/grouping';
import type { Grouping } from '../../store/selection';
import { Bars } from './bars';
import { choicesOf, truthOf } from './guess';
import type { RoundProps } from './round-props';
import { choiceText } from './round-words';

/** So many of those of which there were so many. */
const TOP = 8;

/** Those with which most was exchanged: they are what the number stands for. */
function Top({ selection, by, t, locale }: RoundProps & { readonly by: Grouping }) {
  const format = formatter(locale, t);
  const top = [...selection.allGroups(by).all.values()]
    .filter(({ key }) => isKnown(key))
    .map(({ key, upBytes, downBytes }) => ({ key, value: upBytes + downBytes }))
    .sort((a, b) => b.value - a.value)
    .slice(0, TOP);
  return (
    <div class="round-result">
      <h3>{t('round.top')}</h3>
      <Bars
        title={t('round.top')}
        bars={top.map(({ key, value }) => ({
          key,
          label: groupLabel(key, by, t, format.country),
          value,
          text: format.bytes(value),
        }))}
      />
    </div>
  );
}

/** mine: which answer the viewer chose, from 0; null where that is not known. */
export function GuessResult({ mine = null, ...props }: RoundProps & { readonly mine?: number | null }) {
  const { room, selection, t, locale } = props;
  const { right, count, sent } = useMemo(() => truthOf(room, selection), [room, selection]);
  const format = formatter(locale, t);
  const most = room.question === 'most';
  const bars = choicesOf(room).map((choice, i) => {
    const votes = t('round.votes', { n: choice.votes });
    const more = [most ? votes : '', mine === i ? t('round.mine') : ''].filter((part) => part !== '').join(' · ');
    return {
      key: String(i),
      label: choiceText(choice, room.question, t),
      value: most ? (sent[i] ?? 0) : choice.votes,
      text: most ? format.bytes(sent[i] ?? 0) : votes,
      ...(more === '' ? {} : { more }),
      right: right.includes(i),
    };
  });
  const title = t(`round.question.${room.question ?? 'countries'}`);
  return (
    <div class="round-results">
      <div class="round-result">
        {!most && (
          <p class="round-large">
            {t(room.question === 'companies' ? 'round.count.companies' : 'round.count.countries', { n: count })}
          </p>
        )}
        <Bars
          title={title}
          bars={bars}
          right={
            <span class="round-right" role="img" aria-label={t('round.right')}>
              ✓
            </span>
          }
        />
      </div>
      {!most && <Top {...props} by={room.question === 'companies' ? 'company' : 'country'} />}
    </div>
  );
}
