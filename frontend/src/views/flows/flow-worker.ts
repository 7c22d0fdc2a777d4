// SPDX-License-Identifier: MIT
// Draws the flows beside the page's own thread.

import { FlowPainter, type PictureState } from './flow-painter';

export type ToFlowWorker =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  | { readonly kind: 'state'; readonly state: PictureState };

let picture: FlowPainter | null = null;

self.onmessage = (event: MessageEvent<ToFlowWorker>): void => {
  const message = event.data;
  if (message.kind === 'canvas') picture = new FlowPainter(message.canvas);
  else picture?.show(message.state);
};
