// SPDX-License-Identifier: MIT
// Words beside the spots that never lie on each other or on a spot.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Side = 'right' | 'left' | 'above' | 'below';

export interface Wanted {
  readonly key: number;
  /** The spot. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly width: number;
  readonly height: number;
  /** The higher is placed first. */
  readonly weight: number;
  /** Where it was before: kept while there is room. */
  readonly before: Side | null;
}

export interface Placed extends Box {
  readonly key: number;
  readonly side: Side;
}

const SIDES: readonly Side[] = ['right', 'left', 'above', 'below'];

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function boxAt(label: Wanted, side: Side, gap: number): Box {
  const { x, y, radius, width, height } = label;
  switch (side) {
    case 'right':
      return { x: x + radius + gap, y: y - height / 2, width, height };
    case 'left':
      return { x: x - radius - gap - width, y: y - height / 2, width, height };
    case 'above':
      return { x: x - width / 2, y: y - radius - gap - height, width, height };
    case 'below':
      return { x: x - width / 2, y: y + radius + gap, width, height };
  }
}

/** Greedy, most weight first; what finds no room is left out. frame: labels lie wholly inside. spots: to be kept free. */
export function placeLabels(wanted: readonly Wanted[], spots: readonly Box[], frame: Box, gap: number): Placed[] {
  const placed: Placed[] = [];
  const order = [...wanted].sort((a, b) => b.weight - a.weight || a.key - b.key);
  for (const label of order) {
    const sides = label.before ? [label.before, ...SIDES.filter((side) => side !== label.before)] : SIDES;
    for (const side of sides) {
      const box = boxAt(label, side, gap);
      const inside = box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height;
      if (!inside || spots.some((spot) => overlap(spot, box)) || placed.some((other) => overlap(other, box))) continue;
      placed.push({ ...box, key: label.key, side });
      break;
    }
  }
  return placed;
}
