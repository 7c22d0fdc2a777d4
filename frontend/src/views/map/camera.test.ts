// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import {
  badgeRoom,
  clampCamera,
  moveBy,
  place,
  reveal,
  startCamera,
  viewOf,
  wholeCamera,
  WHOLE,
  ZOOM_MAX,
  zoomAt,
  type Camera,
  type Frame,
  type Spotted,
} from './camera';
import { dice } from '../../feed/dice';

const FRAMES: readonly [string, Frame, number][] = [
  ['a phone', { width: 366, height: 418 }, 1],
  ['a phone on its side', { width: 800, height: 250 }, 1],
  ['a laptop', { width: 1390, height: 600 }, 1],
  ['a wall', { width: 3736, height: 1570 }, 2.12],
];
/** Corners of where people live. */
const CITIES: readonly (readonly [string, number, number])[] = [
  ['Honolulu', -157.9, 21.3],
  ['Utqiagvik', -156.8, 71.3],
  ['Ushuaia', -68.3, -54.8 + 1],
  ['Longyearbyen', 15.6, 78.2],
  ['Auckland', 174.8, -36.8],
  ['Suva', 178.4, -18.1],
  ['Null Island', 0, 0],
];

const at = (camera: Camera, frame: Frame, scale: number, longitude: number, latitude: number) => {
  const point = place(viewOf(camera, frame, scale), longitude, latitude);
  if (!point) throw new Error('not on the map');
  return point;
};

describe.each(FRAMES)('the whole world on %s', (_name, frame, scale) => {
  it.each(CITIES)('shows %s above the badge', (_city, longitude, latitude) => {
    const { x, y } = at(WHOLE, frame, scale, longitude, latitude);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(frame.width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(frame.height - badgeRoom(scale) + 12 * scale);
  });

  it('fills the width or the height', () => {
    const west = at(WHOLE, frame, scale, -168, 20);
    const east = at(WHOLE, frame, scale, 179.9, 0);
    const north = at(WHOLE, frame, scale, 0, 79);
    const south = at(WHOLE, frame, scale, 0, -54);
    const wide = (east.x - west.x) / (frame.width - 24 * scale);
    const high = (south.y - north.y) / (frame.height - 12 * scale - badgeRoom(scale));
    expect(Math.max(wide, high)).toBeCloseTo(1, 6);
  });

  it('cannot be moved away', () => {
    expect(moveBy(WHOLE, 500, -300, frame, scale)).toEqual(WHOLE);
  });

  it('zooms about the pointer', () => {
    const before = startCamera(frame, scale, []);
    const pointer = at(before, frame, scale, 10, 30);
    const after = zoomAt(before, 3, pointer, frame, scale);
    expect(after.zoom).toBeCloseTo(before.zoom * 3);
    expect(at(after, frame, scale, 10, 30).x).toBeCloseTo(pointer.x, 3);
    expect(at(after, frame, scale, 10, 30).y).toBeCloseTo(pointer.y, 3);
  });

  it('never loses the world, wherever one pans and zooms', () => {
    const roll = dice(7);
    let camera = startCamera(frame, scale, []);
    for (let i = 0; i < 500; i += 1) {
      camera = zoomAt(camera, 0.4 + 2 * roll(), { x: roll() * frame.width, y: roll() * frame.height }, frame, scale);
      camera = moveBy(camera, (roll() - 0.5) * 4000, (roll() - 0.5) * 4000, frame, scale);
      // a little further away than the whole world is the whole globe
      expect(camera.zoom).toBeGreaterThan(0.6);
      expect(camera.zoom).toBeLessThanOrEqual(ZOOM_MAX);
      // the middle of the picture is always on the map
      const { factor } = viewOf(camera, frame, scale);
      expect(Number.isFinite(factor)).toBe(true);
      expect(camera).toEqual(clampCamera(camera, frame, scale));
      expect(at(camera, frame, scale, -168, 20).x).toBeLessThanOrEqual(frame.width / 2);
      expect(at(camera, frame, scale, 179.9, 0).x).toBeGreaterThanOrEqual(frame.width / 2);
      expect(at(camera, frame, scale, 0, 79).y).toBeLessThanOrEqual(frame.height / 2);
      expect(at(camera, frame, scale, 0, -54).y).toBeGreaterThanOrEqual(frame.height / 2 - badgeRoom(scale));
    }
  });
});

describe('what is shown at first', () => {
  const phone = { width: 366, height: 418 };
  const sweden = { longitude: 18, latitude: 59 };
  const japan = { longitude: 139.7, latitude: 35.7 };

  it('is the whole world on a wide screen', () => {
    expect(startCamera({ width: 1390, height: 600 }, 1, [sweden])).toEqual(WHOLE);
  });

  it('fills the height of a phone', () => {
    const camera = startCamera(phone, 1, []);
    const high = at(camera, phone, 1, 0, -54).y - at(camera, phone, 1, 0, 79).y;
    expect(high).toBeGreaterThan(0.9 * (phone.height - 12 - badgeRoom(1)));
  });

  it('is on a phone there where the marks are', () => {
    const east = startCamera(phone, 1, [sweden, japan]);
    expect(east.zoom).toBeGreaterThan(1.35);
    expect(startCamera(phone, 1, [sweden])).not.toEqual(east);
  });
});

/** How far the disc of a mark reaches: SPOT_RADIUS. */
const DISC = 9;

function expectAll(camera: Camera, frame: Frame, scale: number, points: readonly Spotted[]): void {
  for (const { longitude, latitude } of points) {
    const { x, y } = at(camera, frame, scale, longitude, latitude);
    const where = `${longitude} ${latitude} on ${frame.width} x ${frame.height}`;
    expect(x, where).toBeGreaterThan(DISC * scale);
    expect(x, where).toBeLessThan(frame.width - DISC * scale);
    expect(y, where).toBeGreaterThan(DISC * scale);
    expect(y, where).toBeLessThan(frame.height - badgeRoom(scale) + 1);
  }
}

describe.each([
  ...FRAMES,
  ['a small phone', { width: 296, height: 320 }, 1],
  ['a tablet', { width: 744, height: 900 }, 1],
  ['a tall phone beside details', { width: 366, height: 700 }, 1],
] as const)('the first picture on %s', (_name, frame, scale) => {
  const americas = [
    { longitude: -121.9, latitude: 37.3 },
    { longitude: -77.5, latitude: 39 },
    { longitude: -46.6, latitude: -23.5 },
  ];

  it('has every mark inside, whatever was chosen', () => {
    const roll = dice(11);
    for (let i = 0; i < 100; i += 1) {
      const span = 10 ** (3 * roll() - 0.5);
      const [west, south] = [roll() * 360 - 180, roll() * 180 - 90];
      const points = Array.from({ length: 1 + Math.floor(roll() * 20) }, () => ({
        longitude: Math.min(180, Math.max(-180, west + (roll() - 0.5) * span)),
        latitude: Math.min(90, Math.max(-90, south + (roll() - 0.5) * span)),
      }));
      expectAll(startCamera(frame, scale, points), frame, scale, points);
      expectAll(wholeCamera(frame, scale, points), frame, scale, points);
    }
  });

  it('leaves out neither the Americas nor the far east', () => {
    const points = [...americas, { longitude: 24.9, latitude: 60.2 }, { longitude: 174.8, latitude: -36.8 }];
    expectAll(startCamera(frame, scale, points), frame, scale, points);
    expectAll(startCamera(frame, scale, americas), frame, scale, americas);
  });

  it('is where one stays: nothing moves it when it is clamped', () => {
    const points = [...americas, { longitude: 0, latitude: -90 }];
    const camera = startCamera(frame, scale, points);
    expect(clampCamera(camera, frame, scale)).toEqual(camera);
  });
});

describe('a spot outside the picture', () => {
  const frame = { width: 1000, height: 600 };
  it('is brought into it', () => {
    const near: Camera = { ...WHOLE, zoom: 8 };
    const there = at(near, frame, 1, 139, 35);
    expect(there.x).toBeGreaterThan(frame.width);
    const after = at(reveal(near, there, frame, 1), frame, 1, 139, 35);
    expect(after.x).toBeLessThan(frame.width);
    expect(after.y).toBeLessThan(frame.height - badgeRoom(1));
  });

  it('leaves the camera alone when it is seen', () => {
    const camera: Camera = { ...WHOLE, zoom: 2 };
    expect(reveal(camera, { x: 500, y: 300 }, frame, 1)).toBe(camera);
  });
});
