// SPDX-License-Identifier: MIT
// A line on the map, as a drawer sees it: in a worker, which needs to know nothing of the globe.

import type { Point } from './camera';

export interface Arc {
  /** From home to the place, evenly far apart on the globe. */
  readonly points: readonly Point[];
  /** The point that the second part begins with: as many as there are where there is but one. */
  readonly cut: number;
}

/** Its parts, each without a gap. */
export function partsOf({ points, cut }: Arc): (readonly Point[])[] {
  return [points.slice(0, cut), points.slice(cut)].filter((part) => part.length > 1);
}

/** The points before and after 0 to 1 of the way, and how far it is from the one to the other. */
function around({ points, cut }: Arc, way: number): readonly [Point, Point, number] {
  const last = points.length - 1;
  const at = Math.min(1, Math.max(0, way)) * last;
  let i = Math.min(Math.max(0, last - 1), Math.floor(at));
  // nothing is between the edges: it is at the far one already
  if (i + 1 === cut && cut < last) i += 1;
  const from = points[i] ?? { x: 0, y: 0 };
  return [from, points[i + 1] ?? from, Math.max(0, at - i)];
}

/** The point at 0 to 1 of the way. */
export function alongArc(arc: Arc, way: number): Point {
  const [from, to, part] = around(arc, way);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** Whereto the line leads there: radians, clockwise from the right. */
export function slopeOfArc(arc: Arc, way: number): number {
  const [from, to] = around(arc, way);
  return Math.atan2(to.y - from.y, to.x - from.x);
}

/** The arc without its last so many pixels: to end at the rim of a spot. */
export function shortened({ points, cut }: Arc, by: number): Arc {
  const kept = [...points];
  let left = by;
  while (kept.length > 1) {
    // between the edges of the map lies nothing: what is left ends at the one that it reaches first
    if (kept.length - 1 === cut) {
      kept.pop();
      break;
    }
    const [before, end] = kept.slice(-2) as [Point, Point];
    const length = Math.hypot(end.x - before.x, end.y - before.y);
    if (length > left) {
      const part = 1 - left / length;
      kept[kept.length - 1] = { x: before.x + (end.x - before.x) * part, y: before.y + (end.y - before.y) * part };
      break;
    }
    left -= length;
    kept.pop();
  }
  return { points: kept, cut: Math.min(cut, kept.length) };
}
