// SPDX-License-Identifier: MIT
// What drawing on canvases has in common, on the page's own thread or in a worker. Knows no page.

/** Of the page, or of a worker. */
export type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Browsers draw no canvas that is larger: iOS of its area, others of a side. Device pixels. */
const AREA_MAX = 16_000_000;
const SIDE_MAX = 16_384;

/** Device pixels for a CSS pixel of a canvas so large in CSS pixels: as many as are wanted, where that can be drawn. */
export function drawableRatio(width: number, height: number, wanted: number): number {
  return Math.min(wanted, SIDE_MAX / Math.max(width, height), Math.sqrt(AREA_MAX / (width * height)));
}

export interface DiamondLook {
  /** From its middle to a corner. */
  readonly reach: number;
  readonly fill: string;
  readonly stroke: string;
  readonly lineWidth: number;
}

/** The sign for what advertises or measures people. */
export function drawDiamond(
  canvas: Canvas2D,
  x: number,
  y: number,
  { reach, fill, stroke, lineWidth }: DiamondLook,
): void {
  canvas.beginPath();
  canvas.moveTo(x, y - reach);
  canvas.lineTo(x + reach, y);
  canvas.lineTo(x, y + reach);
  canvas.lineTo(x - reach, y);
  canvas.closePath();
  canvas.strokeStyle = stroke;
  canvas.fillStyle = fill;
  canvas.lineWidth = lineWidth;
  canvas.fill();
  canvas.stroke();
}

/** Thirty pictures a second are smooth enough for what moves this slowly. Milliseconds, a little less than two frames. */
export const SMOOTH_STEP = 30;
/** Where a worker has no frames of its own. Milliseconds. */
const FRAME = 33;

/** Asks for the next frame, once however often it is asked; whoever still moves asks again. */
export class FrameRequest {
  readonly #run: (time: number) => void;
  #handle = 0;

  constructor(run: (time: number) => void) {
    this.#run = run;
  }

  ask(): void {
    if (this.#handle !== 0) return;
    const run = (time: number): void => {
      this.#handle = 0;
      this.#run(time);
    };
    this.#handle =
      typeof requestAnimationFrame === 'function'
        ? requestAnimationFrame(run)
        : Number(setTimeout(() => run(performance.now()), FRAME));
  }

  cancel(): void {
    if (typeof requestAnimationFrame === 'function') cancelAnimationFrame(this.#handle);
    else clearTimeout(this.#handle);
    this.#handle = 0;
  }
}
