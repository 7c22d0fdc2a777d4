// SPDX-License-Identifier: MIT
// The canvas: keeps it at its size, and draws only while something moves. Runs in a worker where there can be one, so that the page's
// own thread is free for who uses it; knows no page.

import { FrameRequest, SMOOTH_STEP, type Canvas2D } from '../../parts/picture/canvas';
import { draw, type Look } from './draw-flows';
import { Glide, type Drawing } from './glide';

export interface PictureState extends Pick<Look, 'theme' | 'scale' | 'font' | 'colours' | 'hovered' | 'focused'> {
  /** Null: that of the last state. */
  readonly drawing: Drawing | null;
  /** No gliding. */
  readonly still: boolean;
  /** Device pixels for a CSS pixel. */
  readonly ratio: number;
}

/** With more flows than these, each picture costs so much that half as many have to do. */
const MANY = 300;
const MANY_STEP = 65;
/** After a long time without a frame, as in a tab that was hidden, the picture does not leap further than this. */
const LONGEST_STEP = 100;
type Looks = Omit<PictureState, 'drawing' | 'still' | 'ratio'>;

export function lookOf(state: Looks, { margins, width, letters }: Drawing): Look {
  const { theme, scale, font, colours, hovered, focused } = state;
  return { theme, scale, margins, letters, width, font, colours, hovered, focused };
}

/** The picture as it is meant to be, to keep: nothing glides, and nothing is pointed at. */
export function drawStill(canvas: Canvas2D, drawing: Drawing, state: Looks): void {
  const glide = new Glide();
  glide.aim(drawing, true);
  draw(canvas, glide, drawing.height, lookOf({ ...state, hovered: null, focused: null }, drawing));
}

export class FlowPainter {
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  /** Asked for once: Firefox refuses it to whoever asks again in a worker. */
  readonly #context: Canvas2D | null;
  readonly #glide = new Glide();
  #state: PictureState | null = null;
  #drawing: Drawing | null = null;
  readonly #request = new FrameRequest((time) => this.#frame(time));
  #drawnAt = 0;

  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as Canvas2D | null;
  }

  show(state: PictureState): void {
    this.#state = state;
    if (state.drawing) {
      this.#drawing = state.drawing;
      this.#glide.aim(state.drawing, state.still);
    }
    this.#request.ask();
  }

  close(): void {
    this.#request.cancel();
    this.#state = null;
  }

  #frame(time: number): void {
    const state = this.#state;
    const drawing = this.#drawing;
    const context = this.#context;
    if (!state || !drawing || !context) return;
    const step = drawing.links.length > MANY ? MANY_STEP : SMOOTH_STEP;
    const passed = Math.min(LONGEST_STEP, this.#drawnAt === 0 ? step : time - this.#drawnAt);
    if (passed < step) {
      this.#request.ask();
      return;
    }
    const moving = this.#glide.step(state.still ? Infinity : passed);
    const width = Math.round(drawing.width * state.ratio);
    const height = Math.round(drawing.height * state.ratio);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    context.setTransform(state.ratio, 0, 0, state.ratio, 0, 0);
    context.clearRect(0, 0, drawing.width, drawing.height);
    draw(context, this.#glide, drawing.height, lookOf(state, drawing));
    this.#drawnAt = moving ? time : 0;
    if (moving) this.#request.ask();
  }
}
