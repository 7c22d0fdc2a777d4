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
    [128, 152, 162],
    [112, 160, 162],
    [60, 172, 158],
    [240, 176, 84],
    [255, 190, 92],
  ],
  light: [
    [84, 100, 104],
    [76, 104, 104],
    [16, 108, 98],
    [164, 80, 8],
    [164, 74, 6],
  ],
};

/** What is strong goes so far from its ground: to black on a light one, to white on a dark one. */
const STRONG: Readonly<Record<Theme, { readonly to: number; readonly by: number }>> = {
  dark: { to: 255, by: 0.8 },
  light: { to: 0, by: 0.4 },
};

function mixed(scale: readonly Rgb[], heat: number): number[] {
  const position = Math.min(1, Math.max(0, heat)) * (scale.length - 1);
  const lower = Math.min(scale.length - 2, Math.floor(position));
  const part = position - lower;
  const from = scale[lower] ?? [0, 0, 0];
  const to = scale[lower + 1] ?? from;
  return from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * part));
}

/** A CSS colour for a heat of 0 to 1 (see store/freshness). */
export function freshnessColour(heat: number, theme: Theme, alpha = 1): string {
  return `rgba(${mixed(SCALES[theme], heat).join(',')},${alpha})`;
}

/** The same for the edge of what has that colour. */
export function freshnessEdge(heat: number, theme: Theme, alpha = 1): string {
  return `rgba(${mixed(EDGES[theme], heat).join(',')},${alpha})`;
}

/** The same, so strong that it is told apart from what is pale beside it, at 3 : 1. */
export function strongColour(heat: number, theme: Theme, alpha = 1): string {
  const { to, by } = STRONG[theme];
  const strong = mixed(SCALES[theme], heat).map((value) => Math.round(value + (to - value) * by));
  return `rgba(${strong.join(',')},${alpha})`;
}
