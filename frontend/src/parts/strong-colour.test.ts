// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { contrast, type Rgb } from './contrast';
import { freshnessColour, strongColour } from './freshness-colour';
import type { Theme } from './screen';

const GROUND: Readonly<Record<Theme, Rgb>> = { light: [255, 255, 255], dark: [15, 27, 31] };
/** As much as of a flow that is not emphasised: see draw-flows. */
const PALE = (heat: number): number => 0.75 * (0.36 + 0.34 * heat);

function over(colour: string, ground: Rgb): Rgb {
  const [, list = ''] = /rgba\((.*)\)/.exec(colour) ?? [];
  const values = list.split(',').map(Number);
  const alpha = values[3] ?? 1;
  return ground.map((value, i) => (values[i] ?? 0) * alpha + value * (1 - alpha));
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
