// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { moveBy, place, viewOf, WHOLE, type Camera } from './camera';
import { cluster } from './cluster';
import { buildMarks, type Mark } from './marks';
import { dice } from '../../feed/dice';
import { sampleConversation as talk, sampleDevice, samplePlace, sampleRemote } from './map-sample';

const FRAME = { width: 1400, height: 600 };
const RADIUS = 24;
const ann = sampleDevice('Ann');
const bob = sampleDevice('Bob');

function scatter(count: number): readonly Mark[] {
  const roll = dice(3);
  const talks = Array.from({ length: count }, () =>
    talk(roll() < 0.5 ? ann : bob, sampleRemote(samplePlace(roll() * 358 - 179, roll() * 120 - 50), 'x'), {
      active: Math.floor(roll() * 1000),
    }),
  );
  return buildMarks(talks, new Map()).marks;
}

const keys = (marks: readonly Mark[], camera: Camera): string =>
  cluster(marks, viewOf(camera, FRAME, 1), RADIUS)
    .map(
      (spot) =>
        `${spot.key}:${spot.marks
          .map((mark) => mark.place.id)
          .sort()
          .join('+')}`,
    )
    .join(' ');

describe('clusters', () => {
  it('lose no place, no device, no conversation', () => {
    const marks = scatter(400);
    const spots = cluster(marks, viewOf(WHOLE, FRAME, 1), RADIUS);
    expect(spots.length).toBeLessThan(marks.length);
    expect(new Set(spots.flatMap((spot) => spot.marks)).size).toBe(marks.length);
    expect(spots.reduce((sum, spot) => sum + spot.conversations, 0)).toBe(marks.length);
    for (const spot of spots) {
      expect(spot.active).toBe(Math.max(...spot.marks.map((mark) => mark.active)));
      expect(spot.devices).toEqual(new Set(spot.marks.flatMap((mark) => [...mark.devices])));
    }
  });

  it('lie apart, so that their discs do not lie on each other', () => {
    const spots = cluster(scatter(400), viewOf(WHOLE, FRAME, 1), RADIUS);
    spots.forEach((a, i) =>
      spots.slice(i + 1).forEach((b) => expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(RADIUS - 1e-6)),
    );
  });

  it('know where on the globe they stand', () => {
    const view = viewOf(WHOLE, FRAME, 1);
    for (const { x, y, longitude, latitude } of cluster(scatter(400), view, RADIUS)) {
      const at = place(view, longitude, latitude);
      expect(at?.x).toBeCloseTo(x);
      expect(at?.y).toBeCloseTo(y);
    }
  });

  it('are the same wherever one pans', () => {
    const marks = scatter(300);
    const camera = { ...WHOLE, zoom: 3 };
    expect(keys(marks, moveBy(camera, 123.4, -56.7, FRAME, 1))).toBe(keys(marks, camera));
  });

  it('are the same when only counters move', () => {
    const marks = scatter(300);
    const later = marks.map((mark) => ({ ...mark, active: mark.active + 500, conversations: mark.conversations + 3 }));
    expect(keys(later, WHOLE)).toBe(keys(marks, WHOLE));
  });

  it('come apart when one looks nearer', () => {
    const marks = scatter(100);
    expect(cluster(marks, viewOf({ ...WHOLE, zoom: 16 }, FRAME, 1), RADIUS).length).toBeGreaterThan(
      cluster(marks, viewOf(WHOLE, FRAME, 1), RADIUS).length,
    );
  });

  it('are vague or gone only when all of them are', () => {
    const vague = samplePlace(2, 46, { city: null });
    const known = samplePlace(2.1, 46);
    const gone = { gone: 1 };
    const spots = (talks: ReturnType<typeof talk>[]) =>
      cluster(buildMarks(talks, new Map()).marks, viewOf(WHOLE, FRAME, 1), RADIUS);
    expect(spots([talk(ann, sampleRemote(vague, 'a'), gone), talk(ann, sampleRemote(known, 'b'))])).toMatchObject([
      { vague: false, gone: null },
    ]);
    expect(spots([talk(ann, sampleRemote(vague, 'a'), gone)])).toMatchObject([{ vague: true, gone: 1 }]);
  });
});
