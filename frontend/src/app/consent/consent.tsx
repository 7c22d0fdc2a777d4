// SPDX-License-Identifier: MIT
// In a room, before anything else: what is seen of one, and how one wants to be seen. Later it is where one chooses anew.

import '../../i18n/later-consent';
import '../../i18n/later-wishes';
import { useEffect, useRef } from 'preact/hooks';
import type { Hello } from '../../feed/hello';
import type { Key } from '../../i18n';
import { isolate } from '../../parts/characters';
import { Outcome } from '../../parts/outcome';
import { useAct } from '../../parts/use-act';
import type { Acts } from '../../store/acts';
import type { Wish } from '../../store/myself';
import { LanguagePick } from '../header';
import type { Preferences } from '../preferences';

export interface ConsentProps {
  readonly acts: Acts;
  readonly own: NonNullable<Acts['own']>;
  /** What the viewer's device is called; null: nothing of it is told. */
  readonly alias: string | null;
  readonly hello: Pick<Hello, 'refused'> | null;
  readonly preferences: Preferences;
  readonly onDone: () => void;
  /** They have chosen before, or cannot now. */
  readonly onLeave: () => void;
}

interface Choice {
  readonly wish: Wish;
  readonly verb: 'show' | 'hide' | 'leave-out';
  readonly title: Key;
  readonly text: Key;
}

const FACTS = ['seen', 'unseen', 'who', 'kept'] as const;

/** What may be told to the viewer may be told to the others. */
function choicesOf(hello: ConsentProps['hello']): readonly Choice[] {
  const led = ['identities', 'lookups'].every((topic) => hello?.refused.includes(topic));
  const whom = led ? 'led' : 'all';
  return [
    { wish: 'shown', verb: 'show', title: 'consent.join', text: `consent.join.${whom}` },
    { wish: 'hidden', verb: 'hide', title: 'consent.hide', text: `consent.hide.${whom}` },
    { wish: 'left-out', verb: 'leave-out', title: 'consent.out', text: 'consent.out.text' },
  ];
}

function Facts({ alias, preferences: { t } }: Pick<ConsentProps, 'alias' | 'preferences'>) {
  const name = alias === null ? t('consent.name.text') : t('consent.name.now', { name: isolate(alias) });
  return (
    <dl class="consent-facts">
      {FACTS.map((fact) => (
        <div key={fact}>
          <dt>{t(`consent.${fact}`)}</dt>
          <dd>{t(`consent.${fact}.text`)}</dd>
        </div>
      ))}
      <div>
        <dt>{t('consent.name')}</dt>
        <dd>{name}</dd>
      </div>
    </dl>
  );
}

/** What the choice hangs on, and what is so without one. */
function Hints({ own, preferences: { t } }: Pick<ConsentProps, 'own' | 'preferences'>) {
  return (
    <p class="muted">
      {own.chosen === false && own.wish !== 'shown' && `${t(`consent.until.${own.wish}`)} `}
      {t('consent.change', { name: t('consent.open') })} {own.keptBy !== 'mac' && t(`act.wish.by.${own.keptBy}`)}
    </p>
  );
}

export function Consent(props: ConsentProps) {
  const { acts, own, hello, preferences, onDone, onLeave } = props;
  const { t } = preferences;
  const { said, run } = useAct(acts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    // the page that comes then is read from its beginning
    return () => void setTimeout(() => document.getElementById('main')?.focus({ preventScroll: true }));
  }, []);
  const choose = async (verb: Choice['verb']): Promise<void> => {
    if (await run(`${verb} me`, () => ({ key: 'act.wish.done', values: {} }))) onDone();
  };
  return (
    <main id="main" class="consent" tabIndex={-1}>
      <div class="consent-top">
        <h1 ref={heading} tabIndex={-1}>
          {t('consent.title')}
        </h1>
        <LanguagePick {...preferences} />
      </div>
      <p>{t('consent.what')}</p>
      <Facts {...props} />
      <h2>{t('consent.choice')}</h2>
      <ul class="consent-choices">
        {choicesOf(hello).map(({ wish, verb, title, text }) => (
          <li key={wish}>
            <button type="button" class="button" onClick={() => void choose(verb)}>
              <b>{t(title)}</b>
              {own.chosen === true && own.wish === wish && <span class="badge">{t('consent.now')}</span>}
              <span>{t(text)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Outcome id="consent-outcome" said={said} place={null} t={t} />
      {(own.chosen === true || said?.bad) && (
        <p>
          <button type="button" class="button" onClick={onLeave}>
            {t(own.chosen === true ? 'consent.back' : 'consent.skip')}
          </button>
        </p>
      )}
      <Hints {...props} />
    </main>
  );
}
