// SPDX-License-Identifier: MIT
// The canvases of the map, one on the other: the still map, drawn when the look or the zoom changes; spots, lines and words, drawn
// with each new scene; and pulses. While nothing changes, nothing is drawn.

import LayersWorker from './layers-worker?worker';
import type { ToFront } from './layers-worker';
import { FrontLayers, layerOf, openLayer, type Layer, type LayerSize } from './front-layers';
import { canDrawBeside, drawBeside } from '../../parts/picture/beside';
import type { Way } from '../../parts/directions';
import { fitText } from '../../parts/fit-text';
import type { Theme } from '../../parts/screen';
import { shortened } from './arc';
import { drawBase, type BaseColours } from './base-layer';
import type { Snapshot } from '../../parts/picture/snapshot';
import { draw, drawingOf, labelFont, type Look } from './draw-map';
import type { Canvas2D } from '../../parts/picture/canvas';
import type { MotionLook } from './motion';
import type { Outlines } from './outlines';
import { Pulses, pulsesInward } from './pulses';
import type { Scene, Texts } from './map-scene';
import { spotRadius } from './marks';

export interface MapPicture {
  readonly scene: Scene;
  readonly outlines: Outlines | null;
  readonly steps: ReadonlyMap<string, number>;
  readonly theme: Theme;
  readonly way: Way;
  /** No pulses. */
  readonly still: boolean;
  readonly hovered: number | null;
  readonly focused: number | null;
}

export interface Canvases {
  readonly base: HTMLCanvasElement;
  readonly marks: HTMLCanvasElement;
  readonly motion: HTMLCanvasElement;
}

/** Device pixels of one canvas: a screen with more of them gets a little less than its full sharpness. */
const PIXELS_MAX = 9_000_000;
/** Sharp on paper too. */
const SNAPSHOT_RATIO = 2;

type Colours = Omit<Look, 'theme' | 'font' | 'hovered' | 'focused'> & BaseColours & Pick<MotionLook, 'hot' | 'spark'>;

function readColours(style: CSSStyleDeclaration): Colours {
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: value('--text'),
    muted: value('--muted'),
    surface: value('--surface'),
    accent: value('--accent'),
    accentText: value('--accent-text'),
    tracker: value('--tracker'),
    sea: value('--map-sea'),
    deep: value('--map-deep'),
    land: value('--map-land'),
    coast: value('--map-coast'),
    border: value('--map-border'),
    grid: value('--map-grid'),
    fill: value('--map-fill'),
    hot: value('--hot'),
    spark: value('--map-spark'),
  };
}

function layerSizeFor({ width, height }: Scene['frame']): LayerSize {
  const ratio = Math.min(window.devicePixelRatio || 1, 3, Math.sqrt(PIXELS_MAX / (width * height)));
  return { width: Math.round(width * ratio), height: Math.round(height * ratio), ratio };
}

function viewKey({ view, frame, scale }: Scene): string {
  return [view.factor, view.x, view.y, frame.width, frame.height, scale].join();
}

export class MapPainter {
  readonly #canvases: Canvases;
  readonly #baseLayer: Layer;
  readonly #pulses = new Pulses();
  readonly #font: string;
  readonly #front: FrontDrawer;
  /** Measures words: the canvas itself may be elsewhere. */
  readonly #measure: Canvas2D | null = document.createElement('canvas').getContext('2d');
  #state: MapPicture | null = null;
  #look: { readonly theme: Theme; readonly colours: Colours } | null = null;
  /** What the base was drawn from. */
  #base: Pick<MapPicture, 'outlines' | 'steps' | 'theme'> & { readonly view: string } = {
    outlines: null,
    steps: new Map(),
    theme: 'dark',
    view: '',
  };
  #request = 0;

  constructor(canvases: Canvases) {
    this.#canvases = canvases;
    this.#baseLayer = layerOf(canvases.base);
    this.#font = getComputedStyle(canvases.base).fontFamily;
    this.#front = frontFor(canvases.marks, canvases.motion);
  }

  /** Measures and cuts words as they will be drawn. */
  fit(scale: number): Texts['fit'] {
    const context = this.#measure;
    return (text, strong, room) =>
      context ? fitText(context, labelFont(strong, scale, this.#font), text, room) : { text: '', width: 0 };
  }

  show(state: MapPicture): void {
    const before = this.#state;
    this.#state = state;
    if (state.still || (before && viewKey(before.scene) !== viewKey(state.scene))) this.#front.clear();
    if (state.scene !== before?.scene) this.#pulse(state);
    if (this.#request === 0) this.#request = requestAnimationFrame(() => this.#paint());
  }

  close(): void {
    cancelAnimationFrame(this.#request);
    this.#front.close();
    this.#request = 0;
    this.#state = null;
  }

  #pulse({ scene, way, still }: MapPicture): void {
    const due = this.#pulses.follow(scene.spots, performance.now(), still);
    if (due.length === 0) return;
    const spots = new Map(scene.spots.map((spot) => [spot.key, spot]));
    this.#front.pulse(
      due.flatMap(({ key, delay }) => {
        const spot = spots.get(key);
        const inward = spot ? pulsesInward(spot, way) : null;
        if (!spot?.arc || inward === null) return [];
        const arc = shortened(spot.arc, spotRadius(spot.devices.size) * scene.scale);
        return [{ arc, spot: { x: spot.x, y: spot.y }, inward, delay }];
      }),
    );
  }

  /** The picture as it is now, on a canvas of its own; null before there is one. */
  snapshot(): Snapshot | null {
    const state = this.#state;
    const canvas = document.createElement('canvas');
    const front = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!state || !context || !state.outlines) return null;
    const { scene, outlines, steps, theme } = state;
    const { width, height } = scene.frame;
    const ratio = Math.min(SNAPSHOT_RATIO, Math.sqrt(PIXELS_MAX / (width * height)));
    const size = { width: Math.round(width * ratio), height: Math.round(height * ratio), ratio };
    const colours = this.#colours(theme);
    canvas.width = size.width;
    canvas.height = size.height;
    drawBase(context, { outlines, frame: scene.frame, view: scene.view, scale: scene.scale, ratio, steps, colours });
    const marks = openLayer(layerOf(front), size);
    if (marks) draw(marks, drawingOf(scene), this.#frontLook({ ...state, hovered: null, focused: null }, colours));
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(front, 0, 0);
    return { canvas, ratio, font: this.#font, ground: colours.surface, text: colours.text, muted: colours.muted };
  }

  #frontLook({ theme, hovered, focused }: MapPicture, colours: Colours): Look {
    const { text, muted, sea, surface, accent, accentText, tracker } = colours;
    return { theme, font: this.#font, text, muted, sea, surface, accent, accentText, tracker, hovered, focused };
  }

  /** The colours are those of the page's style canvases; read only when painting, for by then the page has taken on its theme. */
  #colours(theme: Theme): Colours {
    if (this.#look?.theme !== theme)
      this.#look = { theme, colours: readColours(getComputedStyle(this.#canvases.base)) };
    return this.#look.colours;
  }

  #paint(): void {
    this.#request = 0;
    const state = this.#state;
    if (!state || state.scene.frame.width < 1 || state.scene.frame.height < 1) return;
    const { scene, theme } = state;
    const size = layerSizeFor(scene.frame);
    const colours = this.#colours(theme);
    this.#paintBase(state, size, colours);
    const look = this.#frontLook(state, colours);
    const motion = { scale: scene.scale, hot: colours.hot, spark: colours.spark };
    this.#front.show({ drawing: drawingOf(scene), size, look, motion });
  }

  #paintBase({ scene, outlines, steps, theme }: MapPicture, size: LayerSize, colours: Colours): void {
    const before = this.#base;
    const view = `${viewKey(scene)},${size.ratio}`;
    if (
      !outlines ||
      (before.outlines === outlines && before.steps === steps && before.theme === theme && before.view === view)
    )
      return;
    this.#base = { outlines, steps, theme, view };
    const context = openLayer(this.#baseLayer, size);
    if (context)
      drawBase(context, {
        outlines,
        frame: scene.frame,
        view: scene.view,
        scale: scene.scale,
        ratio: size.ratio,
        steps,
        colours,
      });
  }
}

export type FrontDrawer = Pick<FrontLayers, 'show' | 'pulse' | 'clear' | 'close'>;

export function frontFor(front: HTMLCanvasElement, motion: HTMLCanvasElement): FrontDrawer {
  const beside = canDrawBeside(front) ? drawBeside<ToFront>(() => new LayersWorker()) : null;
  if (!beside) return new FrontLayers(front, motion);
  const { tell, close } = beside;
  const [one, two] = [front.transferControlToOffscreen(), motion.transferControlToOffscreen()];
  tell({ kind: 'canvases', front: one, motion: two }, [one, two]);
  return {
    show: (shown) => tell({ kind: 'front', front: shown }),
    pulse: (due) => tell({ kind: 'pulse', due }),
    clear: () => tell({ kind: 'clear' }),
    close,
  };
}
