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
  /** May stand farther away, at the end of a line, where there is no room beside the spot. */
  readonly far: boolean;
}

export interface Placed extends Box {
  readonly key: number;
  readonly side: Side;
  /** The line from the spot to words that are far from it. */
  readonly line: Line | null;
}

export interface Line {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

const SIDES: readonly Side[] = ['right', 'left', 'above', 'below'];
/** How far words may stand away, in heights of theirs, and whereto: eighths of a turn, clockwise from the right. */
const AWAY = [1.2, 1.8, 2.5, 3.3];
const TURNS = [5, 7, 4, 0, 3, 1];

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

/** How far a point is from a box: 0 within it. */
function distance(box: Box, x: number, y: number): number {
  return Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height));
}

/** Whether words beside one spot could be taken for those of another, which is as near. */
function misleads(box: Box, { x, y }: Wanted, spots: readonly Box[]): boolean {
  const own = distance(box, x, y);
  return spots.some((spot) => {
    const [middle, centre] = [spot.x + spot.width / 2, spot.y + spot.height / 2];
    return (
      (Math.abs(middle - x) > 0.5 || Math.abs(centre - y) > 0.5) &&
      distance(box, middle, centre) <= own + spot.width / 4
    );
  });
}

/** All places for the words, the best first. */
function* candidates(label: Wanted, gap: number): Generator<Pick<Placed, 'side' | 'line'> & { readonly box: Box }> {
  const sides = label.before ? [label.before, ...SIDES.filter((side) => side !== label.before)] : SIDES;
  for (const side of sides) yield { side, line: null, box: boxAt(label, side, gap) };
  if (!label.far) return;
  const { x, y, radius, width, height } = label;
  for (const away of AWAY)
    for (const turn of TURNS) {
      const [right, down] = [Math.cos((turn * Math.PI) / 4), Math.sin((turn * Math.PI) / 4)];
      const to = { x: x + right * away * height, y: y + down * away * height };
      const side = right > 0 ? 'right' : 'left';
      const box = { x: side === 'right' ? to.x + gap : to.x - gap - width, y: to.y - height / 2, width, height };
      yield { side, line: { from: { x: x + right * radius, y: y + down * radius }, to }, box };
    }
}

/** A line between spots and words, not through them: looked at every few pixels. */
function runsFree({ from, to }: Line, ...taken: readonly (readonly Box[])[]): boolean {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 3);
  for (let i = 1; i < steps; i += 1) {
    const at = {
      x: from.x + ((to.x - from.x) * i) / steps,
      y: from.y + ((to.y - from.y) * i) / steps,
      width: 0,
      height: 0,
    };
    if (taken.some((boxes) => boxes.some((box) => overlap(box, at)))) return false;
  }
  return true;
}

/**
 * Greedy, most weight first; what finds no room is left out. frame: labels lie wholly inside. spots and furniture: to be kept
 * free; words are nearer to their own spot than to any other.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  spots: readonly Box[],
  furniture: readonly Box[],
  frame: Box,
  gap: number,
): Placed[] {
  const placed: Placed[] = [];
  const order = [...wanted].sort((a, b) => b.weight - a.weight || a.key - b.key);
  for (const label of order) {
    const own = (box: Box): boolean =>
      box.x < label.x && label.x < box.x + box.width && box.y < label.y && label.y < box.y + box.height;
    for (const { side, line, box } of candidates(label, gap)) {
      const inside =
        box.x >= frame.x &&
        box.y >= frame.y &&
        box.x + box.width <= frame.x + frame.width &&
        box.y + box.height <= frame.y + frame.height;
      if (
        !inside ||
        spots.some((spot) => overlap(spot, box)) ||
        furniture.some((thing) => overlap(thing, box)) ||
        placed.some((other) => overlap(other, box))
      )
        continue;
      if (!line && misleads(box, label, spots)) continue;
      if (
        line &&
        !runsFree(
          line,
          spots.filter((spot) => !own(spot)),
          placed,
        )
      )
        continue;
      placed.push({ ...box, key: label.key, side, line });
      break;
    }
  }
  return placed;
}
