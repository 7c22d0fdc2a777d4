// SPDX-License-Identifier: MIT
// Bars that grow out of nothing, as a list: what each stands for is there as text.

import type { ComponentChildren } from 'preact';

export interface Bar {
  readonly key: string;
  readonly label: string;
  /** How long it is, and what is said of that. */
  readonly value: number;
  readonly text: string;
  readonly more?: string;
  readonly right?: boolean;
}

export interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** What stands before the label of one that is right. */
  readonly right?: ComponentChildren;
}

export function Bars({ title, bars, right }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ol class="round-bars" aria-label={title}>
      {bars.map((bar) => (
        <li key={bar.key} class={bar.right ? 'right' : ''}>
          <span class="round-bar-label">
            {bar.right && right}
            <bdi>{bar.label}</bdi>
          </span>
          <span class="round-bar-text">{bar.text}</span>
          <span class="round-bar" aria-hidden="true">
            <span style={{ inlineSize: `${((bar.value / most) * 100).toFixed(2)}%` }} />
          </span>
          {bar.more !== undefined && <span class="round-bar-more muted">{bar.more}</span>}
        </li>
      ))}
    </ol>
  );
}
