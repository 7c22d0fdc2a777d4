// SPDX-License-Identifier: MIT
// For tests: how well two colours are told apart, and which a style sheet has.

import { readFileSync } from 'node:fs';
import type { Theme } from './screen';

/** Red, green and blue, each up to 255. */
export type Rgb = readonly number[];

/** WCAG 2.2, relative luminance. */
function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, contrast ratio: 1 of a colour with itself, 21 of black and white. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What a sheet of style/ says of a colour in a theme: it says light first, and then dark. */
export function sheetColour(sheet: string, property: string, theme: Theme): Rgb {
  const text = readFileSync(new URL(`../style/${sheet}`, import.meta.url), 'utf8');
  const found = [...text.matchAll(new RegExp(`${property}: #(..)(..)(..);`, 'g'))];
  const parts = found[theme === 'light' ? 0 : 1]?.slice(1);
  if (!parts) throw new Error(`${sheet} says nothing of ${property}, ${theme}`);
  return parts.map((part) => parseInt(part, 16));
}
