// SPDX-License-Identifier: MIT
// How large a spot is drawn.

/** Of the disc that carries the number of devices. */
export const SPOT_RADIUS = 9;

/** The radius of a mark's glow: 10 + 30 x hotness across. */
export function glowRadius(hot: number, scale: number): number {
  return ((10 + 30 * hot) / 2) * scale;
}
