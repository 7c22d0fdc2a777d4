// SPDX-License-Identifier: MIT
// Sentences of the screen that asks how one may be seen in a room.

import { renderToString } from 'preact-render-to-string';
import type { Acts } from '../../store/acts';
import type { Me } from '../../store/myself';
import { Consent } from '../consent/consent';
import { sentence as so, type Scene, type Sentence } from './sentence';

const nothing = (): void => undefined;
const looks = { theme: 'light', language: 'en', setTheme: nothing, setLanguage: nothing } as const;

interface Asked extends Partial<Pick<Me, 'wish' | 'chosen' | 'keptBy'>> {
  readonly alias?: string | null;
  /** Topics that are for whoever leads the room. */
  readonly refused?: readonly string[];
}

function asked({ wish = 'hidden', chosen = false, keptBy = 'mac', alias = 'Mila', refused = [] }: Asked = {}): Scene {
  const own = { wish, chosen, keptBy };
  const acts: Acts = { leads: false, may: () => true, ask: () => new Promise(nothing), own };
  return ({ t, locale }) =>
    renderToString(
      <Consent
        {...{ acts, own, alias }}
        hello={{ refused }}
        preferences={{ ...looks, t, locale }}
        onDone={nothing}
        onLeave={nothing}
      />,
    );
}

const LED = { refused: ['identities', 'lookups'] };

export const CONSENT: readonly Sentence[] = [
  so(
    'one is asked',
    [
      ...(['consent.title', 'consent.what', 'consent.seen.text', 'consent.unseen.text', 'consent.who.text'] as const),
      ...(['consent.kept.text', 'consent.out.text', 'consent.change'] as const),
    ],
    asked(),
    null,
  ),
  so('one has a name', 'consent.name.now', asked(), asked({ alias: null })),
  so('one has none', 'consent.name.text', asked({ alias: null }), asked()),
  so('everybody may see all', ['consent.join.all', 'consent.hide.all'], asked(), asked(LED)),
  so('whoever leads alone may', ['consent.join.led', 'consent.hide.led'], asked(LED), asked({ refused: ['lookups'] })),
  so('nobody has chosen', 'consent.until.hidden', asked(), asked({ chosen: true })),
  so(
    'nobody has chosen, and is seen so long',
    'consent.until.left-out',
    asked({ wish: 'left-out' }),
    asked({ wish: 'left-out', chosen: true }),
  ),
  so('one has chosen that before', 'consent.now', asked({ chosen: true }), asked()),
];
