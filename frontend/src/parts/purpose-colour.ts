// SPDX-License-Identifier: MIT
// The one rule of colour for everything that is drawn by hand: the hue says what for, its strength says when.

import type { Theme } from './screen';

/**
 * What is drawn: what the sentence above speaks of, or the viewer's own; what is for advertising or measures people; what has
 * no name; and all the rest, which is quiet. The order in which they are drawn, too: each lies over those before it.
 */
export const PURPOSES = ['rest', 'nameless', 'ads', 'spoken'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What lies over what. */
export const rankOf = (purpose: Purpose): number => PURPOSES.indexOf(purpose);

/** What conversations together are drawn as. known: of one of them it is known who it is with. */
export function purposeOf(of: {
  readonly talks: number;
  readonly tracking: number;
  readonly known: boolean;
  readonly spoken: boolean;
}): Purpose {
  if (of.spoken) return 'spoken';
  if (of.tracking > 0 && of.tracking === of.talks) return 'ads';
  return of.known ? 'rest' : 'nameless';
}

type Rgb = readonly [number, number, number];
/** Of what was quiet for long, and of what is active now. */
type Scale = readonly [cold: Rgb, hot: Rgb];
type Scales = Readonly<Record<Theme, Readonly<Record<Purpose, Scale>>>>;

/** The hot ones of ads and of what is spoken of are --tracker and --hot of tokens.css. All grow in contrast with their ground. */
const FILLS: Scales = {
  dark: {
    rest: [
      [56, 74, 84],
      [104, 136, 146],
    ],
    nameless: [
      [62, 60, 100],
      [150, 140, 255],
    ],
    ads: [
      [88, 58, 76],
      [255, 147, 200],
    ],
    spoken: [
      [106, 82, 46],
      [255, 190, 92],
    ],
  },
  light: {
    rest: [
      [196, 208, 212],
      [112, 142, 150],
    ],
    nameless: [
      [208, 204, 236],
      [92, 76, 214],
    ],
    ads: [
      [226, 192, 210],
      [163, 36, 107],
    ],
    spoken: [
      [240, 208, 174],
      [205, 98, 8],
    ],
  },
};

/** Of the same hues, where an edge is to be seen: at least 3 : 1 with the ground and with the map (WCAG 2.2, 1.4.11). */
const EDGES: Scales = {
  dark: {
    rest: [
      [124, 148, 158],
      [168, 192, 198],
    ],
    nameless: [
      [148, 142, 224],
      [186, 180, 255],
    ],
    ads: [
      [212, 130, 170],
      [255, 147, 200],
    ],
    spoken: [
      [204, 152, 74],
      [255, 190, 92],
    ],
  },
  light: {
    rest: [
      [86, 103, 107],
      [70, 92, 98],
    ],
    nameless: [
      [104, 92, 200],
      [72, 56, 184],
    ],
    ads: [
      [176, 58, 126],
      [140, 20, 90],
    ],
    spoken: [
      [160, 82, 20],
      [150, 66, 4],
    ],
  },
};

/** What is strong goes so far from its ground: to black on a light one, to white on a dark one. */
const STRONG: Readonly<Record<Theme, { readonly to: number; readonly by: number }>> = {
  dark: { to: 255, by: 0.8 },
  light: { to: 0, by: 0.4 },
};

function mixed([cold, hot]: Scale, heat: number): number[] {
  const part = Math.min(1, Math.max(0, heat));
  return cold.map((value, i) => Math.round(value + ((hot[i] ?? value) - value) * part));
}

/** A CSS colour for a heat of 0 to 1 (see store/freshness). */
export function purposeColour(purpose: Purpose, heat: number, theme: Theme, alpha = 1): string {
  return `rgba(${mixed(FILLS[theme][purpose], heat).join(',')},${alpha})`;
}

/** The same for the edge of what has that colour. */
export function purposeEdge(purpose: Purpose, heat: number, theme: Theme, alpha = 1): string {
  return `rgba(${mixed(EDGES[theme][purpose], heat).join(',')},${alpha})`;
}

/** The same, so strong that it is told apart from what is pale beside it, at 3 : 1. */
export function strongColour(purpose: Purpose, heat: number, theme: Theme, alpha = 1): string {
  const { to, by } = STRONG[theme];
  const strong = mixed(FILLS[theme][purpose], heat).map((value) => Math.round(value + (to - value) * by));
  return `rgba(${strong.join(',')},${alpha})`;
}
