// SPDX-License-Identifier: MIT
// A panel beside the view: Escape closes it wherever the focus is, and the focus goes back to where it was.

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What has a use of its own for the key: an open list, a field with words. */
const OWN = 'input:not([type=range], [type=checkbox], [type=file]), select, textarea';

function focusable(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element !== document.body && element.isConnected;
}

/** Closes by the returned function, and by Escape. onClose need not stay the same. */
export function usePanel(panel: RefObject<HTMLElement>, onClose: () => void): () => void {
  /** What had the focus last outside of the panel. */
  const opener = useRef<Element | null>(null);
  const close = useRef(onClose);
  const back = useRef(() => undefined as void);
  close.current = onClose;
  back.current = () => {
    const within = panel.current?.contains(document.activeElement) === true || document.activeElement === document.body;
    close.current();
    if (!within) return;
    // what was there may have gone since, as rows do: then at least the view
    const to = focusable(opener.current) ? opener.current : document.getElementById('main');
    to?.focus({ preventScroll: true });
  };
  // as soon as it can be seen: a key that comes at once is heard
  useLayoutEffect(() => {
    const remember = (): void => {
      if (panel.current?.contains(document.activeElement) === false) opener.current = document.activeElement;
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.matches(OWN)) return;
      event.preventDefault();
      back.current();
    };
    remember();
    document.addEventListener('focusin', remember);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('keydown', escape);
    };
  }, [panel]);
  return useRef(() => back.current()).current;
}
