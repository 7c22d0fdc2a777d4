// SPDX-License-Identifier: MIT
// Settings that are folded away where the picture needs the room.

import type { ComponentChildren } from 'preact';
import type { Translate } from '../i18n';
import type { ScreenSize } from './screen';

interface FoldedProps {
  readonly size: ScreenSize;
  readonly t: Translate;
  readonly children: ComponentChildren;
}

export function Folded({ size, t, children }: FoldedProps) {
  if (size !== 'phone') return <>{children}</>;
  return (
    <details>
      <summary class="button">{t('app.options')}</summary>
      <div class="choices">{children}</div>
    </details>
  );
}
