// SPDX-License-Identifier: MIT
// The sentence above a view: large, with what it speaks of a touch away.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Translate } from '../../i18n';
import { formatter } from '../../i18n/format';
import type { Device } from '../../store/rows';
import type { Selection, Target } from '../../store/selection';
import { targetOf, type Finding, type RuleName, type Words } from './finding';
import { companyLabel, deviceName } from './phrases';
import { useFlowing, useSaid } from './use-said';

/** What to show of a finding: what is picked in a picture, or a name to be found among those that were looked up. */
export interface Evidence {
  readonly target: Target | null;
  readonly name: string | null;
}

export interface FindingProps {
  readonly selection: Selection;
  /** Whose page it is; null: it is about anything. */
  readonly about: Device | null;
  /** Null where nobody can touch it. */
  readonly onEvidence: ((evidence: Evidence) => void) | null;
  readonly t: Translate;
  readonly locale: string;
}

/** Longer ones are set a little smaller, and these still smaller on a wall. Letters. */
const LONG = 84;
const LONGER = 104;
/** A new sentence is read out at most so often: who only hears it has other things to hear. Milliseconds. */
const SPOKEN_EVERY = 60_000;
/** By then it has been heard, and is not to be met twice by who reads on. Milliseconds. */
const SPOKEN_FOR = 5000;
/** Of these the sentence names no company. */
const COMPANIES: readonly RuleName[] = ['ads', 'sends', 'far', 'country'];

/** What is to be read out now: what was there at first is found where it stands. */
function useSpoken(text: string | null): string {
  const [spoken, speak] = useState('');
  const last = useRef<{ readonly text: string | null; readonly at: number } | null>(null);
  useEffect(() => {
    const now = performance.now();
    last.current ??= { text, at: now };
    if (text === null || text === last.current.text || now - last.current.at < SPOKEN_EVERY) return;
    last.current = { text, at: now };
    speak(text);
  }, [text]);
  useEffect(() => {
    if (spoken === '') return undefined;
    const timer = setTimeout(() => speak(''), SPOKEN_FOR);
    return () => clearTimeout(timer);
  }, [spoken]);
  return spoken;
}

function evidenceOf({ receipts }: Finding): Evidence | null {
  const [name] = receipts.names;
  if (name !== undefined) return { target: null, name };
  const target = targetOf(receipts);
  return target && { target, name: null };
}

function sizeOf({ length }: string): string {
  if (length <= LONG) return 'finding-text';
  return length <= LONGER ? 'finding-text finding-long' : 'finding-text finding-long finding-longer';
}

/** Where there is nothing to say. device: it is about this one alone. */
function calmText(device: string | null, flows: boolean, t: Translate): string {
  if (device === null) return t(flows ? 'finding.even' : 'finding.calm');
  return t(flows ? 'finding.even.one' : 'finding.calm.one', { device });
}

function Receipts({ finding, words }: { readonly finding: Finding; readonly words: Words }) {
  if (!COMPANIES.includes(finding.rule) || finding.receipts.companies.length === 0) return null;
  return <span>{finding.receipts.companies.map((key) => companyLabel(key, words)).join(' · ')}</span>;
}

export default function FindingBand({ selection, about, onEvidence, t, locale }: FindingProps) {
  const words = useMemo((): Words => ({ t, format: formatter(locale, t) }), [t, locale]);
  const said = useSaid(selection, about);
  const only = about ?? selection.only;
  const flows = useFlowing(selection, only);
  const text = said && said.finding.say(words);
  const spoken = useSpoken(text);
  const evidence = said && onEvidence && evidenceOf(said.finding);
  const sentence = (
    <span key={said?.since ?? 0} class={sizeOf(text ?? '')}>
      {text ?? calmText(only && deviceName(only, selection, words), flows, t)}
    </span>
  );
  return (
    <section class={said ? 'finding' : 'finding finding-calm'} aria-label={t('finding.label')}>
      <p class="visually-hidden" role="status">
        {spoken !== '' && spoken}
      </p>
      {said && onEvidence && evidence ? (
        <button type="button" class="finding-said" onClick={() => onEvidence(evidence)}>
          {sentence}{' '}
          <span class="finding-receipts">
            <Receipts finding={said.finding} words={words} /> <span class="finding-show">{t('finding.show')}</span>
          </span>
        </button>
      ) : (
        <p class="finding-said">{sentence}</p>
      )}
    </section>
  );
}
