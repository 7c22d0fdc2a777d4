// SPDX-License-Identifier: MIT
// How large letters are that the last row of a room reads. Pure.

import type { Size } from '../../parts/use-size';

/**
 * Of the height of the picture: capital letters of 3.3 % of it, which are 16 minutes of arc where the picture is 2 m wide and
 * 8 m away. Capitals are 0.7 of what a font is called, in the fonts that systems have.
 */
const OF_HEIGHT = 0.0333 / 0.7;
/** Where the picture is narrow, names have to fit beside each other. */
const OF_WIDTH = 0.0271;
/** So many devices have room below each other at that size. */
const DEVICES = 12;

/** The size of a font in CSS pixels. */
export function lettersOf({ width, height }: Size): number {
  return Math.min(height * OF_HEIGHT, width * OF_WIDTH);
}

/** So large that the names of so many devices have room below each other. */
export function fitted(letters: number, devices: number): number {
  return letters * Math.min(1, DEVICES / Math.max(1, devices));
}
