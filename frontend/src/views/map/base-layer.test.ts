// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { contrast, sheetColour, type Rgb } from '../../parts/contrast';
import { FILLS, fillStep, fillSteps, sameSteps } from './base-layer';

describe('the fill of a country', () => {
  it('grows with its share', () => {
    expect([0, 1, 4, 15, 30, 100].map((count) => fillStep(count, 100))).toEqual([0, 1, 2, 3, 4, 4]);
  });

  it('is nothing where nothing is', () => {
    expect(fillStep(0, 0)).toBe(0);
    expect(fillStep(5, 0)).toBe(0);
  });

  it('holds its step when the share falls a little, and not when it falls much', () => {
    expect(fillStep(24, 100, 4)).toBe(4);
    expect(fillStep(20, 100, 4)).toBe(3);
    expect(fillStep(24, 100, 3)).toBe(3);
    expect(fillStep(24, 100)).toBe(3);
  });

  it('is compared country by country', () => {
    const steps = fillSteps(
      new Map([
        ['FI', 30],
        ['SE', 1],
      ]),
      31,
      new Map(),
    );
    expect(steps).toEqual(
      new Map([
        ['FI', 4],
        ['SE', 2],
      ]),
    );
    expect(sameSteps(steps, new Map(steps))).toBe(true);
    expect(sameSteps(steps, new Map([['FI', 4]]))).toBe(false);
    expect(
      sameSteps(
        steps,
        new Map([
          ['FI', 4],
          ['NO', 2],
        ]),
      ),
    ).toBe(false);
  });
});

describe.each(['light', 'dark'] as const)('in %s, the map', (theme) => {
  const colour = (name: string): Rgb => sheetColour('map.css', `--map-${name}`, theme);

  it('tells land from sea', () => {
    for (const water of ['sea', 'deep']) expect(contrast(colour('land'), colour(water)), water).toBeGreaterThan(1.6);
  });

  it('tells countries with traffic from the sea, from those without, and most from little', () => {
    const filled = FILLS.map((part) =>
      colour('land').map((value, i) => value + ((colour('fill')[i] ?? value) - value) * part),
    );
    const [none = [], ...more] = filled;
    const most = more.at(-1) ?? [];
    for (const one of more) expect(contrast(one, colour('sea'))).toBeGreaterThan(1.6);
    expect(contrast(most, none)).toBeGreaterThan(1.6);
    more.forEach((one, i) => expect(contrast(one, filled[i] ?? []), `step ${i + 1}`).toBeGreaterThan(1.1));
  });
});
