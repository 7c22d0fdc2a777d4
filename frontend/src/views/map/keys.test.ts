// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { stepSpot } from './keys';
import type { SceneSpot } from './scene';

const spots = [
  { key: 1, x: 500, y: 50 },
  { key: 2, x: 100, y: 300 },
  { key: 3, x: 900, y: 200 },
] as unknown as SceneSpot[];

function walk(pressed: string): (number | undefined)[] {
  const seen: (number | undefined)[] = [];
  let at: number | null = null;
  for (let i = 0; i < 4; i += 1) {
    const next = stepSpot({ spots }, at, pressed);
    seen.push(next);
    at = next ?? null;
  }
  return seen;
}

describe('the arrow keys', () => {
  it('reach all spots, and go round', () => {
    expect(walk('ArrowRight')).toEqual([2, 1, 3, 2]);
    expect(walk('ArrowLeft')).toEqual([3, 1, 2, 3]);
    expect(walk('ArrowDown')).toEqual([1, 3, 2, 1]);
    expect(walk('ArrowUp')).toEqual([2, 3, 1, 2]);
  });

  it('begin anew where the spot has gone', () => {
    expect(stepSpot({ spots }, 99, 'ArrowRight')).toBe(2);
  });

  it('know the ends, and other keys not', () => {
    expect(stepSpot({ spots }, 1, 'Home')).toBe(2);
    expect(stepSpot({ spots }, 1, 'End')).toBe(3);
    expect(stepSpot({ spots }, 1, 'a')).toBeUndefined();
    expect(stepSpot({ spots: [] }, null, 'ArrowRight')).toBeUndefined();
  });
});
