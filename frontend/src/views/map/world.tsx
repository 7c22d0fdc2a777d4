// SPDX-License-Identifier: MIT
// The picture itself, and how one points at it.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import { offerPicture } from '../../parts/picture/snapshot';
import { placeKey } from '../../store/selection';
import type { ViewProps } from '../view-props';
import { moveBy, reveal, zoomAt, type Camera, type Frame, type Point } from './camera';
import { SpotCard, sayAloud } from './spot-card';
import { watchGestures, type Gestures } from './gestures';
import { stepSpot, buildScene, spotAt, type SceneSpot } from './map-scene';
import type { Side } from './labels';
import type { Marks } from './marks';
import type { Outlines } from './outlines';
import { MapPainter } from './map-painter';
import type { Labels } from './map-settings';
import { LabelTurns, TURN_MS } from './label-turns';

/** How near is near enough, in CSS pixels. */
const REACH = { mouse: 4, finger: 16 } as const;
const STEP = 1.6;
/** CSS pixels that a press of an arrow key moves the map. */
const MOVE = 60;
const NOBODY: ReadonlyMap<number, number> = new Map();

export interface WorldProps extends Pick<
  ViewProps,
  'selection' | 'target' | 'onTarget' | 't' | 'theme' | 'scale' | 'paused' | 'reducedMotion'
> {
  readonly format: Format;
  readonly marks: Marks;
  readonly outlines: Outlines | null;
  readonly steps: ReadonlyMap<string, number>;
  readonly frame: Frame;
  readonly camera: Camera;
  /** Nearer than at first: then one finger moves the map instead of the page. */
  readonly near: boolean;
  readonly labels: Labels;
  /** null: as at first. */
  readonly onCamera: (next: ((camera: Camera) => Camera) | null) => void;
}

export function World(props: WorldProps) {
  const {
    selection,
    target,
    onTarget,
    onCamera,
    t,
    format,
    theme,
    scale,
    paused,
    reducedMotion,
    marks,
    outlines,
    steps,
    frame,
    camera,
    near,
    labels,
  } = props;
  const base = useRef<HTMLCanvasElement>(null);
  const front = useRef<HTMLCanvasElement>(null);
  const motion = useRef<HTMLCanvasElement>(null);
  const gestures = useRef<Gestures | null>(null);
  const sides = useRef<ReadonlyMap<number, Side>>(new Map());
  const spots = useRef<readonly number[]>([]);
  const [painter, setPainter] = useState<MapPainter | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const still = paused || reducedMotion;

  const change = useRef({
    move: (_dx: number, _dy: number): void => undefined,
    zoom: (_factor: number, _at: Point): void => undefined,
  });
  change.current = {
    move: (dx, dy) => onCamera((before) => moveBy(before, dx, dy, frame, scale)),
    zoom: (factor, at) => onCamera((before) => zoomAt(before, factor, at, frame, scale)),
  };

  useEffect(() => {
    if (!base.current || !front.current || !motion.current) return undefined;
    const made = new MapPainter({ base: base.current, marks: front.current, motion: motion.current });
    const watched = watchGestures(front.current, {
      move: (dx, dy) => change.current.move(dx, dy),
      zoom: (factor, at) => change.current.zoom(factor, at),
    });
    gestures.current = watched;
    setPainter(made);
    const end = offerPicture(() => made.snapshot());
    return () => {
      end();
      watched.close();
      made.close();
    };
  }, []);

  const [turns] = useState(() => new LabelTurns());
  const [waited, setWaited] = useState(NOBODY);
  useEffect(() => {
    if (labels !== 'turns' || paused) return undefined;
    const timer = setInterval(() => {
      sides.current = new Map();
      setWaited(turns.next(spots.current));
    }, TURN_MS);
    return () => {
      clearInterval(timer);
      setWaited(NOBODY);
    };
  }, [labels, paused]);

  const { now, only } = selection;
  const scene = useMemo(
    () =>
      painter &&
      buildScene(
        { now, only },
        marks,
        { frame, camera, scale, labels: labels !== 'none', target, sides: sides.current, waited },
        { t, format, fit: painter.fit(scale) },
      ),
    [painter, now, only, marks, frame, camera, scale, labels, target, waited, t, format],
  );
  useEffect(() => {
    if (!scene || !painter) return;
    sides.current = new Map(scene.labels.map((label) => [label.key, label.side]));
    spots.current = scene.spots.map((spot) => spot.key);
    turns.note(sides.current.keys());
    painter.show({ scene, outlines, steps, theme, still, hovered, focused });
  }, [painter, scene, outlines, steps, theme, still, hovered, focused]);

  const at = (event: MouseEvent, reach: number): SceneSpot | null => {
    const box = front.current?.getBoundingClientRect();
    return box && scene ? spotAt(scene, { x: event.clientX - box.left, y: event.clientY - box.top }, reach) : null;
  };
  const pick = (spot: SceneSpot | null): void => {
    onTarget(spot && !spot.picked ? { kind: 'places', places: spot.marks.map((mark) => placeKey(mark.place)) } : null);
  };
  const focus = (key: number): void => {
    setFocused(key);
    const spot = scene?.spots.find((one) => one.key === key);
    if (spot) onCamera((before) => reveal(before, spot, frame, scale));
  };
  const press = (event: KeyboardEvent): void => {
    const middle = { x: frame.width / 2, y: frame.height / 2 };
    const next = scene && !event.shiftKey ? stepSpot(scene, focused, event.key) : undefined;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (next !== undefined) focus(next);
    else if (event.shiftKey && event.key.startsWith('Arrow')) {
      const dx = event.key === 'ArrowLeft' ? MOVE : event.key === 'ArrowRight' ? -MOVE : 0;
      const dy = event.key === 'ArrowUp' ? MOVE : event.key === 'ArrowDown' ? -MOVE : 0;
      change.current.move(dx, dy);
    } else if (event.key === '+' || event.key === '=') change.current.zoom(STEP, middle);
    else if (event.key === '-') change.current.zoom(1 / STEP, middle);
    else if (event.key === '0') onCamera(null);
    else if (event.key === 'Enter' || event.key === ' ')
      pick(scene?.spots.find((spot) => spot.key === focused) ?? null);
    else if (event.key === 'Escape') onTarget(null);
    else return;
    event.preventDefault();
  };
  const looked = scene?.spots.find((spot) => spot.key === (hovered ?? focused));
  const said = scene?.spots.find((spot) => spot.key === focused);

  return (
    <>
      <canvas ref={base} class="world" aria-hidden="true" />
      <canvas ref={motion} class="world" aria-hidden="true" />
      <canvas
        ref={front}
        class={`world world-front${hovered === null ? '' : ' pointing'}${near ? ' near' : ''}`}
        tabIndex={0}
        role="application"
        aria-label={t('map.picture', { n: scene?.spots.length ?? 0 })}
        aria-describedby="map-help"
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse')
            setHovered(event.buttons === 0 ? (at(event, REACH.mouse)?.key ?? null) : null);
        }}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          if (gestures.current?.wasDrag()) return;
          pick(at(event, matchMedia('(pointer: coarse)').matches ? REACH.finger : REACH.mouse));
        }}
        onDblClick={(event) => {
          if (!at(event, REACH.mouse)) change.current.zoom(STEP, { x: event.offsetX, y: event.offsetY });
        }}
        onKeyDown={press}
        onBlur={() => setFocused(null)}
      />
      {scene && looked && !looked.picked && <SpotCard spot={looked} scene={scene} t={t} format={format} />}
      <p id="map-help" class="visually-hidden">
        {t('map.keys')}
      </p>
      <p class="visually-hidden" role="status">
        {said && sayAloud(said, t, format)}
      </p>
    </>
  );
}
