// SPDX-License-Identifier: MIT
// The atlas as paths in the units of camera.ts: made once for each atlas, a little at a time, so that nothing waits for it.

import { geoGraticule10, geoPath, type GeoContext, type GeoPermissibleObjects } from 'd3-geo';
import type { Atlas } from './atlas';
import { unitProjection } from './camera';

export interface Outlines {
  readonly detail: Atlas['detail'];
  readonly land: Path2D;
  readonly countries: ReadonlyMap<string, Path2D>;
  readonly borders: Path2D;
  readonly graticule: Path2D;
}

/** Milliseconds of work between two pauses. */
const SLICE = 8;

function trace(shape: GeoPermissibleObjects): Path2D {
  const path = new Path2D();
  const pen: GeoContext = {
    beginPath: () => undefined,
    moveTo: (x, y) => path.moveTo(x, y),
    lineTo: (x, y) => path.lineTo(x, y),
    closePath: () => path.closePath(),
    arc: (x, y, radius, begin, end) => path.arc(x, y, radius, begin, end),
  };
  geoPath(unitProjection, pen)(shape);
  return path;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function make(atlas: Atlas): Promise<Outlines> {
  const land = new Path2D();
  const countries = new Map<string, Path2D>();
  const borders = new Path2D();
  let until = performance.now() + SLICE;
  const rest = async (): Promise<void> => {
    if (performance.now() < until) return;
    await pause();
    until = performance.now() + SLICE;
  };
  for (const { code, shape } of atlas.countries) {
    const path = trace(shape);
    land.addPath(path);
    if (code !== null) {
      const known = countries.get(code);
      if (known) known.addPath(path);
      else countries.set(code, path);
    }
    await rest();
  }
  for (const coordinates of atlas.borders.coordinates) {
    borders.addPath(trace({ type: 'LineString', coordinates }));
    await rest();
  }
  return { detail: atlas.detail, land, countries, borders, graticule: trace(geoGraticule10()) };
}

const made = new WeakMap<Atlas, Promise<Outlines>>();

export function outlinesOf(atlas: Atlas): Promise<Outlines> {
  const known = made.get(atlas) ?? make(atlas);
  made.set(atlas, known);
  return known;
}
