// SPDX-License-Identifier: MIT
// A part of the menu that has a title.

import type { ComponentChildren } from 'preact';
import type { Key, Translate } from '../i18n';

interface GroupProps {
  readonly title: Key;
  readonly children: ComponentChildren;
  readonly t: Translate;
}

export function Group({ title, children, t }: GroupProps) {
  return (
    <div class="menu-group" role="group" aria-label={t(title)}>
      <p class="menu-title" aria-hidden="true">
        {t(title)}
      </p>
      {children}
    </div>
  );
}
