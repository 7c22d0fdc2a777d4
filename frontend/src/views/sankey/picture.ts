// SPDX-License-Identifier: MIT
// The canvas: keeps it at its size, draws only while something moves, and says what is under the pointer.

import type { Theme } from '../types';
import { draw, hit, type Hit, type Look } from './draw';
import { Glide } from './glide';
import type { Scene } from './scene';

export interface PictureState {
  readonly scene: Scene;
  readonly theme: Theme;
  readonly scale: number;
  readonly still: boolean;
  readonly hovered: string | null;
  readonly focused: string | null;
}

/** Thirty pictures a second are smooth enough for what glides this slowly. Milliseconds, a little less than two frames. */
const SHORTEST_STEP = 30;
/** After a long time without a frame, as in a tab that was hidden, the picture does not leap further than this. */
const LONGEST_STEP = 100;

export class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #glide = new Glide();
  #state: PictureState | null = null;
  #request = 0;
  #drawnAt = 0;
  #theme: Theme | null = null;
  #colours: Look['colours'] = { text: '', muted: '', ground: '', accent: '', tracker: '' };
  #font = 'sans-serif';

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  show(state: PictureState): void {
    const before = this.#state;
    this.#state = state;
    if (before?.scene !== state.scene) this.#glide.aim(state.scene, state.still);
    if (state.theme !== this.#theme) this.#readStyle(state.theme);
    this.#ask();
  }

  close(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#state = null;
  }

  /** What is at the point, in CSS pixels of the canvas. */
  at(x: number, y: number, reach: number): Hit | null {
    const context = this.#canvas.getContext('2d');
    if (!context || !this.#state) return null;
    return hit(context, this.#glide, this.#look(this.#state), x, y, reach);
  }

  #readStyle(theme: Theme): void {
    const style = getComputedStyle(this.#canvas);
    this.#theme = theme;
    this.#font = style.fontFamily;
    this.#colours = {
      text: style.getPropertyValue('--text').trim(),
      muted: style.getPropertyValue('--muted').trim(),
      ground: style.getPropertyValue('--surface').trim(),
      accent: style.getPropertyValue('--accent').trim(),
      tracker: style.getPropertyValue('--tracker').trim(),
    };
  }

  #look(state: PictureState): Look {
    return {
      theme: state.theme,
      scale: state.scale,
      margins: state.scene.margins,
      width: state.scene.width,
      font: this.#font,
      colours: this.#colours,
      hovered: state.hovered,
      focused: state.focused,
    };
  }

  #ask(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame((time) => this.#frame(time));
  }

  #frame(time: number): void {
    this.#request = 0;
    const state = this.#state;
    const context = this.#canvas.getContext('2d');
    if (!state || !context) return;
    const passed = Math.min(LONGEST_STEP, this.#drawnAt === 0 ? SHORTEST_STEP : time - this.#drawnAt);
    if (passed < SHORTEST_STEP) {
      this.#ask();
      return;
    }
    const moving = this.#glide.step(state.still ? Infinity : passed);
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.round(state.scene.width * ratio);
    const height = Math.round(state.scene.height * ratio);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, state.scene.width, state.scene.height);
    draw(context, this.#glide, state.scene.height, this.#look(state));
    this.#drawnAt = moving ? time : 0;
    if (moving) this.#ask();
  }
}
