// SPDX-License-Identifier: MIT
// The line from home to a place: the shortest way over the globe, in two parts where that leads over the edge of the map.

import { geoDistance, geoInterpolate } from 'd3-geo';
import { place, unitProjection, type Point, type Spotted, type View } from './camera';

export interface Arc {
  /** From home to the place, evenly far apart on the globe. */
  readonly points: readonly Point[];
  /** The point that the second part begins with: as many as there are where there is but one. */
  readonly cut: number;
}

/** Radians between two points of a line: nearer ones would look no rounder. */
const STEP = 1 / 16;
/** Degrees: the edge of the map. */
const EDGE = 180;

/** Where on the globe a point of the picture is. */
export function globeAt({ x, y }: Point, view: View): Spotted | null {
  const at = unitProjection.invert?.([(x - view.x) / view.factor, (y - view.y) / view.factor]);
  return at && at.every(Number.isFinite) ? { longitude: at[0], latitude: at[1] } : null;
}

/** The two points at which the way from one to the other leaves the map at one edge and comes in at the other. */
function crossing(from: readonly [number, number], to: readonly [number, number]): [number, number][] {
  const side = Math.sign(from[0]) || 1;
  const beyond = to[0] + side * 2 * EDGE;
  const part = (side * EDGE - from[0]) / (beyond - from[0] || 1);
  const latitude = from[1] + part * (to[1] - from[1]);
  return [
    [side * EDGE, latitude],
    [-side * EDGE, latitude],
  ];
}

/** to: also where exactly the line ends, in CSS pixels. */
export function arcTo(home: Spotted, to: Spotted & Point, view: View): Arc {
  const ends: [[number, number], [number, number]] = [
    [home.longitude, home.latitude],
    [to.longitude, to.latitude],
  ];
  const way = geoInterpolate(...ends);
  const steps = Math.max(1, Math.ceil(geoDistance(...ends) / STEP));
  const degrees: [number, number][] = [];
  let cut: number | null = null;
  for (let i = 0; i <= steps; i += 1) {
    const next = way(i / steps);
    const last = degrees.at(-1);
    if (last && Math.abs(next[0] - last[0]) > EDGE) {
      degrees.push(...crossing(last, next));
      cut = degrees.length - 1;
    }
    degrees.push(next);
  }
  const points = degrees.map(([longitude, latitude]) => place(view, longitude, latitude) ?? { x: to.x, y: to.y });
  points[points.length - 1] = { x: to.x, y: to.y };
  return { points, cut: cut ?? points.length };
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
    const [before, end] = kept.slice(-2) as [Point, Point];
    const length = Math.hypot(end.x - before.x, end.y - before.y);
    if (length > left) {
      const part = 1 - left / length;
      kept[kept.length - 1] = { x: before.x + (end.x - before.x) * part, y: before.y + (end.y - before.y) * part };
      break;
    }
    // never beyond the edge of the map
    if (kept.length - 1 === cut) break;
    left -= length;
    kept.pop();
  }
  return { points: kept, cut: cut >= points.length ? kept.length : cut };
}
