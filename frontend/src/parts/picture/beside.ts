// SPDX-License-Identifier: MIT
// Drawing in a worker, beside the page's own thread. Where that fails, all pictures are drawn in the page from then on: what is
// mounted anew with useDrawnHere() as its key gets a canvas that no worker has taken.

import { useEffect, useState } from 'preact/hooks';

let failed = false;
const listeners = new Set<() => void>();

/** False where the browser cannot, or where it went wrong once. */
export function canDrawBeside({ transferControlToOffscreen }: HTMLCanvasElement): boolean {
  return (
    !failed &&
    typeof transferControlToOffscreen === 'function' &&
    typeof OffscreenCanvasRenderingContext2D === 'function'
  );
}

export interface Beside<To> {
  readonly tell: (message: To, hand?: Transferable[]) => void;
  readonly close: () => void;
}

/** The part of a Worker that is used. */
export interface DrawingWorker<To> {
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  postMessage(message: To, hand: Transferable[]): void;
  terminate(): void;
}

function giveUp(reason: string): void {
  if (failed) return;
  failed = true;
  console.error('Drawing in a worker has failed, so the page draws by itself:', reason);
  for (const listener of listeners) listener();
}

/** A canvas can be handed over once, so each picture has a worker of its own. Null where it cannot be started. */
export function drawBeside<To>(start: () => DrawingWorker<To>): Beside<To> | null {
  let worker: DrawingWorker<To>;
  try {
    worker = start();
  } catch (error) {
    giveUp(String(error));
    return null;
  }
  const fail = (reason: string): void => {
    worker.terminate();
    giveUp(reason);
  };
  worker.onerror = (event) => {
    // it is dealt with here
    event.preventDefault();
    // the event of a script that could not be fetched has no message
    fail(event.message || 'its script could not be loaded');
  };
  worker.onmessageerror = () => fail('a message could not be read');
  return { tell: (message, hand = []) => worker.postMessage(message, hand), close: () => worker.terminate() };
}

/** What a picture has as its key: another one when a worker has failed. */
export function useDrawnHere(): string {
  const [here, setHere] = useState(failed);
  useEffect(() => {
    const listener = (): void => setHere(true);
    listeners.add(listener);
    if (failed) setHere(true);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return here ? 'here' : 'beside';
}
