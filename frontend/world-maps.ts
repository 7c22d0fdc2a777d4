// SPDX-License-Identifier: MIT
// The maps as they are sent: of Natural Earth's what the page reads, and countries by the letters of the feed. The coarse one,
// which is fetched by who opens the map and by nobody's choice, is in steps that its scale is worth.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { quantize } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';
import { countryOfNumber } from './country-codes';

/** So many across, each 4 km: who looks closer than that gets the fine map. */
const STEPS = 10_000;
const FILE = /countries-(110|50)m\.json\?url$/;
const ANTARCTICA = '010';

type Named = GeometryCollection<{ name: string }>;
export type Atlas = Topology<{ countries: Named }>;
type Country = Named['geometries'][number];
/** A position in the list of arcs, as often nested as the shape is deep. */
type Nested = number | readonly Nested[];

/** Two letters, or null for what has none. Kosovo has letters that all use and no digits. */
export function lettersOf({ id, properties }: Country): string | null {
  if (id !== undefined) return countryOfNumber(String(id));
  return properties && 'name' in properties && properties.name === 'Kosovo' ? 'XK' : null;
}

/** All but Antarctica, where nobody is, and the arcs that they are made of. */
function shown({ arcs, objects: { countries }, ...rest }: Atlas): Atlas {
  const kept: Topology['arcs'] = [];
  const places = new Map<number, number>();
  const placeOf = (arc: number): number => {
    // ~n is n backwards
    const forward = arc < 0 ? ~arc : arc;
    const place = places.get(forward) ?? kept.push(arcs[forward] ?? []) - 1;
    places.set(forward, place);
    return arc < 0 ? ~place : place;
  };
  const moved = (nested: Nested): Nested => (typeof nested === 'number' ? placeOf(nested) : nested.map(moved));
  const geometries = countries.geometries.flatMap((one) => {
    if (one.id === ANTARCTICA || !('arcs' in one)) return [];
    const letters = lettersOf(one);
    return [{ type: one.type, ...(letters === null ? {} : { id: letters }), arcs: moved(one.arcs) }];
  });
  return { ...rest, arcs: kept, objects: { countries: { type: countries.type, geometries } as Named } };
}

/** Positions as degrees, and not as steps from the one before. */
function unfolded({ arcs, transform, ...rest }: Atlas): Atlas {
  const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] };
  const degrees = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx = 0, dy = 0]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  return { ...rest, arcs: degrees };
}

export const fineMap = (map: Atlas): Topology => shown(map);
export const coarseMap = (map: Atlas): Topology => quantize(unfolded(shown(map)), STEPS);

export function worldMaps(): Plugin {
  let builds = false;
  return {
    name: 'world-maps',
    enforce: 'pre',
    configResolved({ command }) {
      builds = command === 'build';
    },
    load(id) {
      if (!FILE.test(id)) return null;
      const path = id.replace(/\?url$/, '');
      const map = JSON.parse(readFileSync(path, 'utf8')) as Atlas;
      const source = JSON.stringify(path.includes('110m') ? coarseMap(map) : fineMap(map));
      // a page that is being worked on has no folder of files
      if (!builds) return `export default ${JSON.stringify(`data:application/json,${encodeURIComponent(source)}`)};`;
      const file = this.emitFile({ type: 'asset', name: basename(path), source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
