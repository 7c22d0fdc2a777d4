// SPDX-License-Identifier: MIT
// The picture itself, and how one points at it.

import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Format } from '../../i18n/format';
import { offerPicture } from '../../parts/picture/snapshot';
import { placeKey } from '../../store/selection';
import type { ViewProps } from '../view-props';
import { moveBy, reveal, zoomAt, type Camera, type Frame, type Point } from './camera';
import { SpotCard, sayAloud } from './spot-card';
import { watchGestures, type Gestures } from './gestures';
import { buildScene, spotAt, stepSpot, type Scene, type SceneSpot } from './map-scene';
import type { Side } from './labels';
import type { Marks } from './marks';
import type { Outlines } from './outlines';
import type { Way } from '../../parts/directions';
import type { HomePlace } from './home-place';
import { MapPainter } from './map-painter';
import type { Labels } from './map-settings';
import { LabelTurns, TURN_MS } from './label-turns';

/** The size of the letters of a place at scale 1: see labelFont. */
const TITLE = 13.5;
/** How near is near enough, in CSS pixels. */
const REACH = { mouse: 4, finger: 16 } as const;
const STEP = 1.6;
/** CSS pixels that a press of an arrow key moves the map. */
const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: 60, y: 0 },
  ArrowRight: { x: -60, y: 0 },
  ArrowUp: { x: 0, y: 60 },
  ArrowDown: { x: 0, y: -60 },
};
const NOBODY: ReadonlyMap<number, number> = new Map();

export interface WorldProps extends Pick<
  ViewProps,
  | 'selection'
  | 'target'
  | 'spotlight'
  | 'onTarget'
  | 't'
  | 'theme'
  | 'scale'
  | 'paused'
  | 'reducedMotion'
  | 'wall'
  | 'afar'
> {
  readonly format: Format;
  readonly marks: Marks;
  readonly home: HomePlace | null;
  readonly outlines: Outlines | null;
  readonly steps: ReadonlyMap<string, number>;
  readonly frame: Frame;
  readonly camera: Camera;
  /** Nearer than at first: then one finger moves the map instead of the page. */
  readonly near: boolean;
  readonly labels: Labels;
  readonly way: Way;
  /** null: the whole world. */
  readonly onCamera: (next: ((camera: Camera) => Camera) | null) => void;
}

interface Canvases {
  readonly base: RefObject<HTMLCanvasElement>;
  readonly front: RefObject<HTMLCanvasElement>;
  readonly motion: RefObject<HTMLCanvasElement>;
  readonly gestures: RefObject<Gestures>;
  /** Null until the canvases are there. */
  readonly painter: MapPainter | null;
}

interface Changes {
  readonly move: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, at: Point) => void;
}

/** The canvases with what draws on them, and what fingers and wheel do there. */
function useCanvases(changes: Changes): Canvases {
  const base = useRef<HTMLCanvasElement>(null);
  const front = useRef<HTMLCanvasElement>(null);
  const motion = useRef<HTMLCanvasElement>(null);
  const gestures = useRef<Gestures | null>(null);
  const [painter, setPainter] = useState<MapPainter | null>(null);
  const current = useRef(changes);
  current.current = changes;
  useEffect(() => {
    if (!base.current || !front.current || !motion.current) return undefined;
    const made = new MapPainter({ base: base.current, marks: front.current, motion: motion.current });
    const watched = watchGestures(front.current, {
      move: (dx, dy) => current.current.move(dx, dy),
      zoom: (factor, at) => current.current.zoom(factor, at),
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
  return { base, front, motion, gestures, painter };
}

interface LabelMemory {
  readonly turns: LabelTurns;
  /** Where labels were in the last scene, and which spots it had. */
  readonly sides: { current: ReadonlyMap<number, Side> };
  readonly spots: { current: readonly number[] };
  /** For how many turns each label has waited. */
  readonly waited: ReadonlyMap<number, number>;
}

/** What is remembered of the labels from scene to scene; where they take turns, each of them comes. */
function useLabelMemory({ labels, paused }: WorldProps): LabelMemory {
  const sides = useRef<ReadonlyMap<number, Side>>(new Map());
  const spots = useRef<readonly number[]>([]);
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
  }, [labels, paused, turns]);
  return { turns, sides, spots, waited };
}

function useScene(props: WorldProps, painter: MapPainter | null, { sides, waited }: LabelMemory): Scene | null {
  const { selection, target, spotlight, t, format, scale, afar, marks, home, frame, camera, labels, way } = props;
  const words = afar === null ? scale : afar / TITLE;
  const names = afar === null ? 2 : 1;
  const { now, only } = selection;
  return useMemo(() => {
    if (!painter) return null;
    const shown = { frame, camera, scale, words, names, labels: labels !== 'none' };
    const wish = { ...shown, target, spotlight, way, home, sides: sides.current, waited };
    return buildScene({ now, only }, marks, wish, { t, format, fit: painter.fit(words) });
  }, [
    painter,
    now,
    only,
    marks,
    home,
    frame,
    camera,
    scale,
    words,
    names,
    labels,
    target,
    spotlight,
    way,
    sides,
    waited,
    t,
    format,
  ]);
}

interface Looked {
  readonly hovered: number | null;
  readonly focused: number | null;
}

function useDrawing(
  props: WorldProps,
  painter: MapPainter | null,
  scene: Scene | null,
  memory: LabelMemory,
  looked: Looked,
): void {
  const { outlines, steps, theme, way, paused, reducedMotion } = props;
  const { turns, sides, spots } = memory;
  const { hovered, focused } = looked;
  const still = paused || reducedMotion;
  useEffect(() => {
    if (!scene || !painter) return;
    sides.current = new Map(scene.labels.map((label) => [label.key, label.side]));
    spots.current = scene.spots.map((spot) => spot.key);
    turns.note(sides.current.keys());
    painter.show({ scene, outlines, steps, theme, way, still, hovered, focused });
  }, [painter, scene, outlines, steps, theme, way, still, hovered, focused, turns, sides, spots]);
}

interface WorldPointer {
  readonly at: (event: MouseEvent, reach: number) => SceneSpot | null;
  readonly pick: (spot: SceneSpot | null) => void;
  readonly press: (event: KeyboardEvent) => void;
}

function useWorldPointer(
  { onTarget, onCamera, frame, scale }: WorldProps,
  scene: Scene | null,
  { front }: Canvases,
  changes: Changes,
  [focused, setFocused]: readonly [number | null, (key: number) => void],
): WorldPointer {
  const at: WorldPointer['at'] = (event, reach) => {
    const box = front.current?.getBoundingClientRect();
    return box && scene ? spotAt(scene, { x: event.clientX - box.left, y: event.clientY - box.top }, reach) : null;
  };
  const pick: WorldPointer['pick'] = (spot) => {
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
    const move = event.shiftKey ? MOVES[event.key] : undefined;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (next !== undefined) focus(next);
    else if (move) changes.move(move.x, move.y);
    else if (event.key === '+' || event.key === '=') changes.zoom(STEP, middle);
    else if (event.key === '-') changes.zoom(1 / STEP, middle);
    else if (event.key === '0') onCamera(null);
    else if (event.key === 'Enter' || event.key === ' ')
      pick(scene?.spots.find((spot) => spot.key === focused) ?? null);
    else if (event.key === 'Escape') onTarget(null);
    else return;
    event.preventDefault();
  };
  return { at, pick, press };
}

/** What is said of the spot that is looked at: beside it, and to those who listen. */
function Saying({ scene, looked, said, way, t, format }: SayingProps) {
  return (
    <>
      {looked && !looked.picked && <SpotCard spot={looked} {...{ scene, way, t, format }} />}
      <p class="visually-hidden" role="status">
        {said && sayAloud(said, way, t, format)}
      </p>
    </>
  );
}

interface SayingProps extends Pick<WorldProps, 'way' | 't' | 'format'> {
  readonly scene: Scene;
  readonly looked: SceneSpot | undefined;
  readonly said: SceneSpot | undefined;
}

export function World(props: WorldProps) {
  const { onCamera, wall, t, format, scale, frame, near, way } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const changes: Changes = {
    move: (dx, dy) => onCamera((before) => moveBy(before, dx, dy, frame, scale)),
    zoom: (factor, at) => onCamera((before) => zoomAt(before, factor, at, frame, scale)),
  };
  const canvases = useCanvases(changes);
  const memory = useLabelMemory(props);
  const scene = useScene(props, canvases.painter, memory);
  useDrawing(props, canvases.painter, scene, memory, { hovered, focused });
  const { at, pick, press } = useWorldPointer(props, scene, canvases, changes, [focused, setFocused]);
  const find = (key: number | null): SceneSpot | undefined => scene?.spots.find((spot) => spot.key === key);
  return (
    <>
      <canvas ref={canvases.base} class="world" aria-hidden="true" />
      <canvas ref={canvases.motion} class="world" aria-hidden="true" />
      <canvas
        ref={canvases.front}
        class={`world world-front${hovered === null ? '' : ' pointing'}${near ? ' near' : ''}`}
        tabIndex={wall ? -1 : 0}
        role={wall ? 'img' : 'application'}
        aria-label={t('map.picture', { n: scene?.spots.length ?? 0 })}
        aria-describedby={wall ? undefined : 'map-help'}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse')
            setHovered(event.buttons === 0 ? (at(event, REACH.mouse)?.key ?? null) : null);
        }}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          if (canvases.gestures.current?.wasDrag()) return;
          pick(at(event, matchMedia('(pointer: coarse)').matches ? REACH.finger : REACH.mouse));
        }}
        onDblClick={(event) => {
          if (!at(event, REACH.mouse)) changes.zoom(STEP, { x: event.offsetX, y: event.offsetY });
        }}
        onKeyDown={press}
        onBlur={() => setFocused(null)}
      />
      <p id="map-help" hidden>
        {t('map.keys')}
      </p>
      {scene && <Saying scene={scene} looked={find(hovered ?? focused)} said={find(focused)} {...{ way, t, format }} />}
    </>
  );
}
