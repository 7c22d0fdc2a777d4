// SPDX-License-Identifier: MIT
// The line from home to a place: a quadratic curve that leaves the badge upwards.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Arc {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

export function arcTo(from: Point, to: Point): Arc {
  const rise = from.y - to.y;
  return { from, bend: { x: from.x + (to.x - from.x) * 0.28, y: from.y - rise * 0.85 - Math.abs(to.x - from.x) * 0.12 }, to };
}

/** The point at 0 to 1 of the way. */
export function alongArc({ from, bend, to }: Arc, way: number): Point {
  const back = 1 - way;
  return {
    x: back * back * from.x + 2 * back * way * bend.x + way * way * to.x,
    y: back * back * from.y + 2 * back * way * bend.y + way * way * to.y,
  };
}
