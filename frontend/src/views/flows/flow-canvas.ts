// SPDX-License-Identifier: MIT
// The page's end of the picture: has it drawn, in a worker where there can be one, and says what is under the pointer.

import { drawableRatio } from '../../parts/picture/canvas';
import { canDrawBeside, drawBeside } from '../../parts/picture/beside';
import type { Snapshot } from '../../parts/picture/snapshot';
import { readStyle, type DrawnStyle } from '../../parts/read-style';
import type { Theme } from '../../parts/screen';
import { hit, type Hit } from './draw-flows';
import { Glide, type Drawing } from './glide';
import { drawStill, lookOf, FlowPainter, type PictureState } from './flow-painter';
import type { ToFlowWorker } from './flow-worker';
import FlowWorker from './flow-worker?worker';
import type { Scene } from './flow-scene';

export interface FlowCanvasState extends Pick<PictureState, 'theme' | 'scale' | 'still' | 'hovered' | 'focused'> {
  readonly scene: Scene;
}

/** Sharp on paper too. */
const SNAPSHOT_RATIO = 2;

interface Drawer {
  readonly show: (state: PictureState) => void;
  readonly close: () => void;
}

function drawerFor(canvas: HTMLCanvasElement): Drawer {
  const beside = canDrawBeside(canvas) ? drawBeside<ToFlowWorker>(() => new FlowWorker()) : null;
  if (!beside) {
    const picture = new FlowPainter(canvas);
    return { show: (state) => picture.show(state), close: () => picture.close() };
  }
  const { tell, close } = beside;
  const offscreen = canvas.transferControlToOffscreen();
  tell({ kind: 'canvas', canvas: offscreen }, [offscreen]);
  return { show: (state) => tell({ kind: 'state', state }), close };
}

/** What a drawer needs of it. */
function drawingOf({ nodes, links, width, height, margins, letters }: Scene): Drawing {
  return { nodes, links, width, height, margins, letters };
}

export class FlowCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #drawer: Drawer;
  /** For points alone: a canvas that is drawn elsewhere cannot be asked. */
  readonly #points = document.createElement('canvas').getContext('2d');
  #scene: Scene | null = null;
  #state: PictureState | null = null;
  #style: { readonly theme: Theme; readonly read: DrawnStyle } | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#drawer = drawerFor(canvas);
  }

  show({ scene, ...state }: FlowCanvasState): void {
    if (this.#style?.theme !== state.theme) this.#style = { theme: state.theme, read: readStyle(this.#canvas) };
    const drawing = this.#scene === scene ? null : drawingOf(scene);
    this.#scene = scene;
    const ratio = drawableRatio(scene.width, scene.height, Math.min(2, window.devicePixelRatio || 1));
    this.#state = { ...state, ...this.#style.read, ratio, drawing };
    this.#drawer.show(this.#state);
  }

  close(): void {
    this.#drawer.close();
    this.#state = null;
  }

  /** The picture as it is meant to be, on a canvas of its own; null before there is one. */
  snapshot(): Snapshot | null {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context || !this.#state || !this.#scene) return null;
    const { width, height } = this.#scene;
    const ratio = drawableRatio(width, height, SNAPSHOT_RATIO);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    const { font, colours } = this.#state;
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, width, height);
    drawStill(context, this.#scene, this.#state);
    return { canvas, ratio, font, ground: colours.ground, text: colours.text, muted: colours.muted };
  }

  /** What is at the point, in CSS pixels of the canvas. */
  at(x: number, y: number, reach: number): Hit | null {
    if (!this.#points || !this.#state || !this.#scene) return null;
    const glide = new Glide();
    glide.aim(this.#scene, true);
    return hit(this.#points, glide, lookOf(this.#state, this.#scene), x, y, reach);
  }
}
