// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { fillStep, fillSteps, sameSteps } from './base-layer';

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
