// SPDX-License-Identifier: MIT
// The one scale of colours for freshness, for everything that is drawn by hand.

import type { Theme } from './screen';

type Rgb = readonly [number, number, number];

/** From cold to hot. Both scales grow steadily in contrast with their ground, so that they can be read without hues. */
const SCALES: Readonly<Record<Theme, readonly Rgb[]>> = {
  dark: [
    [56, 74, 84],
    [47, 108, 112],
    [52, 158, 144],
    [240, 176, 84],
    [255, 190, 92],
  ],
  light: [
    [190, 203, 207],
    [140, 184, 184],
    [34, 140, 128],
    [217, 122, 24],
    [205, 98, 8],
  ],
};

/** Of the same hues, where an edge is to be seen: at least 3 : 1 with the ground and with the map (WCAG 2.2, 1.4.11). */
const EDGES: Readonly<Record<Theme, readonly Rgb[]>> = {
  dark: [
    [104, 128, 138],
    [90, 140, 142],
    [52, 158, 144],
    [240, 176, 84],
    [255, 190, 92],
  ],
  light: [
    [112, 131, 135],
    [104, 134, 134],
    [34, 136, 124],
    [200, 102, 12],
    [200, 95, 8],
  ],
};

function colourOf(scale: readonly Rgb[], heat: number, alpha: number): string {
  const position = Math.min(1, Math.max(0, heat)) * (scale.length - 1);
  const lower = Math.min(scale.length - 2, Math.floor(position));
  const part = position - lower;
  const from = scale[lower] ?? [0, 0, 0];
  const to = scale[lower + 1] ?? from;
  const mixed = from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * part));
  return `rgba(${mixed.join(',')},${alpha})`;
}

/** A CSS colour for a heat of 0 to 1 (see store/freshness). */
export function freshnessColour(heat: number, theme: Theme, alpha = 1): string {
  return colourOf(SCALES[theme], heat, alpha);
}

/** The same for the edge of what has that colour. */
export function freshnessEdge(heat: number, theme: Theme, alpha = 1): string {
  return colourOf(EDGES[theme], heat, alpha);
}
