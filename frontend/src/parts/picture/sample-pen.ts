// SPDX-License-Identifier: MIT
// A canvas that draws nothing, for tests: it keeps what is written on it, the outlines below left out.

import type { Canvas2D } from './canvas';

/** An object of which anything can be asked. */
const nothing = (): unknown => new Proxy({}, { get: () => () => undefined });

class Paths {
  constructor() {
    return nothing() as Paths;
  }
}

/** What `paint` writes, in its order. Each letter is one pixel wide, so that all of it fits. */
export function writtenBy(paint: (pen: Canvas2D) => void): string[] {
  // a test has no paths either
  globalThis.Path2D ??= Paths as unknown as typeof Path2D;
  const written: string[] = [];
  const known: Readonly<Record<string, unknown>> = {
    fillText: (text: string) => written.push(text),
    measureText: (text: string) => ({ width: text.length }),
    createLinearGradient: nothing,
    createRadialGradient: nothing,
  };
  const pen = new Proxy({} as Canvas2D, {
    get: (_, name) => known[String(name)] ?? (() => undefined),
    set: () => true,
  });
  paint(pen);
  return written;
}
