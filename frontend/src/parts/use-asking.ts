// SPDX-License-Identifier: MIT
// What cannot be undone is asked once more: the focus goes to the question, and back to the button that asked.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export function useAsking() {
  const [asking, setAsking] = useState(false);
  const question = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // who cannot see it hears what it means, before the buttons
  useLayoutEffect(() => {
    if (asking) question.current?.focus();
  }, [asking]);
  const leave = (): void => {
    setAsking(false);
    button.current?.focus();
  };
  return {
    asking,
    question,
    button,
    leave,
    turn: (): void => setAsking(!asking),
    /** Of what holds both. */
    onKeyDown: (event: KeyboardEvent): void => {
      if (asking && event.key === 'Escape') leave();
    },
  };
}
