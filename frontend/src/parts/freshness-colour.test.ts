// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freshnessEdge } from './freshness-colour';

type Rgb = readonly number[];

/** WCAG 2.2, relative luminance. */
function luminance(rgb: Rgb): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

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
