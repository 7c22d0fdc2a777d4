// SPDX-License-Identifier: MIT
// Text that fits: names come from outside and may be of any length and script.

import { ellipsis, lettersOf, printable } from './characters';

export interface Fitted {
  readonly text: string;
  readonly width: number;
}

/** The part of a canvas that measures. */
type Measure = Pick<CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, 'font' | 'measureText'>;

const CACHE_MAX = 2000;
const cache = new Map<string, Fitted>();

/** Measures and, where needed, cuts the text at its end. Remembers, since measuring is expensive. */
export function fitText(canvas: Measure, font: string, text: string, room: number): Fitted {
  const key = `${font}|${Math.round(room)}|${text}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= CACHE_MAX) cache.clear();
  canvas.font = font;
  const fitted = cut(canvas, printable(text), room);
  cache.set(key, fitted);
  return fitted;
}

/** As many of the parts, from the first on, as fit beside each other, and each whole: half a number says another one. */
export function fitParts(canvas: Measure, font: string, parts: readonly string[], room: number): Fitted {
  for (let count = parts.length; count > 0; count -= 1) {
    const fitted = fitText(canvas, font, parts.slice(0, count).join(' · '), Infinity);
    if (fitted.width <= room) return fitted;
  }
  return { text: '', width: 0 };
}

function cut(canvas: Pick<Measure, 'measureText'>, text: string, room: number): Fitted {
  const whole = canvas.measureText(text).width;
  if (whole <= room) return { text, width: whole };
  const letters = lettersOf(text);
  const end = ellipsis(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (canvas.measureText(`${letters.slice(0, middle).join('')}${end}`).width <= room) low = middle;
    else high = middle - 1;
  }
  const shorter = low === 0 ? '' : `${letters.slice(0, low).join('').trimEnd()}${end}`;
  return { text: shorter, width: shorter === '' ? 0 : canvas.measureText(shorter).width };
}
