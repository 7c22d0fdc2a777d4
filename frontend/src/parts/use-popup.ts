// SPDX-License-Identifier: MIT
// A sheet that a button opens over the page. It closes with Escape, with a tap elsewhere, and when the focus leaves it.

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Popup {
  /** Around the button and the sheet. */
  readonly box: RefObject<HTMLDivElement & HTMLSpanElement>;
  readonly button: RefObject<HTMLButtonElement>;
  readonly shown: boolean;
  readonly show: (shown: boolean) => void;
}

export function usePopup(): Popup {
  const box = useRef<HTMLDivElement & HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [shown, show] = useState(false);
  // as soon as it can be seen: a key that comes at once is heard
  useLayoutEffect(() => {
    if (!shown) return undefined;
    const holds = (target: EventTarget | null): boolean =>
      target instanceof Node && box.current?.contains(target) === true;
    const away = (event: Event): void => {
      if (!holds(event.target)) show(false);
    };
    // wherever the focus is: a tap on the sheet itself may take it away from everything
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      show(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    document.addEventListener('keydown', escape, true);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
      document.removeEventListener('keydown', escape, true);
    };
  }, [shown]);
  return { box, button, shown, show };
}
