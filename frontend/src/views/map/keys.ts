// SPDX-License-Identifier: MIT
// Which spot the arrow keys lead to.

import type { Scene } from './scene';

/** The key of the next spot, or undefined when the pressed key is not for this. Left and right go through them from west to east. */
export function stepSpot(scene: Scene, from: number | null, pressed: string): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const order = [...scene.spots].sort((a, b) => a.x - b.x || a.key - b.key);
  if (pressed === 'Home') return order[0]?.key;
  if (pressed === 'End') return order[order.length - 1]?.key;
  const step = steps[pressed];
  if (step === undefined || order.length === 0) return undefined;
  const at = order.findIndex((spot) => spot.key === from);
  const next = at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
  return order[next]?.key;
}
