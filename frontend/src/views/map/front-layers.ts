// SPDX-License-Identifier: MIT
// The canvases of the map that move: in front, spots, lines and words; below them the pulses. Knows no page.

import { draw, type Canvas2D, type Drawing, type Look } from './draw-map';
import { drawComets, momentOf, type Comet, type MotionLook } from './motion';

/** The size of a canvas in the device's own pixels, and how many of them a CSS pixel has. */
export interface LayerSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** The canvas, empty, at that size, in CSS pixels. */
export function openLayer(canvas: Canvas, { width, height, ratio }: LayerSize): Canvas2D | null {
  const context = canvas.getContext('2d') as Canvas2D | null;
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

/** Thirty pictures a second are smooth enough for a pulse. Milliseconds, a little less than two frames. */
const SHORTEST_STEP = 30;
/** Where a worker has no frames of its own. Milliseconds. */
const FRAME = 33;

const inFrames = typeof requestAnimationFrame === 'function';

export class FrontLayers {
  readonly #front: Canvas;
  readonly #motion: Canvas;
  #comets: Comet[] = [];
  #shown: Front | null = null;
  #asked = false;
  #drawnAt = 0;

  constructor(front: Canvas, motion: Canvas) {
    this.#front = front;
    this.#motion = motion;
  }

  show(front: Front): void {
    this.#shown = front;
    const context = openLayer(this.#front, front.size);
    if (context) draw(context, front.drawing, front.look);
  }

  pulse(due: readonly Due[]): void {
    const now = performance.now();
    for (const { delay, ...rest } of due) this.#comets.push({ ...rest, begins: now + delay });
    this.#ask();
  }

  /** Ends all pulses at once: the map has moved beneath them, or nothing is to move. */
  clear(): void {
    if (this.#comets.length === 0) return;
    this.#comets = [];
    this.#ask();
  }

  close(): void {
    this.#shown = null;
    this.#comets = [];
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    if (inFrames) requestAnimationFrame(() => this.#frame());
    else setTimeout(() => this.#frame(), FRAME);
  }

  #frame(): void {
    this.#asked = false;
    if (!this.#shown) return;
    const now = performance.now();
    if (now - this.#drawnAt < SHORTEST_STEP) {
      this.#ask();
      return;
    }
    this.#drawnAt = now;
    const { size, motion } = this.#shown;
    const context = openLayer(this.#motion, size);
    this.#comets = this.#comets.filter((comet) => !momentOf(comet, now, motion.scale).over);
    if (context && drawComets(context, this.#comets, now, motion)) this.#ask();
  }
}
