// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoContains } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { expect, it } from 'vitest';
import { amongDots, COLUMNS, landDots, NORTH, ROWS, SOUTH } from './world-dots';

const ANTARCTICA = '010';

it('is the land of the coarse map', () => {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');
  const topology = JSON.parse(readFileSync(path, 'utf8')) as Topology<{ countries: GeometryCollection }>;
  const { countries } = topology.objects;
  const land = feature(topology, {
    ...countries,
    geometries: countries.geometries.filter((one) => one.id !== ANTARCTICA),
  });
  const made = ROWS.map((_, y) =>
    Array.from({ length: COLUMNS }, (_, x) => {
      const at: [number, number] = [
        -180 + ((x + 0.5) * 360) / COLUMNS,
        NORTH - ((y + 0.5) * (NORTH - SOUTH)) / ROWS.length,
      ];
      return geoContains(land, at) ? '#' : '.';
    }).join(''),
  );
  const kept = ROWS.map(() => Array.from({ length: COLUMNS }, () => '.'));
  for (const [x, y] of landDots()) (kept[y] ?? [])[x] = '#';
  expect(kept.map((row) => row.join(''))).toEqual(made);
});

it('puts places where they are', () => {
  expect(amongDots(-180, NORTH)).toEqual([0, 0]);
  expect(amongDots(180, SOUTH)).toEqual([COLUMNS, ROWS.length]);
  expect(amongDots(0, 11)).toEqual([COLUMNS / 2, ROWS.length / 2]);
  expect(amongDots(25, 89)[1]).toBe(0);
});
