// SPDX-License-Identifier: MIT
// What whoever sets the wall up should know: said once, beside the picture, while the wall has begun already.

import { useEffect, useState } from 'preact/hooks';
import type { Key, Translate } from '../../i18n';
import type { Awake } from './wall-health';

/** Long enough to be read by whoever stands at the machine. Milliseconds. */
const SHOWN = 45_000;
const TOLD = 'connvis.wall';

function told(): boolean {
  try {
    return sessionStorage.getItem(TOLD) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(TOLD, '1');
  } catch {
    // It is said again after a reload.
  }
}

export function Setup({ awake, join, t }: { readonly awake: Awake; readonly join: boolean; readonly t: Translate }) {
  const [shown, setShown] = useState(() => !told());
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => {
      remember();
      setShown(false);
    }, SHOWN);
    return () => clearTimeout(timer);
  }, [shown]);
  if (!shown) return null;
  const hints: Key[] = [];
  if (awake === 'no') hints.push(window.isSecureContext ? 'display.setup.sleep' : 'display.setup.http');
  if (!join) hints.push('display.setup.join');
  if (hints.length === 0) return null;
  return (
    <ul class="wall-setup" aria-label={t('display.setup')}>
      {hints.map((hint) => (
        <li key={hint}>{t(hint)}</li>
      ))}
    </ul>
  );
}
