// SPDX-License-Identifier: MIT
// The line from home to a place: a quadratic curve that leaves the badge upwards and bends over to the place.

import type { Point } from './camera';

export interface Arc {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

/** The top of the home's tab; lines begin spread over its width, so that they do not meet in a knot. */
export interface Home extends Point {
  readonly width: number;
}

export function arcTo(home: Home, { x, y }: Point): Arc {
  const spread = 0.38 * home.width;
  const from = { x: home.x + spread * Math.tanh((x - home.x) / (4 * home.width)), y: home.y };
  return {
    from,
    bend: { x: from.x + (x - from.x) * 0.3, y: from.y - (from.y - y) * 0.85 - Math.abs(x - from.x) * 0.14 },
    to: { x, y },
  };
}

/** The point at 0 to 1 of the way. */
export function alongArc({ from, bend, to }: Arc, way: number): Point {
  const back = 1 - way;
  return {
    x: back * back * from.x + 2 * back * way * bend.x + way * way * to.x,
    y: back * back * from.y + 2 * back * way * bend.y + way * way * to.y,
  };
}

/** Whereto the line leads there: radians, clockwise from the right. */
export function slopeOfArc({ from, bend, to }: Arc, way: number): number {
  const dx = (1 - way) * (bend.x - from.x) + way * (to.x - bend.x);
  const dy = (1 - way) * (bend.y - from.y) + way * (to.y - bend.y);
  return Math.atan2(dy, dx);
}

/** The arc without its last so many pixels, about: to end at the rim of a spot. */
export function shortened(arc: Arc, by: number): Arc {
  const angle = slopeOfArc(arc, 1);
  return { ...arc, to: { x: arc.to.x - Math.cos(angle) * by, y: arc.to.y - Math.sin(angle) * by } };
}
