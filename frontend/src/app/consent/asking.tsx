// SPDX-License-Identifier: MIT
// Around the page of who has something to choose in a room: at first the screen that asks, then the page with a way back to it.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import '../../style/consent.css';
import type { Hello } from '../../feed/hello';
import type { ViewProps } from '../../views/view-props';
import type { Preferences } from '../preferences';
import { Consent } from './consent';

export interface AskingProps {
  readonly props: Pick<ViewProps, 'acts' | 'selection' | 'alias' | 'onView'>;
  readonly hello: Pick<Hello, 'refused' | 'role' | 'topics'> | null;
  readonly preferences: Preferences;
  /** The page, with what leads back. */
  readonly children: (choice: ComponentChildren) => ComponentChildren;
}

export default function Asking({ props, hello, preferences, children }: AskingProps) {
  const [open, setOpen] = useState(false);
  const [skipped, setSkipped] = useState(false);
  const { acts, selection } = props;
  const own = acts?.own;
  if (!acts || !own || !(open || (own.chosen === false && !skipped)))
    return (
      <>
        {children(
          <button type="button" class="plain underlined consent-open" onClick={() => setOpen(true)}>
            {preferences.t('consent.open')}
          </button>,
        )}
      </>
    );
  const onDone = (): void => {
    setOpen(false);
    // its page is another one's now, or nobody's
    if (props.alias !== null) props.onView('landing');
  };
  const onLeave = (): void => {
    setOpen(false);
    setSkipped(true);
  };
  return <Consent {...{ acts, own, hello, preferences, onDone, onLeave }} alias={selection.me?.alias ?? null} />;
}
