// SPDX-License-Identifier: MIT
// How large letters are that the last row of a room reads. Pure.

import type { ViewName } from '../registry';

/**
 * Of the height of the picture: capital letters of 3.3 % of it, which are 16 minutes of arc where the picture is 2 m wide and
 * 8 m away. Capitals are 0.7 of what a font is called, in the fonts that systems have.
 */
const OF_HEIGHT = 0.0333 / 0.7;
/** Where the picture is narrow, names have to fit beside each other. */
const OF_WIDTH = 0.0271;
/** So many devices have room below each other at that size. */
const DEVICES = 12;

/** The size of a font in CSS pixels. devices: that are named in it. */
export function lettersOf(
  view: ViewName,
  { width, height }: { width: number; height: number },
  devices: number,
): number {
  const size = Math.min(height * OF_HEIGHT, width * OF_WIDTH);
  return view === 'flows' ? size * Math.min(1, DEVICES / Math.max(1, devices)) : size;
}
