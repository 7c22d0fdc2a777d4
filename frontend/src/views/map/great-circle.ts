// SPDX-License-Identifier: MIT
// The line from home to a place: the shortest way over the globe, in two parts where that leads over the edge of the map.

import { geoDistance, geoInterpolate } from 'd3-geo';
import type { Arc } from './arc';
import { place, type Point, type Spotted, type View } from './camera';

/** Radians between two points of a line: nearer ones would look no rounder. */
const STEP = 1 / 16;
/** Degrees: the edge of the map. */
const EDGE = 180;

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
