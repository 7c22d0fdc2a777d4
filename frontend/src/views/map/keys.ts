// SPDX-License-Identifier: MIT
// Which spot the arrow keys lead to: left and right through all of them from west to east, up and down from north to south.

import type { Scene } from './scene';

const STEPS: Readonly<Record<string, { readonly axis: 'x' | 'y'; readonly by: 1 | -1 }>> = {
  ArrowRight: { axis: 'x', by: 1 },
  ArrowLeft: { axis: 'x', by: -1 },
  ArrowDown: { axis: 'y', by: 1 },
  ArrowUp: { axis: 'y', by: -1 },
};

/** The key of the next spot, or undefined when the pressed key is not for this. */
export function stepSpot({ spots }: Pick<Scene, 'spots'>, from: number | null, pressed: string): number | undefined {
  const { axis, by } = STEPS[pressed] ?? { axis: 'x', by: 0 };
  const order = [...spots].sort((a, b) => a[axis] - b[axis] || a.key - b.key);
  if (pressed === 'Home') return order[0]?.key;
  if (pressed === 'End') return order[order.length - 1]?.key;
  if (by === 0 || order.length === 0) return undefined;
  const at = order.findIndex((spot) => spot.key === from);
  const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length;
  return order[next]?.key;
}
