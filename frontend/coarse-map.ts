// SPDX-License-Identifier: MIT
// The coarse map as it is sent: of Natural Earth's what the page reads of it, in steps that its scale is worth. It is
// fetched by who opens the map and by nobody's choice, and was a fifth of all of the page.

import { readFileSync } from 'node:fs';
import { quantize } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

/** So many across, each 4 km: who looks closer than that gets the fine map. */
const STEPS = 10_000;
const FILE = /countries-110m\.json\?url$/;

type Named = GeometryCollection<{ name: string }>;
type Map = Topology<{ countries: Named }>;

/** Positions as degrees, and not as steps from the one before. */
function unfolded({ arcs, transform }: Map): [number, number][][] {
  const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] };
  return arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx = 0, dy = 0]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
}

/** Of the names alone that of a country without a number is read. */
export function smaller(map: Map): Topology {
  const { countries } = map.objects;
  const geometries = countries.geometries.map(({ properties, ...one }) =>
    one.id === undefined && properties ? { ...one, properties } : one,
  ) as Named['geometries'];
  const plain: Map = {
    type: 'Topology',
    arcs: unfolded(map),
    objects: { countries: { ...countries, geometries } },
  };
  return quantize(plain, STEPS);
}

export function coarseMap(): Plugin {
  return {
    name: 'coarse-map',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!FILE.test(id)) return null;
      const map = JSON.parse(readFileSync(id.replace(/\?url$/, ''), 'utf8')) as Map;
      const file = this.emitFile({ type: 'asset', name: 'countries-110m.json', source: JSON.stringify(smaller(map)) });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
