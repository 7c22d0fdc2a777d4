// SPDX-License-Identifier: MIT
// Has what moves on the map drawn, in a worker where there can be one.

import FrontWorker from './front-worker?worker';
import type { ToFront } from './front-worker';
import { Sheets } from './sheet';

export type FrontDrawer = Pick<Sheets, 'show' | 'pulse' | 'clear' | 'close'>;

/** A canvas can be handed over once, so each pair has a worker of its own. */
export function frontFor(front: HTMLCanvasElement, motion: HTMLCanvasElement): FrontDrawer {
  if (typeof front.transferControlToOffscreen !== 'function' || typeof OffscreenCanvasRenderingContext2D !== 'function') return new Sheets(front, motion);
  const worker = new FrontWorker();
  const tell = (message: ToFront, hand: Transferable[] = []): void => worker.postMessage(message, hand);
  const [one, two] = [front.transferControlToOffscreen(), motion.transferControlToOffscreen()];
  tell({ kind: 'canvases', front: one, motion: two }, [one, two]);
  return {
    show: (shown) => tell({ kind: 'front', front: shown }),
    pulse: (due) => tell({ kind: 'pulse', due }),
    clear: () => tell({ kind: 'clear' }),
    close: () => worker.terminate(),
  };
}
