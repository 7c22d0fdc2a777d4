// SPDX-License-Identifier: MIT
import { geoDistance } from 'd3-geo';
import { describe, expect, it } from 'vitest';
import { dice } from '../../feed/dice';
import { alongArc, partsOf, shortened, slopeOfArc, type Arc } from './arc';
import { arcTo } from './great-circle';
import { place, unitProjection, viewOf, WHOLE, type Point, type Spotted } from './camera';

const view = viewOf(WHOLE, { width: 1400, height: 600 }, 1);
const HELSINKI: Spotted = { longitude: 25, latitude: 60 };
const STOCKHOLM: Spotted = { longitude: 18, latitude: 59 };
const ASHBURN: Spotted = { longitude: -77, latitude: 39 };
const TOKYO: Spotted = { longitude: 140, latitude: 36 };

function lead(from: Spotted, to: Spotted): Arc {
  return arcTo(from, { ...to, ...(place(view, to.longitude, to.latitude) ?? { x: 0, y: 0 }) }, view);
}

/** Where on the globe a point of the picture is. */
function globeAt({ x, y }: Point): Spotted {
  const at = unitProjection.invert?.([(x - view.x) / view.factor, (y - view.y) / view.factor]);
  if (!at?.every(Number.isFinite)) throw new Error('it is not on the globe');
  return { longitude: at[0], latitude: at[1] };
}

describe('an arc', () => {
  it('is the shortest way over the globe: no point of it is a detour', () => {
    const roll = dice(5);
    const degrees = ({ longitude, latitude }: Spotted): [number, number] => [longitude, latitude];
    for (let i = 0; i < 100; i += 1) {
      const [from, to] = [0, 1].map(() => ({ longitude: roll() * 360 - 180, latitude: roll() * 120 - 50 })) as [
        Spotted,
        Spotted,
      ];
      const whole = geoDistance(degrees(from), degrees(to));
      for (const point of lead(from, to).points) {
        const at = degrees(globeAt(point));
        const there = geoDistance(degrees(from), at) + geoDistance(at, degrees(to));
        // where it goes over the edge a point is between two of them, on a straight line
        expect(there - whole).toBeLessThan(0.01);
      }
    }
  });

  it('leads from home to the place, northwards over the Atlantic', () => {
    const arc = lead(HELSINKI, ASHBURN);
    const home = place(view, HELSINKI.longitude, HELSINKI.latitude);
    expect(alongArc(arc, 0).x).toBeCloseTo(home?.x ?? NaN);
    expect(alongArc(arc, 0).y).toBeCloseTo(home?.y ?? NaN);
    expect(alongArc(arc, 1)).toEqual(place(view, ASHBURN.longitude, ASHBURN.latitude));
    expect(alongArc(arc, 0.4).y).toBeLessThan(alongArc(arc, 0).y);
    expect(partsOf(arc)).toHaveLength(1);
  });

  it('stays at home to a neighbour', () => {
    const arc = lead(HELSINKI, STOCKHOLM);
    expect(Math.max(...arc.points.map(({ y }) => y)) - Math.min(...arc.points.map(({ y }) => y))).toBeLessThan(20);
  });

  it('is in two parts over the edge of the map, none of which crosses it', () => {
    const arc = lead(TOKYO, ASHBURN);
    const parts = partsOf(arc);
    expect(parts).toHaveLength(2);
    for (const part of parts)
      part.forEach(({ x }, i) => expect(Math.abs(x - (part[i - 1]?.x ?? x)), `point ${i}`).toBeLessThan(150));
    const [first, second] = parts as [Arc['points'], Arc['points']];
    expect(globeAt(first.at(-1) as Point).longitude).toBeCloseTo(180, 3);
    expect(globeAt(second[0] as Point).longitude).toBeCloseTo(-180, 3);
    // nothing is drawn over the middle of the world on the way
    for (let way = 0; way <= 1; way += 0.005) {
      const { x } = alongArc(arc, way);
      expect(x < 500 || x > 900, `${way}: ${x}`).toBe(true);
    }
  });

  it('knows whereto it leads', () => {
    const arc = lead(HELSINKI, TOKYO);
    const [a, b] = [alongArc(arc, 0.501), alongArc(arc, 0.502)];
    expect(slopeOfArc(arc, 0.5015)).toBeCloseTo(Math.atan2(b.y - a.y, b.x - a.x), 4);
  });

  it('can end at the rim of a spot', () => {
    for (const to of [ASHBURN, TOKYO]) {
      const arc = lead(HELSINKI, to);
      const [end, short] = [arc, shortened(arc, 9)].map((one) => alongArc(one, 1)) as [
        ReturnType<typeof alongArc>,
        ReturnType<typeof alongArc>,
      ];
      expect(Math.hypot(end.x - short.x, end.y - short.y)).toBeCloseTo(9, 0);
    }
    expect(shortened(lead(HELSINKI, HELSINKI), 9).points.length).toBeGreaterThan(0);
  });

  it('ends at the edge of the map where nothing beyond it is seen, and does not lead back over the world', () => {
    const short = shortened(lead(TOKYO, { longitude: -179, latitude: 40 }), 9);
    expect(partsOf(short)).toHaveLength(1);
    expect(globeAt(short.points.at(-1) as Point).longitude).toBeCloseTo(180, 3);
    for (let way = 0; way <= 1; way += 0.005) expect(alongArc(short, way).x, `${way}`).toBeGreaterThan(900);
  });
});
