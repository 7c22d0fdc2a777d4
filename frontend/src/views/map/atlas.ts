// SPDX-License-Identifier: MIT
// The map itself: Natural Earth's countries, from our own server, as world-maps.ts sends them.

import { geoArea, geoCentroid } from 'd3-geo';
import type { Geometry, MultiLineString, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarse from 'world-atlas/countries-110m.json?url';
import fine from 'world-atlas/countries-50m.json?url';

export interface Country {
  /** Two letters, or null for what has no code. */
  readonly code: string | null;
  readonly shape: Geometry;
}

export interface Atlas {
  readonly detail: 'coarse' | 'fine';
  readonly countries: readonly Country[];
  readonly borders: MultiLineString;
}

export type Shape = Topology<{ countries: GeometryCollection }>;

export function readAtlas(topology: Shape, detail: Atlas['detail']): Atlas {
  const { countries } = topology.objects;
  return {
    detail,
    countries: feature(topology, countries).features.map(({ id, geometry }) => ({
      code: id === undefined ? null : String(id),
      shape: geometry,
    })),
    borders: mesh(topology, countries, (a, b) => a !== b),
  };
}

const loaded = new Map<Atlas['detail'], Promise<Atlas>>();

/** Loads it once; a failure is forgotten, so that the next call tries again. */
export function loadAtlas(detail: Atlas['detail']): Promise<Atlas> {
  const known = loaded.get(detail);
  if (known) return known;
  const made = fetch(detail === 'fine' ? fine : coarse)
    .then((answer) => {
      if (!answer.ok) throw new Error(`the map answers ${answer.status}`);
      return answer.json() as Promise<Shape>;
    })
    .then((topology) => readAtlas(topology, detail));
  loaded.set(detail, made);
  made.catch(() => loaded.delete(detail));
  return made;
}

function mainland(shape: Geometry): Polygon | null {
  if (shape.type === 'Polygon') return shape;
  if (shape.type !== 'MultiPolygon') return null;
  const parts = shape.coordinates.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }));
  return parts.reduce<Polygon | null>((best, part) => (best && geoArea(best) >= geoArea(part) ? best : part), null);
}

/** Longitude and latitude of the middle of each country's largest part, for what is known no better than to its country. */
export function middles({ countries }: Atlas): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  for (const { code, shape } of countries) {
    const main = mainland(shape);
    if (code !== null && main) found.set(code, geoCentroid(main));
  }
  return found;
}
