// SPDX-License-Identifier: MIT
// The picture of the flows on the page: drawn by a worker, pointed at with mouse, finger and keys.

import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { offerPicture } from '../../parts/picture/snapshot';
import type { ViewProps } from '../view-props';
import { FlowCanvas } from './flow-canvas';
import { step, type Scene, type SceneLink, type SceneNode } from './flow-scene';
import { Rings } from './rings';

const ARROWS: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
/** How near a pointer has to come, in CSS pixels: a finger is less exact than a mouse. */
const REACH = { mouse: 8, finger: 20 } as const;

export interface FlowPictureProps extends Pick<
  ViewProps,
  'theme' | 'scale' | 'paused' | 'reducedMotion' | 'wall' | 't' | 'onTarget'
> {
  readonly scene: Scene;
  /** All destinations are wanted, not only those that fit. */
  readonly onAll: () => void;
}

interface Layers {
  readonly canvas: RefObject<HTMLCanvasElement>;
  readonly motion: RefObject<HTMLDivElement>;
  readonly drawn: RefObject<FlowCanvas>;
}

/** Draws the scene on its layers whenever it is another, or looked at in another way. */
function useLayers(props: FlowPictureProps, hovered: string | null, focused: string | null): Layers {
  const { scene, theme, scale, paused, reducedMotion } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const motion = useRef<HTMLDivElement>(null);
  const drawn = useRef<FlowCanvas | null>(null);
  const rings = useRef<Rings | null>(null);
  const still = paused || reducedMotion;
  useEffect(() => {
    if (!canvas.current) return undefined;
    const made = new FlowCanvas(canvas.current);
    drawn.current = made;
    if (motion.current) rings.current = new Rings(motion.current);
    const end = offerPicture(() => made.snapshot());
    return () => {
      end();
      made.close();
    };
  }, []);
  useEffect(() => {
    drawn.current?.show({ scene, theme, scale, still, hovered, focused });
    rings.current?.follow(scene.nodes, still);
  }, [scene, theme, scale, still, hovered, focused]);
  return { canvas, motion, drawn };
}

interface Pointer {
  readonly at: (event: MouseEvent, reach: number) => SceneNode | SceneLink | null;
  readonly pick: (node: SceneNode | null) => void;
  readonly click: (event: MouseEvent) => void;
}

function usePointer({ canvas, drawn }: Layers, { onTarget, onAll }: FlowPictureProps): Pointer {
  const at: Pointer['at'] = (event, reach) => {
    const box = canvas.current?.getBoundingClientRect();
    return box ? (drawn.current?.at(event.clientX - box.left, event.clientY - box.top, reach)?.scene ?? null) : null;
  };
  const pick: Pointer['pick'] = (node) => {
    if (node?.target) onTarget(node.picked ? null : node.target);
    else if (node) onAll();
  };
  const click = (event: MouseEvent): void => {
    const finger = matchMedia('(pointer: coarse)').matches;
    const found = at(event, finger ? REACH.finger : REACH.mouse);
    if (!found) onTarget(null);
    else if ('side' in found) pick(found);
    else onTarget(found.picked ? null : found.target);
  };
  return { at, pick, click };
}

/** What is read out, as it was when one came to it: its numbers are not said each time that they change. */
function useSaid(focus: SceneNode | null): string | null {
  const said = useRef<{ readonly key: string; readonly text: string } | null>(null);
  if (said.current?.key !== focus?.key)
    said.current = focus && { key: focus.key, text: `${focus.label}, ${focus.sub.join(', ')}` };
  return said.current?.text ?? null;
}

export function FlowPicture(props: FlowPictureProps) {
  const { scene, wall, t, onTarget } = props;
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const focus = scene.nodes.find((node) => node.key === focused) ?? null;
  const said = useSaid(focus);
  const layers = useLayers(props, hovered, focus?.key ?? null);
  const { at, pick, click } = usePointer(layers, props);
  // with the first picture, so that what stands below does not begin above it
  const style = { height: `${scene.height}px` };
  const press = (event: KeyboardEvent): void => {
    if (ARROWS.includes(event.key)) setFocused(step(scene, focused, event.key)?.key ?? null);
    else if (event.key === 'Enter' || event.key === ' ') pick(focus);
    else if (event.key === 'Escape') onTarget(null);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <canvas
        ref={layers.canvas}
        class={hovered === null ? 'picture' : 'picture pointing'}
        style={style}
        tabIndex={wall ? -1 : 0}
        role={wall ? 'img' : 'application'}
        aria-label={t('flows.picture', { n: scene.choice.total })}
        aria-describedby={wall ? undefined : 'flows-help'}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') setHovered(at(event, REACH.mouse)?.key ?? null);
        }}
        onPointerLeave={() => setHovered(null)}
        onClick={click}
        onKeyDown={press}
        onBlur={() => setFocused(null)}
      />
      <div ref={layers.motion} class="flows-motion" style={style} aria-hidden="true" />
      <p id="flows-help" hidden>
        {t('flows.keys')}
      </p>
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}
