// SPDX-License-Identifier: MIT
// A picture to keep: with what it shows, when, and where the data is from.

import { fitText } from '../fit-text';
import type { Snapshot } from './snapshot';

export interface Caption {
  readonly title: string;
  readonly time: string;
  /** Whose data it is made from; the licences ask for it. */
  readonly attribution: string;
}

/** CSS pixels. */
const EDGE = 16;
const HEAD = 44;
const FOOT = 34;

export interface Plan {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

export function planImage({
  canvas,
  ratio,
}: {
  readonly canvas: { readonly width: number; readonly height: number };
  readonly ratio: number;
}): Plan {
  return {
    width: canvas.width,
    height: Math.round(canvas.height + (HEAD + FOOT) * ratio),
    top: Math.round(HEAD * ratio),
  };
}

export function composeImage(snapshot: Snapshot, { title, time, attribution }: Caption): HTMLCanvasElement | null {
  const { canvas, ratio, font, ground, text, muted } = snapshot;
  const plan = planImage(snapshot);
  const image = document.createElement('canvas');
  image.width = plan.width;
  image.height = plan.height;
  const context = image.getContext('2d');
  if (!context) return null;
  context.fillStyle = ground;
  context.fillRect(0, 0, plan.width, plan.height);
  context.drawImage(canvas, 0, plan.top);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const width = plan.width / ratio;
  const room = width - 2 * EDGE;
  context.textBaseline = 'middle';
  const small = `400 12px ${font}`;
  const when = fitText(context, small, time, room * 0.5);
  const name = fitText(context, `650 17px ${font}`, title, room - when.width - EDGE);
  const credit = fitText(context, small, attribution, room);
  const write = (of: string, colour: string, line: string, x: number, y: number): void => {
    context.font = of;
    context.fillStyle = colour;
    context.fillText(line, x, y);
  };
  write(`650 17px ${font}`, text, name.text, EDGE, HEAD / 2);
  write(small, muted, when.text, width - EDGE - when.width, HEAD / 2);
  write(small, muted, credit.text, EDGE, plan.height / ratio - FOOT / 2);
  return image;
}

export function toPng(image: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((done) => image.toBlob(done, 'image/png'));
}
