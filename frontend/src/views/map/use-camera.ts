// SPDX-License-Identifier: MIT
// Where one looks at the map: first so that all is seen, then where somebody has moved it to, which the address keeps.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ViewProps } from '../view-props';
import {
  clampCamera,
  showsAll,
  startCamera,
  wholeCamera,
  zoomAt,
  type Camera,
  type Frame,
  type Spotted,
} from './camera';
import { readLook, writeLook } from './map-settings';

/** The address is written when the map has stood still for so long: browsers let it be done some times a second only. */
const REST = 400;

/** Where somebody has moved the map to, and for which selection: another one is seen whole at first. */
export interface Moved {
  readonly chosen: string;
  readonly camera: Camera;
}

export type Mover = (update: (before: Moved | null) => Moved) => void;

/** Where the map was moved to, as the address has it. A wall shows all, whatever its address says. */
export function useMoved(
  { options, onOptions, wall }: Pick<ViewProps, 'options' | 'onOptions' | 'wall'>,
  chosen: string,
): readonly [Moved | null, Mover] {
  const look = wall ? null : (options.look ?? null);
  const [moved, setMoved] = useState<Moved | null>(() => {
    const camera = readLook(look);
    return camera && { chosen, camera };
  });
  /** What is in the address, as far as we know. */
  const written = useRef(look);
  useEffect(() => {
    if (look === written.current) return;
    written.current = look;
    const camera = readLook(look);
    setMoved(camera && { chosen, camera });
  }, [look, chosen]);
  const wanted = moved?.chosen === chosen ? writeLook(moved.camera) : null;
  useEffect(() => {
    if (wall || wanted === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = wanted;
      onOptions({ look: wanted });
    }, REST);
    return () => clearTimeout(timer);
  }, [wanted, wall, onOptions]);
  return [moved, setMoved];
}

/** Where it is looked at first: another place only for another frame or filter, or for what would not be seen. */
export function useStart(frame: Frame, scale: number, points: readonly Spotted[], urgent: string): Camera {
  const held = useRef<{ readonly key: string; readonly camera: Camera } | null>(null);
  const key = `${frame.width} ${frame.height} ${scale} ${urgent}`;
  if (held.current?.key !== key || !showsAll(held.current.camera, frame, scale, points))
    held.current = { key, camera: startCamera(frame, scale, points) };
  return held.current.camera;
}

export interface Looking {
  readonly camera: Camera;
  /** Nearer than at first: then one finger moves the map instead of the page. */
  readonly near: boolean;
  /** null: the whole world. */
  readonly onCamera: (next: ((camera: Camera) => Camera) | null) => void;
  /** 0: the whole world. */
  readonly onZoom: (factor: number) => void;
}

export function useCamera(
  [moved, setMoved]: readonly [Moved | null, Mover],
  chosen: string,
  start: Camera,
  points: readonly Spotted[],
  frame: Frame,
  scale: number,
): Looking {
  const whole = useRef<() => Camera>(() => start);
  whole.current = () => wholeCamera(frame, scale, points);
  const onCamera = useCallback(
    (next: ((camera: Camera) => Camera) | null): void =>
      setMoved((before) => {
        const from = before?.chosen === chosen ? before.camera : start;
        return { chosen, camera: next ? next(from) : whole.current() };
      }),
    [setMoved, chosen, start],
  );
  // an address may come from another screen
  const camera = moved?.chosen === chosen ? clampCamera(moved.camera, frame, scale) : start;
  const onZoom = (factor: number): void => {
    const middle = { x: frame.width / 2, y: frame.height / 2 };
    onCamera(factor === 0 ? null : (before) => zoomAt(before, factor, middle, frame, scale));
  };
  return { camera, near: camera.zoom > start.zoom * 1.05, onCamera, onZoom };
}
