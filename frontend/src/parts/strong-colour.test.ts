// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { freshnessColour, strongColour } from './freshness-colour';
import type { Theme } from './screen';

type Rgb = readonly number[];

const GROUND: Readonly<Record<Theme, Rgb>> = { light: [255, 255, 255], dark: [15, 27, 31] };
/** As much as of a flow that is not emphasised: see draw-flows. */
const PALE = (heat: number): number => 0.75 * (0.36 + 0.34 * heat);

function over(colour: string, ground: Rgb): Rgb {
  const [, list = ''] = /rgba\((.*)\)/.exec(colour) ?? [];
  const values = list.split(',').map(Number);
  const alpha = values[3] ?? 1;
  return ground.map((value, i) => (values[i] ?? 0) * alpha + value * (1 - alpha));
}

/** WCAG 2.2: relative luminance, and contrast. */
function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

it.each<Theme>(['light', 'dark'])('tells what was sent from the ground, and from what was received: %s', (theme) => {
  const ground = GROUND[theme];
  for (const heat of [0, 0.25, 0.5, 0.75, 1]) {
    const pale = over(freshnessColour(heat, theme, PALE(heat)), ground);
    const strong = over(strongColour(heat, theme, 0.95), pale);
    expect(contrast(strong, ground), `ground, heat ${heat}`).toBeGreaterThanOrEqual(3);
    expect(contrast(strong, pale), `received, heat ${heat}`).toBeGreaterThanOrEqual(3);
  }
});
