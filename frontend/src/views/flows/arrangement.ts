// SPDX-License-Identifier: MIT
// Where the nodes of the flows stand from scene to scene, and when they may change places. Pure, but for a view's own memory, which
// knows no clock: times are given to it.

import { amount, type Flow } from './flows';
import type { FlowSettings } from './flow-settings';
import { weights } from './layout';
import { insert, untangle, untangleIfWorth, type Order, type Strand } from './untangle';

/** At most so often: who has found a name looks for it there again, and has to be able to follow how it moved. Milliseconds. */
export const REST = 30_000;

/** How a scene is to be ordered. */
export interface Standing {
  /** How the nodes stood in the last scene; null: this is the first one. */
  readonly order: Order | null;
  readonly mayMove: boolean;
}

export const deviceKey = (id: number): string => `d${id}`;
export const destinationKey = (key: string): string => `g${key}`;

/**
 * As wide as they are drawn. What flows in a moment is another in the next one: half of the weight is then of what went in all, or the
 * nodes would find a reason to move each time that they may.
 */
function strandsOf(flows: readonly Flow[], settings: FlowSettings): Strand[] {
  const widths = settings.width === 'now' ? (['now', 'total'] as const) : [settings.width];
  const sums = flows.map(() => 0);
  for (const width of widths) {
    const all = weights(flows.map((flow) => amount(flow, { ...settings, width })));
    const sum = all.reduce((a, b) => a + b, 0);
    all.forEach((weight, i) => (sums[i] = (sums[i] ?? 0) + weight / sum));
  }
  return flows.map(({ device, key }, i) => {
    return { from: deviceKey(device.id), to: destinationKey(key), weight: sums[i] ?? 0 };
  });
}

/** all: in the order of a first scene before it is untangled. last: who stays last. */
export function arrange(
  all: Order,
  flows: readonly Flow[],
  settings: FlowSettings,
  { order, mayMove }: Standing,
  last: string,
): Order {
  const strands = strandsOf(flows, settings);
  if (order === null) return untangle(all, strands, last);
  const now = insert(order, all, strands, last);
  return mayMove ? untangleIfWorth(now, strands, last) : now;
}

export class Arrangement {
  #picture = '';
  #order: Order | null = null;
  #looked = -Infinity;

  /** picture: what it is of; in another one nothing stands yet. free: nobody follows anything in it with hand or eye. */
  next(picture: string, now: number, free: boolean): Standing {
    if (picture !== this.#picture) this.#order = null;
    this.#picture = picture;
    const mayMove = this.#order === null || (free && now - this.#looked >= REST);
    if (mayMove) this.#looked = now;
    return { order: this.#order, mayMove };
  }

  /** So it is drawn now. */
  drawn(order: Order): void {
    this.#order = order.left.length + order.right.length > 0 ? order : null;
  }
}
