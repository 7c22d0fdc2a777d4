// SPDX-License-Identifier: MIT
// What this network can see of a conversation, and what not: as a letter is carried, open, closed, and within another one.

import '../i18n/later-envelope';
import '../style/envelope.css';
import type { Key, Translate } from '../i18n';

/** What is inside is hidden by what is drawn over it. Units of the picture. */
const CARD = 'M2 6h28v16H2z';
const LINES = 'M6 11h9M6 15h9M6 19h6M20 10h6v5h-6z';
const FLAP = 'M2 6l14 9 14-9';
const INNER = 'M9 10h14v9H9zM9 10l7 5 7-5';

const WAYS = [
  { name: 'envelope.open', is: 'envelope.open.is', lines: [CARD, LINES] },
  { name: 'envelope.closed', is: 'envelope.closed.is', lines: [CARD, FLAP] },
  { name: 'envelope.inside', is: 'envelope.inside.is', lines: [CARD, INNER] },
] as const;

const [YES, NO] = ['envelope.yes', 'envelope.no'] as const;

interface Row {
  readonly what: Key;
  /** In the order of WAYS. */
  readonly seen: readonly [Key, Key, Key];
}

const ROWS: readonly Row[] = [
  { what: 'envelope.who', seen: [YES, YES, YES] },
  { what: 'envelope.whom', seen: [YES, YES, 'envelope.carrier'] },
  { what: 'envelope.site', seen: [YES, 'envelope.mostly', NO] },
  { what: 'envelope.much', seen: [YES, YES, YES] },
  { what: 'envelope.what', seen: ['envelope.ignored', NO, NO] },
  { what: 'envelope.app', seen: [NO, NO, NO] },
];

export interface EnvelopeProps {
  readonly t: Translate;
}

export default function Envelope({ t }: EnvelopeProps) {
  return (
    <section class="envelope">
      <h3 id="envelope-title">{t('envelope.title')}</h3>
      <p>{t('envelope.intro')}</p>
      <table aria-labelledby="envelope-title">
        <thead>
          <tr>
            <td />
            {WAYS.map(({ name, is, lines }) => (
              <th key={name} scope="col">
                <svg viewBox="0 0 32 28" aria-hidden="true">
                  {lines.map((line) => (
                    <path key={line} d={line} />
                  ))}
                </svg>
                {t(name)} <small>{t(is)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ what, seen }) => (
            <tr key={what}>
              <th scope="row">{t(what)}</th>
              {seen.map((one, i) => (
                <td key={WAYS[i]?.name} class={one === NO ? 'unseen' : undefined}>
                  {t(one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">{t('envelope.device')}</p>
    </section>
  );
}
