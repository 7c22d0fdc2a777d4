// SPDX-License-Identifier: MIT
// The map: where in the world the destinations are.

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { useSize } from '../sankey/size';
import type { ViewProps } from '../types';
import { loadAtlas, type Atlas } from './atlas';
import { moveBy, startCamera, zoomAt, type Camera, type Frame } from './camera';
import { Controls, type MapSettings } from './controls';
import { watchGestures } from './gestures';
import { stepSpot } from './keys';
import type { Side } from './labels';
import { Painter } from './painter';
import { buildScene, type Scene, type SceneSpot } from './scene';
import { Twin } from './twin';

const REACH = { mouse: 4, finger: 16 } as const;
/** From this zoom or scale on the fine map is worth its size. */
const FINE_ZOOM = 3;
const FINE_SCALE = 1.7;
const MOVE = 60;

/** The map in the detail that the zoom asks for; the coarse one until the fine one is there. */
function useAtlas(fine: boolean): Atlas | null {
  const [atlas, setAtlas] = useState<Atlas | null>(null);
  useEffect(() => {
    let wanted = true;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const take = (next: Atlas): void => {
      if (wanted) setAtlas((last) => (last?.detail === 'fine' && next.detail === 'coarse' ? last : next));
    };
    const load = (detail: Atlas['detail']): void => {
      loadAtlas(detail).then(take, () => {
        if (wanted) retry = setTimeout(() => load(detail), 3000);
      });
    };
    load('coarse');
    if (fine) load('fine');
    return () => {
      wanted = false;
      clearTimeout(retry);
    };
  }, [fine]);
  return atlas;
}

interface CanvasProps extends ViewProps {
  readonly frame: Frame;
  readonly camera: Camera;
  readonly labels: boolean;
  readonly onCamera: (next: (camera: Camera) => Camera) => void;
  readonly onScene: (scene: Scene) => void;
}

function Canvas(props: CanvasProps) {
  const { selection, target, frame, camera, labels, t, locale, theme, size, scale, paused, reducedMotion, onTarget, onCamera, onScene } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painter, setPainter] = useState<Painter | null>(null);
  const gestures = useRef<ReturnType<typeof watchGestures> | null>(null);
  const sides = useRef<ReadonlyMap<number, Side>>(new Map());
  const [hovered, setHovered] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const atlas = useAtlas(scale >= FINE_SCALE || camera.zoom >= FINE_ZOOM);
  const latest = useRef({ frame, camera, size });
  latest.current = { frame, camera, size };

  useEffect(() => {
    if (!canvas.current) return undefined;
    const made = new Painter(canvas.current);
    const watched = watchGestures(canvas.current, {
      frame: () => latest.current.frame,
      change: onCamera,
      movable: () => latest.current.camera.zoom > 1,
    });
    gestures.current = watched;
    setPainter(made);
    return () => {
      watched.close();
      made.close();
    };
  }, [onCamera]);

  const scene = useMemo(() => {
    if (!painter) return null;
    const texts = { t, format: formatter(locale, t), fit: painter.fit(scale) };
    return buildScene(selection, { frame, camera, scale, labels, target, sides: sides.current }, texts);
  }, [painter, selection, frame, camera, scale, labels, target, t, locale]);

  useEffect(() => {
    if (!scene || !painter) return;
    sides.current = new Map(scene.labels.map((label) => [label.key, label.side]));
    painter.show({ scene, atlas, theme, still: paused || reducedMotion, hovered, focused });
    onScene(scene);
  }, [painter, scene, atlas, theme, paused, reducedMotion, hovered, focused, onScene]);

  const at = (event: MouseEvent, reach: number): SceneSpot | null => {
    const box = canvas.current?.getBoundingClientRect();
    return box ? (painter?.at(event.clientX - box.left, event.clientY - box.top, reach) ?? null) : null;
  };
  const pick = (spot: SceneSpot | null): void => {
    onTarget(spot && !spot.picked ? { kind: 'places', places: spot.marks.map((mark) => mark.place.id) } : null);
  };
  const press = (event: KeyboardEvent): void => {
    const { width, height } = frame;
    const next = scene ? stepSpot(scene, focused, event.key) : undefined;
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      const dx = event.key === 'ArrowLeft' ? MOVE : event.key === 'ArrowRight' ? -MOVE : 0;
      const dy = event.key === 'ArrowUp' ? MOVE : event.key === 'ArrowDown' ? -MOVE : 0;
      onCamera((before) => moveBy(before, dx, dy, frame));
    } else if (next !== undefined) setFocused(next);
    else if (event.key === '+' || event.key === '=') onCamera((before) => zoomAt(before, 1.6, width / 2, height / 2, frame));
    else if (event.key === '-') onCamera((before) => zoomAt(before, 1 / 1.6, width / 2, height / 2, frame));
    else if (event.key === '0') onCamera(() => startCamera(frame));
    else if (event.key === 'Enter' || event.key === ' ') pick(scene?.spots.find((spot) => spot.key === focused) ?? null);
    else if (event.key === 'Escape') onTarget(null);
    else return;
    event.preventDefault();
  };
  const focus = scene?.spots.find((spot) => spot.key === focused);

  return (
    <>
      <canvas
        ref={canvas}
        class={`world${hovered === null ? '' : ' pointing'}${camera.zoom > 1 ? ' movable' : ''}`}
        tabIndex={0}
        role="application"
        aria-label={t('map.picture', { n: scene?.spots.length ?? 0 })}
        aria-describedby="map-help"
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') setHovered(at(event, REACH.mouse)?.key ?? null);
        }}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          if (gestures.current?.wasDrag()) return;
          pick(at(event, matchMedia('(pointer: coarse)').matches ? REACH.finger : REACH.mouse));
        }}
        onKeyDown={press}
        onBlur={() => setFocused(null)}
      />
      <p id="map-help" class="unseen">{t('map.keys')}</p>
      <p class="unseen" role="status">{focus ? `${focus.title}: ${focus.sub}` : ''}</p>
    </>
  );
}

export function MapView(props: ViewProps) {
  const { t, locale, size } = props;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useSize(stage);
  const [settings, setSettings] = useState<MapSettings>({ labels: true, table: false });
  /** Null: as at first, whatever the size. */
  const [moved, setMoved] = useState<Camera | null>(null);
  const [scene, setScene] = useState<Scene | null>(null);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const camera = useMemo(() => moved ?? startCamera(frame), [moved, frame]);
  const onCamera = useCallback(
    (next: (camera: Camera) => Camera): void => setMoved((before) => next(before ?? startCamera(frame))),
    [frame],
  );
  const onZoom = (factor: number): void => {
    if (factor === 0) setMoved(null);
    else onCamera((before) => zoomAt(before, factor, frame.width / 2, frame.height / 2, frame));
  };

  return (
    <section class={`map map-${size}`} aria-label={t('view.map')}>
      <Controls settings={settings} onSettings={setSettings} onZoom={onZoom} marks={scene?.marks ?? null} t={t} />
      <div class={settings.table ? 'stage' : 'stage map-stage'} ref={stage}>
        {settings.table ? (
          <Twin {...props} format={format} />
        ) : (
          frame.width > 40 && <Canvas {...props} frame={frame} camera={camera} labels={settings.labels} onCamera={onCamera} onScene={setScene} />
        )}
      </div>
    </section>
  );
}
