// SPDX-License-Identifier: MIT
// Where one looks: the whole world fitted into the picture, zoomed by a factor and moved.

import { geoNaturalEarth1, type GeoProjection } from 'd3-geo';

export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** zoom 1 shows the whole world; x and y are the picture's shift in CSS pixels at that zoom. */
export interface Camera {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Camera = { zoom: 1, x: 0, y: 0 };
export const ZOOM_MAX = 16;

/** Without Antarctica, where nobody keeps servers: so the rest is larger. */
const INHABITED = {
  type: 'MultiPoint' as const,
  coordinates: [
    [-168, 0],
    [180, 0],
    [0, 80],
    [0, -54],
    [-160, 66],
    [178, 66],
  ],
};

/** On a tall screen the world fills the height instead, and is moved sideways. */
function fitZoom(frame: Frame): number {
  return frame.height > frame.width ? Math.min(2.4, (frame.height * 0.62) / (frame.width * 0.5)) : 1;
}

/** What is shown at first: the whole world, on a tall screen the part of it with most of the people. */
export function startCamera(frame: Frame): Camera {
  const zoom = fitZoom(frame);
  return zoom === 1 ? WHOLE : clampCamera({ zoom, x: (frame.width / 2) * (1 - zoom) - frame.width * 0.04 * zoom, y: (frame.height / 2) * (1 - zoom) }, frame);
}

/** The room kept free for the badge of the home below the map. */
export function badgeRoom(scale: number): number {
  return 46 * scale;
}

export function projectionFor(frame: Frame, camera: Camera, scale: number): GeoProjection {
  const side = 10 * scale;
  const projection = geoNaturalEarth1().fitExtent(
    [
      [side, side],
      [frame.width - side, Math.max(side + 10, frame.height - badgeRoom(scale))],
    ],
    INHABITED,
  );
  const [x, y] = projection.translate();
  return projection.scale(projection.scale() * camera.zoom).translate([x * camera.zoom + camera.x, y * camera.zoom + camera.y]);
}

/** Keeps the world in the picture: at least half of the picture shows some of it. */
export function clampCamera(camera: Camera, frame: Frame): Camera {
  const zoom = Math.min(ZOOM_MAX, Math.max(1, camera.zoom));
  const limit = (value: number, length: number): number => Math.min(length * 0.35 * (zoom - 1), Math.max(length * (1 - zoom) - length * 0.35 * (zoom - 1), value));
  return { zoom, x: zoom === 1 ? 0 : limit(camera.x, frame.width), y: zoom === 1 ? 0 : limit(camera.y, frame.height) };
}

/** Zooms by a factor so that the point under (x, y) stays there. */
export function zoomAt(camera: Camera, factor: number, x: number, y: number, frame: Frame): Camera {
  const zoom = Math.min(ZOOM_MAX, Math.max(1, camera.zoom * factor));
  const by = zoom / camera.zoom;
  return clampCamera({ zoom, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by }, frame);
}

export function moveBy(camera: Camera, dx: number, dy: number, frame: Frame): Camera {
  return clampCamera({ ...camera, x: camera.x + dx, y: camera.y + dy }, frame);
}
