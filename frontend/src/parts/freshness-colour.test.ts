// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { contrast, sheetColour } from './contrast';
import { freshnessEdge } from './freshness-colour';

describe.each(['light', 'dark'] as const)('in %s, the edge of what is drawn', (theme) => {
  it.each([
    ['tokens.css', '--surface'],
    ['map.css', '--map-land'],
    ['map.css', '--map-sea'],
    ['map.css', '--map-deep'],
  ])('is seen, whatever its age, on %s %s', (name, property) => {
    const under = sheetColour(name, property, theme);
    for (let heat = 0; heat <= 1; heat += 0.02) {
      const edge = (/[\d.,]+/.exec(freshnessEdge(heat, theme))?.[0] ?? '').split(',').slice(0, 3).map(Number);
      expect(contrast(edge, under), `heat ${heat}`).toBeGreaterThanOrEqual(3);
    }
  });
});
