// SPDX-License-Identifier: MIT
// Draws the still part of the map: sea, graticule, countries filled by their share, borders.

import { geoGraticule10, geoPath } from 'd3-geo';
import type { Atlas } from './atlas';
import { projectionFor, type Camera, type Frame } from './camera';
import { fillStep, type Marks } from './marks';

export interface BaseColours {
  readonly sea: string;
  readonly land: string;
  readonly border: string;
  readonly grid: string;
  readonly fill: string;
}

/** Opacity of a country's fill for each step of marks.fillStep. */
const FILLS = [0, 0.1, 0.2, 0.32, 0.46] as const;

/** Steps by country: the base is drawn again only when these change. */
export function fillSteps(marks: Marks): ReadonlyMap<string, number> {
  return new Map([...marks.countries].map(([country, count]) => [country, fillStep(count, marks.placed)]));
}

export function fillsKey(steps: ReadonlyMap<string, number>): string {
  return [...steps]
    .map(([country, step]) => `${country}${step}`)
    .sort()
    .join();
}

export interface Base {
  readonly atlas: Atlas;
  readonly frame: Frame;
  readonly camera: Camera;
  readonly scale: number;
  readonly steps: ReadonlyMap<string, number>;
  readonly colours: BaseColours;
}

export function drawBase(canvas: CanvasRenderingContext2D, base: Base): void {
  const { atlas, frame, camera, scale, steps, colours } = base;
  const path = geoPath(projectionFor(frame, camera, scale).clipExtent([[-2, -2], [frame.width + 2, frame.height + 2]]), canvas);
  const trace = (shape: Parameters<typeof path>[0]): void => {
    canvas.beginPath();
    path(shape);
  };
  canvas.clearRect(0, 0, frame.width, frame.height);
  trace({ type: 'Sphere' });
  canvas.fillStyle = colours.sea;
  canvas.fill();
  trace(geoGraticule10());
  canvas.strokeStyle = colours.grid;
  canvas.lineWidth = 0.6 * scale;
  canvas.stroke();
  trace(atlas.land);
  canvas.fillStyle = colours.land;
  canvas.fill();
  canvas.fillStyle = colours.fill;
  for (const country of atlas.countries) {
    const step = country.code === null ? 0 : (steps.get(country.code) ?? 0);
    if (step === 0) continue;
    canvas.globalAlpha = FILLS[step] ?? 0;
    trace(country.shape);
    canvas.fill();
  }
  canvas.globalAlpha = 1;
  trace(atlas.borders);
  canvas.strokeStyle = colours.border;
  canvas.lineWidth = 0.7 * scale;
  canvas.lineJoin = 'round';
  canvas.stroke();
}
