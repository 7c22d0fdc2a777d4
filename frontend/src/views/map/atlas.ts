// SPDX-License-Identifier: MIT
// The map itself: Natural Earth's countries, from our own server.

import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarse from 'world-atlas/countries-110m.json?url';
import fine from 'world-atlas/countries-50m.json?url';
import { countryOfNumber } from './country-codes';

export interface Country {
  /** Two letters, or null for what has no code. */
  readonly code: string | null;
  readonly shape: Geometry;
}

export interface Atlas {
  readonly detail: 'coarse' | 'fine';
  readonly countries: readonly Country[];
  readonly land: FeatureCollection;
  readonly borders: Geometry;
}

type Shape = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

const ANTARCTICA = '010';

function read(topology: Shape, detail: Atlas['detail']): Atlas {
  const { countries } = topology.objects;
  const inhabited: GeometryCollection = { ...countries, geometries: countries.geometries.filter((one) => one.id !== ANTARCTICA) };
  const shapes: FeatureCollection = feature(topology, inhabited);
  return {
    detail,
    countries: shapes.features.map((one: Feature) => ({ code: countryOfNumber(String(one.id)), shape: one.geometry })),
    land: shapes,
    borders: mesh(topology, inhabited, (a, b) => a !== b),
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
    .then((topology) => read(topology, detail));
  loaded.set(detail, made);
  made.catch(() => loaded.delete(detail));
  return made;
}
