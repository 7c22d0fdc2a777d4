// SPDX-License-Identifier: MIT
// Draws the still part of the map: sea, graticule, coasts, countries filled by their share, borders.

import type { Frame, View } from './camera';
import type { Canvas2D } from '../../parts/picture/canvas';
import type { Outlines } from './outlines';

export interface BaseColours {
  readonly sea: string;
  readonly deep: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly grid: string;
  readonly fill: string;
}

/** Opacity of a country's fill for each step of fillStep. */
export const FILLS = [0, 0.16, 0.3, 0.46, 0.64] as const;

export interface Base {
  readonly outlines: Outlines;
  readonly frame: Frame;
  readonly view: View;
  readonly scale: number;
  /** Device pixels for a CSS pixel. */
  readonly ratio: number;
  readonly steps: ReadonlyMap<string, number>;
  readonly colours: BaseColours;
}

function drawSea(canvas: Canvas2D, { frame, colours }: Base): void {
  const { width, height } = frame;
  const light = canvas.createRadialGradient(
    width / 2,
    height * 0.42,
    0,
    width / 2,
    height * 0.42,
    Math.hypot(width, height) * 0.56,
  );
  light.addColorStop(0, colours.sea);
  light.addColorStop(1, colours.deep);
  canvas.fillStyle = light;
  canvas.fillRect(0, 0, width, height);
}

function drawLand(canvas: Canvas2D, base: Base): void {
  const { outlines, colours, steps, scale, view } = base;
  const stroke = (path: Path2D, colour: string, width: number, alpha = 1): void => {
    canvas.globalAlpha = alpha;
    canvas.strokeStyle = colour;
    canvas.lineWidth = (width * scale) / view.factor;
    canvas.stroke(path);
  };
  canvas.lineJoin = 'round';
  stroke(outlines.graticule, colours.grid, 0.6);
  // a shelf of shallow water, and the coast
  stroke(outlines.land, colours.coast, 7, 0.1);
  stroke(outlines.land, colours.coast, 1.4, 0.55);
  canvas.globalAlpha = 1;
  canvas.fillStyle = colours.land;
  canvas.fill(outlines.land);
  canvas.fillStyle = colours.fill;
  for (const [code, step] of steps) {
    const path = outlines.countries.get(code);
    if (!path || step === 0) continue;
    canvas.globalAlpha = FILLS[step] ?? 0;
    canvas.fill(path);
  }
  stroke(outlines.borders, colours.border, 0.8);
}

export function drawBase(canvas: Canvas2D, base: Base): void {
  const { ratio, view } = base;
  canvas.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawSea(canvas, base);
  canvas.setTransform(ratio * view.factor, 0, 0, ratio * view.factor, ratio * view.x, ratio * view.y);
  drawLand(canvas, base);
}

/** Shares at which the next step begins. */
const BOUNDS = [0, 0.03, 0.1, 0.25] as const;
/** A step is left downwards only when the share is so much below its beginning: a country does not flicker between two. */
const HOLD = 0.85;

/** 0 for none, else 1 to 4. before: the step until now. */
export function fillStep(count: number, all: number, before = 0): number {
  if (count <= 0 || all <= 0) return 0;
  const share = count / all;
  const reached = BOUNDS.filter((bound) => share >= bound).length;
  const held = BOUNDS.filter((bound) => share >= bound * HOLD).length;
  return Math.max(reached, Math.min(before, held));
}

export function fillSteps(
  countries: ReadonlyMap<string, number>,
  all: number,
  before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map([...countries].map(([country, count]) => [country, fillStep(count, all, before.get(country))]));
}

export function sameSteps(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([country, step]) => b.get(country) === step);
}
