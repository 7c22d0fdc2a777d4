// SPDX-License-Identifier: MIT
// Pulses on their way along the lines, and the rings that they make where they arrive.

import { alongArc, slopeOfArc, type Arc } from './arc';
import type { Point } from './camera';
import type { Canvas2D } from '../../parts/picture/canvas';
import { RING, TRAVEL } from './pulses';

export interface Comet {
  readonly arc: Arc;
  /** The middle of the spot: of the ring. */
  readonly spot: Point;
  /** From the spot to home: what is received. */
  readonly inward: boolean;
  /** When it leaves: performance.now() of whoever draws. */
  readonly begins: number;
}

export interface MotionLook {
  readonly scale: number;
  readonly hot: string;
  readonly spark: string;
}

/** Part of a pulse's time after which its ring begins; that of an inward one begins with it. */
const ARRIVED = 0.94;
const TAIL = 44;
const RING_FROM = 11;
const RING_TO = 27;

const smooth = (way: number): number => way * way * (3 - 2 * way);
const slowing = (way: number): number => 1 - (1 - way) ** 2;
const share = (value: number): number => Math.min(1, Math.max(0, value));

export interface Moment {
  readonly head: Point | null;
  readonly tail: Point;
  /** Null while there is none. */
  readonly ring: { readonly radius: number; readonly strength: number } | null;
  readonly over: boolean;
}

/** Where a pulse and its ring are at a time. */
export function momentOf({ arc, begins, inward }: Comet, now: number, scale: number): Moment {
  const way = (now - begins) / TRAVEL;
  const ringed = (now - begins - (inward ? 0 : ARRIVED * TRAVEL)) / RING;
  const gone = smooth(share(way));
  const at = (part: number): number => (inward ? 1 - part : part);
  const head = alongArc(arc, at(gone));
  const start = alongArc(arc, at(0));
  const slope = slopeOfArc(arc, at(gone)) + (inward ? Math.PI : 0);
  const length = Math.min(TAIL * scale, Math.hypot(head.x - start.x, head.y - start.y));
  return {
    head: way > 0 && way < 1 ? head : null,
    tail: { x: head.x - Math.cos(slope) * length, y: head.y - Math.sin(slope) * length },
    ring:
      ringed > 0 && ringed < 1
        ? {
            radius: (RING_FROM + (RING_TO - RING_FROM) * slowing(ringed)) * scale,
            strength: 0.9 * (1 - slowing(ringed)),
          }
        : null,
    over: ringed >= 1 && way >= 1,
  };
}

/** Draws all at a time. True while any of them is still to come or on its way. */
export function drawComets(
  canvas: Canvas2D,
  comets: readonly Comet[],
  now: number,
  { scale, hot, spark }: MotionLook,
): boolean {
  canvas.lineCap = 'round';
  let moving = false;
  for (const comet of comets) {
    const { head, tail, ring, over } = momentOf(comet, now, scale);
    if (!over) moving = true;
    if (head) {
      const light = canvas.createLinearGradient(tail.x, tail.y, head.x, head.y);
      light.addColorStop(0, `${hot}00`);
      light.addColorStop(0.8, hot);
      light.addColorStop(1, spark);
      canvas.globalAlpha = 1;
      canvas.strokeStyle = light;
      canvas.lineWidth = 4 * scale;
      canvas.beginPath();
      canvas.moveTo(tail.x, tail.y);
      canvas.lineTo(head.x, head.y);
      canvas.stroke();
    }
    if (ring) {
      canvas.globalAlpha = ring.strength;
      canvas.strokeStyle = hot;
      canvas.lineWidth = 3 * scale;
      canvas.beginPath();
      canvas.arc(comet.spot.x, comet.spot.y, ring.radius, 0, 2 * Math.PI);
      canvas.stroke();
    }
  }
  canvas.globalAlpha = 1;
  return moving;
}
