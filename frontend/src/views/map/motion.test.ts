// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { alongArc } from './arc';
import { arcTo } from './great-circle';
import { place, viewOf, WHOLE } from './camera';
import { momentOf, type Comet } from './motion';
import { RING, TRAVEL } from './pulses';

const view = viewOf(WHOLE, { width: 1400, height: 600 }, 1);
const tokyo = { longitude: 140, latitude: 36 };
const spot = place(view, tokyo.longitude, tokyo.latitude) ?? { x: 0, y: 0 };
const arc = arcTo({ longitude: 25, latitude: 60 }, { ...tokyo, ...spot }, view);
const comet: Comet = { arc, spot, inward: false, begins: 1000 };
const at = (ms: number) => momentOf(comet, 1000 + ms, 1);

describe('a pulse', () => {
  it('is not there before it leaves and after it has arrived', () => {
    expect(at(-50)).toMatchObject({ head: null, ring: null, over: false });
    expect(at(TRAVEL + 1).head).toBeNull();
    expect(at(TRAVEL + RING)).toMatchObject({ head: null, ring: null, over: true });
  });

  it('goes all the way, always forward, its tail behind it', () => {
    let before = Infinity;
    for (let ms = 20; ms < TRAVEL; ms += 20) {
      const { head, tail } = at(ms);
      if (!head) throw new Error('there is no head');
      const left = Math.hypot(head.x - spot.x, head.y - spot.y);
      expect(left).toBeLessThan(before + 1);
      expect(Math.hypot(head.x - tail.x, head.y - tail.y)).toBeLessThanOrEqual(44.01);
      before = left;
    }
    expect(before).toBeLessThan(20);
  });

  it('comes the other way when it is received, with its ring where it began', () => {
    const inward = (ms: number) => momentOf({ ...comet, inward: true }, 1000 + ms, 1);
    const { head, ring } = inward(20);
    expect(Math.hypot((head?.x ?? 0) - spot.x, (head?.y ?? 0) - spot.y)).toBeLessThan(20);
    expect(ring).not.toBeNull();
    expect(inward(TRAVEL - 1).head?.y).toBeCloseTo(alongArc(arc, 0).y, 0);
    expect(inward(RING + 1).over).toBe(false);
    expect(inward(TRAVEL + 1).over).toBe(true);
  });

  it('makes a ring that grows and fades', () => {
    const [early, late] = [at(TRAVEL), at(TRAVEL + 0.8 * RING)];
    expect(late.ring?.radius).toBeGreaterThan(early.ring?.radius ?? Infinity);
    expect(late.ring?.strength).toBeLessThan(early.ring?.strength ?? 0);
  });
});
