// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { alongArc, arcTo, shortened, slopeOfArc } from './arc';
import { dice } from '../../feed/dice';

const HOME = { x: 700, y: 600, width: 140 };

describe('an arc', () => {
  it('leads from the badge to the place', () => {
    const roll = dice(5);
    for (let i = 0; i < 200; i += 1) {
      const to = { x: roll() * 1400, y: roll() * 560 };
      const arc = arcTo(HOME, to);
      expect(alongArc(arc, 0)).toEqual(arc.from);
      expect(alongArc(arc, 1)).toEqual(to);
      expect(arc.from.y).toBe(HOME.y);
      expect(Math.abs(arc.from.x - HOME.x)).toBeLessThan(HOME.width / 2);
    }
  });

  it('begins on the side of the badge that it goes to', () => {
    expect(arcTo(HOME, { x: 100, y: 200 }).from.x).toBeLessThan(HOME.x);
    expect(arcTo(HOME, { x: 1300, y: 200 }).from.x).toBeGreaterThan(HOME.x);
    expect(arcTo(HOME, { x: HOME.x, y: 200 }).from.x).toBe(HOME.x);
  });

  it('leaves upwards', () => {
    for (const x of [50, 500, 700, 900, 1350]) expect(alongArc(arcTo(HOME, { x, y: 300 }), 0.1).y).toBeLessThan(HOME.y);
  });

  it('knows whereto it leads', () => {
    const arc = arcTo(HOME, { x: 1200, y: 150 });
    const [a, b] = [alongArc(arc, 0.499), alongArc(arc, 0.501)];
    expect(slopeOfArc(arc, 0.5)).toBeCloseTo(Math.atan2(b.y - a.y, b.x - a.x), 4);
  });

  it('can end at the rim of a spot', () => {
    const to = { x: 1200, y: 150 };
    const { to: end } = shortened(arcTo(HOME, to), 9);
    expect(Math.hypot(end.x - to.x, end.y - to.y)).toBeCloseTo(9);
  });
});
