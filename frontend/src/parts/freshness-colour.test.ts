// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, type Rgb } from './contrast';
import { freshnessEdge } from './freshness-colour';

const sheet = (name: string): string => readFileSync(new URL(`../style/${name}`, import.meta.url), 'utf8');

/** What a sheet says of a colour, light and then dark. */
function ground(name: string, property: string): Rgb[] {
  const found = [...sheet(name).matchAll(new RegExp(`${property}: #(..)(..)(..);`, 'g'))];
  return found.map(([, ...parts]) => parts.map((part) => parseInt(part, 16)));
}

describe.each(['light', 'dark'] as const)('in %s, the edge of what is drawn', (theme) => {
  it.each([
    ['tokens.css', '--surface'],
    ['map.css', '--map-land'],
    ['map.css', '--map-sea'],
  ])('is seen, whatever its age, on %s %s', (name, property) => {
    const under = ground(name, property)[theme === 'light' ? 0 : 1] ?? [];
    expect(under).toHaveLength(3);
    for (let heat = 0; heat <= 1; heat += 0.02) {
      const edge = (/[\d.,]+/.exec(freshnessEdge(heat, theme))?.[0] ?? '').split(',').slice(0, 3).map(Number);
      expect(contrast(edge, under), `heat ${heat}`).toBeGreaterThanOrEqual(3);
    }
  });
});
