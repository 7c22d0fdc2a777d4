// SPDX-License-Identifier: MIT
// What a view says when it has nothing to show.

import type { ComponentChildren } from 'preact';

export function Nothing({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}
