// SPDX-License-Identifier: MIT
// The canvases of the map that move: in front, spots, lines and words; below them the pulses. Knows no page.

import { FrameRequest, SMOOTH_STEP, type Canvas2D } from '../../parts/picture/canvas';
import { draw, type Drawing, type Look } from './draw-map';
import { drawComets, momentOf, type Comet, type MotionLook } from './motion';

/** The size of a canvas in the device's own pixels, and how many of them a CSS pixel has. */
export interface LayerSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** A canvas with its context, which is asked for once: Firefox refuses it to whoever asks again in a worker. */
export interface Layer {
  readonly canvas: Canvas;
  readonly context: Canvas2D | null;
}

export function layerOf(canvas: Canvas): Layer {
  return { canvas, context: canvas.getContext('2d') as Canvas2D | null };
}

/** The layer, empty, at that size, in CSS pixels. */
export function openLayer({ canvas, context }: Layer, { width, height, ratio }: LayerSize): Canvas2D | null {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  } else {
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, width, height);
  }
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

export interface Front {
  readonly drawing: Drawing;
  readonly size: LayerSize;
  readonly look: Look;
  readonly motion: MotionLook;
}

/** A pulse that is due so many milliseconds from now. */
export type Due = Omit<Comet, 'begins'> & { readonly delay: number };

export class FrontLayers {
  readonly #front: Layer;
  readonly #motion: Layer;
  #comets: Comet[] = [];
  #shown: Front | null = null;
  readonly #request = new FrameRequest(() => this.#frame());
  #drawnAt = 0;

  constructor(front: Canvas, motion: Canvas) {
    this.#front = layerOf(front);
    this.#motion = layerOf(motion);
  }

  show(front: Front): void {
    this.#shown = front;
    const context = openLayer(this.#front, front.size);
    if (context) draw(context, front.drawing, front.look);
  }

  pulse(due: readonly Due[]): void {
    const now = performance.now();
    for (const { delay, ...rest } of due) this.#comets.push({ ...rest, begins: now + delay });
    this.#request.ask();
  }

  /** Ends all pulses at once: the map has moved beneath them, or nothing is to move. */
  clear(): void {
    if (this.#comets.length === 0) return;
    this.#comets = [];
    this.#request.ask();
  }

  close(): void {
    this.#request.cancel();
    this.#shown = null;
    this.#comets = [];
  }

  #frame(): void {
    if (!this.#shown) return;
    const now = performance.now();
    if (now - this.#drawnAt < SMOOTH_STEP) {
      this.#request.ask();
      return;
    }
    this.#drawnAt = now;
    const { size, motion } = this.#shown;
    const context = openLayer(this.#motion, size);
    this.#comets = this.#comets.filter((comet) => !momentOf(comet, now, motion.scale).over);
    if (context && drawComets(context, this.#comets, now, motion)) this.#request.ask();
  }
}
