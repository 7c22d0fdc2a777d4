// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { contrast, difference, DICHROMACIES, seenWith, sheetColour, type Rgb } from './contrast';
import { PURPOSES, purposeColour, purposeEdge, strongColour, type Purpose } from './purpose-colour';
import type { Theme } from './screen';

const THEMES = ['light', 'dark'] as const;
const HEATS = Array.from({ length: 21 }, (_, i) => i / 20);
/** As much as of a flow that is not emphasised: see draw-flows. */
const PALE = (heat: number): number => 0.75 * (0.36 + 0.34 * heat);

const numbers = (colour: string): number[] => (/[\d.,]+/.exec(colour)?.[0] ?? '').split(',').map(Number);
const rgb = (colour: string): Rgb => numbers(colour).slice(0, 3);

function over(colour: string, ground: Rgb): Rgb {
  const values = numbers(colour);
  const alpha = values[3] ?? 1;
  return ground.map((value, i) => (values[i] ?? 0) * alpha + value * (1 - alpha));
}

const EACH = THEMES.flatMap((theme) => PURPOSES.map((purpose): [Theme, Purpose] => [theme, purpose]));

describe.each(EACH)('in %s, what is drawn as %s', (theme, purpose) => {
  it.each([
    ['tokens.css', '--surface'],
    ['map.css', '--map-land'],
    ['map.css', '--map-sea'],
    ['map.css', '--map-deep'],
  ])('has an edge that is seen, whatever its age, on %s %s', (name, property) => {
    const under = sheetColour(name, property, theme);
    for (const heat of HEATS)
      expect(contrast(rgb(purposeEdge(purpose, heat, theme)), under), `heat ${heat}`).toBeGreaterThanOrEqual(3);
  });

  it('tells what was sent from the ground, and from what was received', () => {
    const ground = sheetColour('tokens.css', '--surface', theme);
    for (const heat of HEATS) {
      const pale = over(purposeColour(purpose, heat, theme, PALE(heat)), ground);
      const strong = over(strongColour(purpose, heat, theme, 0.95), pale);
      expect(contrast(strong, ground), `ground, heat ${heat}`).toBeGreaterThanOrEqual(3);
      expect(contrast(strong, pale), `received, heat ${heat}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('fades as it is quiet for longer', () => {
    const ground = sheetColour('tokens.css', '--surface', theme);
    const contrasts = HEATS.map((heat) => contrast(rgb(purposeColour(purpose, heat, theme)), ground));
    expect(contrasts).toEqual([...contrasts].sort((a, b) => a - b));
    expect((contrasts.at(-1) ?? 0) / (contrasts[0] ?? 1)).toBeGreaterThan(1.8);
  });

  it.each(['usual eyes', ...DICHROMACIES])('is told from all others that are active, with %s', (eyes) => {
    const seen = (one: Purpose): Rgb => seenWith(eyes, rgb(purposeColour(one, 1, theme)));
    for (const other of PURPOSES)
      if (other !== purpose) expect(difference(seen(purpose), seen(other)), other).toBeGreaterThan(14);
  });
});

it('has the colours of the style sheet', () => {
  for (const theme of THEMES) {
    expect(rgb(purposeColour('ads', 1, theme))).toEqual(sheetColour('tokens.css', '--tracker', theme));
    expect(rgb(purposeColour('spoken', 1, theme))).toEqual(sheetColour('tokens.css', '--hot', theme));
    expect(rgb(purposeColour('nameless', 1, theme))).toEqual(sheetColour('tokens.css', '--nameless', theme));
  }
});
