// SPDX-License-Identifier: MIT
// For tests: how well two colours are told apart, and which a style sheet has.

import { readFileSync } from 'node:fs';
import type { Theme } from './screen';

/** Red, green and blue, each up to 255. */
export type Rgb = readonly number[];

/** From sRGB to linear light, each up to 1. */
function linear(colour: Rgb): number[] {
  return colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

const times = (matrix: readonly Rgb[], colour: Rgb): number[] =>
  matrix.map((row) => row.reduce((sum, part, i) => sum + part * (colour[i] ?? 0), 0));

/** WCAG 2.2, relative luminance. */
function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, contrast ratio: 1 of a colour with itself, 21 of black and white. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * What linear light becomes to who lacks one kind of cones. Machado, Oliveira and Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", 2009, severity 1.
 */
const CONES: Readonly<Record<string, readonly Rgb[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export const DICHROMACIES = Object.keys(CONES);

/** As somebody sees it; as it is where the eyes are not in DICHROMACIES. */
export function seenWith(eyes: string, colour: Rgb): Rgb {
  const matrix = CONES[eyes];
  if (!matrix) return colour;
  return times(matrix, linear(colour)).map((light) => {
    const part = Math.min(1, Math.max(0, light));
    return 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055);
  });
}

/** CIE 1976 L*a*b*, of sRGB under its own white. */
function lab(colour: Rgb): [number, number, number] {
  const [x = 0, y = 0, z = 0] = times(
    [
      [0.4339, 0.3762, 0.19],
      [0.2126, 0.7152, 0.0722],
      [0.0177, 0.1095, 0.8728],
    ],
    linear(colour),
  ).map((part) => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How different two colours are: about 2 is just seen where they touch (CIE 1976). */
export function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** What a sheet of style/ says of a colour in a theme: it says light first, and then dark. */
export function sheetColour(sheet: string, property: string, theme: Theme): Rgb {
  const text = readFileSync(new URL(`../style/${sheet}`, import.meta.url), 'utf8');
  const found = [...text.matchAll(new RegExp(`${property}: #(..)(..)(..);`, 'g'))];
  const parts = found[theme === 'light' ? 0 : 1]?.slice(1);
  if (!parts) throw new Error(`${sheet} says nothing of ${property}, ${theme}`);
  return parts.map((part) => parseInt(part, 16));
}
