// SPDX-License-Identifier: MIT
// The map: where in the world the destinations are.

import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { useDrawnHere } from '../../parts/picture/beside';
import { useSize } from '../../parts/use-size';
import type { ViewProps } from '../view-props';
import { showsAll, startCamera, wholeCamera, zoomAt, type Camera, type Frame } from './camera';
import { MapControls, Signs, Zoom } from './map-controls';
import { fillSteps, sameSteps } from './base-layer';
import { buildMarks, type Marks } from './marks';
import { readSettings, writeSettings } from './map-settings';
import { MapTable } from './map-table';
import { useAtlas } from './use-atlas';
import { SLOW_EVERY } from '../../feed/pacing';
import { usePaced } from '../../parts/use-paced';
import { World } from './world';

/** From this zoom on the fine map is worth its size on any screen. */
const FINE_ZOOM = 3;

/** How strongly countries are filled. */
function useFills(marks: Marks, urgent: unknown): ReadonlyMap<string, number> {
  const held = useRef<ReadonlyMap<string, number>>(new Map());
  const paced = usePaced(marks, SLOW_EVERY, urgent);
  return useMemo(() => {
    const next = fillSteps(paced.countries, paced.placed, held.current);
    if (!sameSteps(next, held.current)) held.current = next;
    return held.current;
  }, [paced]);
}

interface Looking {
  readonly camera: Camera;
  /** Nearer than at first: then one finger moves the map instead of the page. */
  readonly near: boolean;
  /** null: the whole world. */
  readonly onCamera: (next: ((camera: Camera) => Camera) | null) => void;
  /** 0: the whole world. */
  readonly onZoom: (factor: number) => void;
}

/** Where it is looked at first: another place only for another frame or filter, or for a mark that would not be seen. */
function useStart(frame: Frame, scale: number, { marks }: Marks, urgent: string): Camera {
  const held = useRef<{ readonly key: string; readonly camera: Camera } | null>(null);
  const key = `${frame.width} ${frame.height} ${scale} ${urgent}`;
  if (held.current?.key !== key || !showsAll(held.current.camera, frame, scale, marks))
    held.current = { key, camera: startCamera(frame, scale, marks) };
  return held.current.camera;
}

/** Where somebody has moved the map to, and for which selection: another one is seen whole at first. */
interface Moved {
  readonly chosen: string;
  readonly camera: Camera;
}

function useCamera(
  [moved, setMoved]: readonly [Moved | null, StateUpdater],
  chosen: string,
  start: Camera,
  whole: () => Camera,
  frame: Frame,
  scale: number,
): Looking {
  const latest = useRef(whole);
  latest.current = whole;
  const onCamera = useCallback(
    (next: ((camera: Camera) => Camera) | null): void =>
      setMoved((before) => {
        const from = before?.chosen === chosen ? before.camera : start;
        return { chosen, camera: next ? next(from) : latest.current() };
      }),
    [setMoved, chosen, start],
  );
  const camera = moved?.chosen === chosen ? moved.camera : start;
  const onZoom = (factor: number): void => {
    const middle = { x: frame.width / 2, y: frame.height / 2 };
    onCamera(factor === 0 ? null : (before) => zoomAt(before, factor, middle, frame, scale));
  };
  return { camera, near: camera.zoom > start.zoom * 1.05, onCamera, onZoom };
}

type StateUpdater = (update: (before: Moved | null) => Moved) => void;

export default function MapView(props: ViewProps) {
  const { t, locale, theme, size, scale, onTarget, options, onOptions, selection, kind, find, wall } = props;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useSize(stage);
  const drawn = useDrawnHere();
  const settings = useMemo(() => readSettings(options), [options]);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const moved = useState<Moved | null>(null);
  const { outlines, middles } = useAtlas(size === 'wall' || (moved[0]?.camera.zoom ?? 1) >= FINE_ZOOM);
  const marks = useMemo(() => buildMarks(selection.conversations, middles), [selection, middles]);
  const chosen = `${selection.only?.id ?? ''} ${kind} ${find}`;
  const urgent = `${chosen} ${marks.marks.length > 0}`;
  const steps = useFills(marks, urgent);
  const start = useStart(frame, scale, marks, urgent);
  const whole = (): Camera => wholeCamera(frame, scale, marks.marks);
  const { onZoom, ...looking } = useCamera(moved, chosen, start, whole, frame, scale);
  const { table, labels, way } = settings;
  return (
    <section class={`map map-${size}`} aria-label={t('view.map')}>
      <MapControls
        {...{ settings, marks, format, t, onTarget, wall, size }}
        onSettings={(next) => onOptions(writeSettings(next))}
      />
      <div class={table ? 'stage' : 'stage map-stage'} ref={stage}>
        {table && <MapTable {...{ marks, urgent, way, format, t, onTarget }} now={selection.now} />}
        {!table && frame.width > 40 && (
          <>
            <World key={drawn} {...props} {...looking} {...{ format, marks, outlines, steps, frame, labels, way }} />
            <Zoom onZoom={onZoom} t={t} />
          </>
        )}
      </div>
      {!table && <Signs {...{ t, theme, way }} tracks={marks.marks.some((mark) => mark.trackers.length > 0)} />}
    </section>
  );
}
