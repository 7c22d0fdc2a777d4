// SPDX-License-Identifier: MIT
// The canvas of the map: keeps the still part drawn, animates over it, and draws nothing while nothing moves.

import { fitText } from '../sankey/text';
import type { Theme } from '../types';
import type { Atlas } from './atlas';
import { drawBase, fillsKey, fillSteps, type BaseColours } from './base';
import { draw, labelFont, spotAt, type Look } from './draw';
import { Pulses } from './pulses';
import type { Scene, SceneSpot, Texts } from './scene';

export interface PainterState {
  readonly scene: Scene;
  readonly atlas: Atlas | null;
  readonly theme: Theme;
  readonly still: boolean;
  readonly hovered: number | null;
  readonly focused: number | null;
}

/** Milliseconds between two pictures of the animation: pulses need no more, and a phone stays cool. */
const PACE = 32;
/** How fast the drawn heat follows, per second. */
const GLIDE = 4;

type Colours = Omit<Look, 'theme' | 'font' | 'hovered' | 'focused'> & BaseColours;

function readColours(style: CSSStyleDeclaration): Colours {
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: value('--text'),
    muted: value('--muted'),
    surface: value('--surface'),
    accent: value('--accent'),
    accentText: value('--accent-text'),
    line: value('--line'),
    sea: value('--map-sea'),
    land: value('--map-land'),
    border: value('--map-border'),
    grid: value('--map-grid'),
    fill: value('--map-fill'),
  };
}

export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #base = document.createElement('canvas');
  readonly #pulses = new Pulses();
  readonly #heat = new Map<number, number>();
  #state: PainterState | null = null;
  #colours: Colours;
  #font: string;
  #theme: Theme | null = null;
  #baseKey = '';
  #request = 0;
  #drawnAt = 0;
  #due = true;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    const style = getComputedStyle(canvas);
    this.#colours = readColours(style);
    this.#font = style.fontFamily;
  }

  /** Measures and cuts words as they will be drawn. */
  fit(scale: number): Texts['fit'] {
    const context = this.#base.getContext('2d');
    return (text, strong, room) => (context ? fitText(context, labelFont(strong, scale, this.#font), text, room) : { text: '', width: 0 });
  }

  show(state: PainterState): void {
    if (state.theme !== this.#theme) {
      this.#theme = state.theme;
      this.#colours = readColours(getComputedStyle(this.#canvas));
      this.#baseKey = '';
    }
    if (state.scene !== this.#state?.scene) this.#pulses.follow(state.scene.spots, performance.now(), state.still);
    this.#state = state;
    this.#due = true;
    this.#ask();
  }

  close(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#state = null;
  }

  at(x: number, y: number, reach: number): SceneSpot | null {
    return this.#state ? spotAt(this.#state.scene, x, y, reach) : null;
  }

  #ask(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame((time) => this.#frame(time));
  }

  #frame(time: number): void {
    this.#request = 0;
    const state = this.#state;
    if (!state) return;
    if (!this.#due && time - this.#drawnAt < PACE) {
      this.#ask();
      return;
    }
    const passed = Math.min(200, time - this.#drawnAt);
    this.#due = false;
    this.#drawnAt = time;
    const gliding = this.#glide(state, passed);
    this.#paint(state, time);
    if (gliding || this.#pulses.moving) this.#ask();
  }

  /** Moves the drawn heats towards the true ones; true while some are on their way. */
  #glide(state: PainterState, passed: number): boolean {
    const part = state.still ? 1 : 1 - Math.exp((-GLIDE * passed) / 1000);
    const keys = new Set<number>();
    let moving = false;
    for (const { key, heat } of state.scene.spots) {
      keys.add(key);
      const before = this.#heat.get(key) ?? heat;
      const next = Math.abs(heat - before) < 0.004 ? heat : before + (heat - before) * part;
      this.#heat.set(key, next);
      moving ||= next !== heat;
    }
    for (const key of this.#heat.keys()) if (!keys.has(key)) this.#heat.delete(key);
    return moving;
  }

  #paint(state: PainterState, time: number): void {
    const { scene } = state;
    const { width, height } = scene.frame;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const context = this.#canvas.getContext('2d');
    if (!context || width < 1 || height < 1) return;
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (this.#canvas.width !== pixels[0] || this.#canvas.height !== pixels[1]) {
      [this.#canvas.width, this.#canvas.height] = pixels;
    }
    this.#paintBase(state, pixels, ratio);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, pixels[0], pixels[1]);
    if (state.atlas) context.drawImage(this.#base, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const look: Look = { ...this.#colours, theme: state.theme, font: this.#font, hovered: state.hovered, focused: state.focused };
    draw(context, scene, look, { pulses: this.#pulses.at(time), heat: (spot) => this.#heat.get(spot.key) ?? spot.heat });
  }

  #paintBase({ scene, atlas, theme }: PainterState, pixels: readonly [number, number], ratio: number): void {
    const { frame, camera, scale } = scene;
    const steps = fillSteps(scene.marks);
    const key = [atlas?.detail, theme, ...pixels, camera.zoom, camera.x, camera.y, scale, fillsKey(steps)].join();
    const context = this.#base.getContext('2d');
    if (!atlas || !context || key === this.#baseKey) return;
    this.#baseKey = key;
    [this.#base.width, this.#base.height] = pixels;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawBase(context, { atlas, frame, camera, scale, steps, colours: this.#colours });
  }
}
