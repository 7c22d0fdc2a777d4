// SPDX-License-Identifier: MIT
// Where one looks. The world is drawn once in units of its own; a View carries these to CSS pixels by a factor and a shift, so that
// neither panning nor zooming projects anything anew.

import { geoNaturalEarth1, type GeoProjection } from 'd3-geo';

export interface Frame {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels = units x factor + (x, y). */
export interface View extends Point {
  readonly factor: number;
}

/** zoom 1 shows the whole world. (x, y) is the point of the world, in units, in the middle of the picture. */
export interface Camera extends Point {
  readonly zoom: number;
}

export const ZOOM_MAX = 16;
/** How much of the picture may lie beyond the edge of the world. */
const SLACK = 0.12;
const UNIT = 300;

/** Longitude and latitude to units; precise enough for the closest look. */
export const unitProjection: GeoProjection = geoNaturalEarth1().scale(UNIT).translate([0, 0]).precision(0.12);

function edge(longitude: number, latitude: number, axis: 0 | 1): number {
  return unitProjection([longitude, latitude])?.[axis] ?? 0;
}

/** What is shown of the world: without Antarctica and the last of the Arctic, where nobody keeps servers, so that the rest is larger. */
export const WORLD = {
  left: edge(-168, 20, 0),
  right: edge(179.9, 0, 0),
  top: edge(0, 79, 1),
  bottom: edge(0, -54, 1),
} as const;

const WIDTH = WORLD.right - WORLD.left;
const HEIGHT = WORLD.bottom - WORLD.top;
const MIDDLE: Point = { x: (WORLD.left + WORLD.right) / 2, y: (WORLD.top + WORLD.bottom) / 2 };

export const WHOLE: Camera = { zoom: 1, ...MIDDLE };

/** The whole globe, with the ice at both ends. */
const GLOBE = {
  width: edge(180, 0, 0) - edge(-180, 0, 0),
  height: edge(0, -90, 1) - edge(0, 90, 1),
} as const;

/** Height kept free below the map for the badge of the home. */
export function badgeRoom(scale: number): number {
  return 40 * scale;
}

interface Room extends Frame {
  readonly side: number;
}

/** The part of the picture that the whole world is fitted into. */
function roomOf(frame: Frame, scale: number): Room {
  const side = 12 * scale;
  return {
    side,
    width: Math.max(1, frame.width - 2 * side),
    height: Math.max(1, frame.height - side - badgeRoom(scale)),
  };
}

export function viewOf(camera: Camera, frame: Frame, scale: number): View {
  const room = roomOf(frame, scale);
  const factor = camera.zoom * Math.min(room.width / WIDTH, room.height / HEIGHT);
  return { factor, x: frame.width / 2 - camera.x * factor, y: room.side + room.height / 2 - camera.y * factor };
}

/** The zoom that shows the whole globe, which is more than the whole world. */
function globeZoom(frame: Frame, scale: number): number {
  const room = roomOf(frame, scale);
  const globe = Math.min(room.width / GLOBE.width, room.height / GLOBE.height);
  return Math.min(1, globe / Math.min(room.width / WIDTH, room.height / HEIGHT));
}

/** Degrees to CSS pixels. */
export function place(view: View, longitude: number, latitude: number): Point | null {
  const at = unitProjection([longitude, latitude]);
  return at ? { x: at[0] * view.factor + view.x, y: at[1] * view.factor + view.y } : null;
}

function within(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value));
}

/** Keeps the world in the picture: what is smaller than the picture stands in its middle, what is larger fills it. */
export function clampCamera(camera: Camera, frame: Frame, scale: number): Camera {
  const least = globeZoom(frame, scale);
  const zoom = Math.min(ZOOM_MAX, Math.max(least, camera.zoom));
  // the middle of the globe is at zero
  if (zoom < 1)
    return { zoom, x: (MIDDLE.x * (zoom - least)) / (1 - least), y: (MIDDLE.y * (zoom - least)) / (1 - least) };
  const room = roomOf(frame, scale);
  const { factor } = viewOf({ ...camera, zoom }, frame, scale);
  const half = { x: ((0.5 - SLACK) * room.width) / factor, y: ((0.5 - SLACK) * room.height) / factor };
  const fits = { x: WIDTH * factor <= room.width + 1, y: HEIGHT * factor <= room.height + 1 };
  return {
    zoom,
    x: fits.x ? MIDDLE.x : within(camera.x, WORLD.left + half.x, WORLD.right - half.x),
    y: fits.y ? MIDDLE.y : within(camera.y, WORLD.top + half.y, WORLD.bottom - half.y),
  };
}

/** Zooms by a factor so that what is under the point (CSS pixels) stays there. */
export function zoomAt(camera: Camera, factor: number, at: Point, frame: Frame, scale: number): Camera {
  const zoom = Math.min(ZOOM_MAX, Math.max(globeZoom(frame, scale), camera.zoom * factor));
  const before = viewOf(camera, frame, scale);
  const after = viewOf({ ...camera, zoom }, frame, scale);
  return clampCamera(
    {
      zoom,
      x: camera.x + (at.x - before.x) / before.factor - (at.x - after.x) / after.factor,
      y: camera.y + (at.y - before.y) / before.factor - (at.y - after.y) / after.factor,
    },
    frame,
    scale,
  );
}

/** Moves what is seen by so many CSS pixels. */
export function moveBy(camera: Camera, dx: number, dy: number, frame: Frame, scale: number): Camera {
  const { factor } = viewOf(camera, frame, scale);
  return clampCamera({ zoom: camera.zoom, x: camera.x - dx / factor, y: camera.y - dy / factor }, frame, scale);
}

/** Moves no further than needed for the point (CSS pixels) to be seen, clear of the edge. */
export function reveal(camera: Camera, { x, y }: Point, frame: Frame, scale: number): Camera {
  const edgeRoom = Math.min(60 * scale, frame.width / 4, frame.height / 4);
  const dx = within(x, edgeRoom, frame.width - edgeRoom) - x;
  const dy = within(y, edgeRoom, frame.height - badgeRoom(scale) - edgeRoom / 2) - y;
  return dx === 0 && dy === 0 ? camera : moveBy(camera, dx, dy, frame, scale);
}

/** Degrees. */
export interface Spotted {
  readonly longitude: number;
  readonly latitude: number;
}

/** Whether all of them are in the picture, clear of its edges and of the badge of the home. */
export function showsAll(camera: Camera, frame: Frame, scale: number, points: readonly Spotted[]): boolean {
  const room = roomOf(frame, scale);
  const view = viewOf(camera, frame, scale);
  return points.every(({ longitude, latitude }) => {
    const at = place(view, longitude, latitude);
    if (!at) return true;
    const { x, y } = { x: at.x - room.side, y: at.y - room.side };
    return x > -0.5 && y > -0.5 && x < room.width + 0.5 && y < room.height + 0.5;
  });
}

/** The whole world; where some of the points lie beyond it, the whole globe. */
export function wholeCamera(frame: Frame, scale: number, points: readonly Spotted[]): Camera {
  return showsAll(WHOLE, frame, scale, points) ? WHOLE : clampCamera({ ...WHOLE, zoom: 0 }, frame, scale);
}

/** From this on a nearer look is worth that the world is cut. */
const WORTH = 1.35;
const START_MAX = 2.4;

/**
 * What is shown at first: every point, and the whole world where it fits well; on a tall screen as much as fills its height,
 * as long as no point is left out.
 */
export function startCamera(frame: Frame, scale: number, points: readonly Spotted[]): Camera {
  const room = roomOf(frame, scale);
  const filled = Math.min(START_MAX, room.height / HEIGHT / (room.width / WIDTH));
  if (filled < WORTH) return wholeCamera(frame, scale, points);
  const across = points.map(({ longitude, latitude }) => edge(longitude, latitude, 0));
  const [left, right] = across.length === 0 ? [MIDDLE.x, MIDDLE.x] : [Math.min(...across), Math.max(...across)];
  const zoom = Math.max(1, Math.min(filled, WIDTH / (right - left)));
  const near = clampCamera({ zoom, x: (left + right) / 2, y: MIDDLE.y }, frame, scale);
  return showsAll(near, frame, scale, points) ? near : wholeCamera(frame, scale, points);
}
