// SPDX-License-Identifier: MIT
// Draws what moves on the map beside the page's own thread.

import { FrontLayers, type Due, type Front } from './front-layers';

export type ToFront =
  | { readonly kind: 'canvases'; readonly front: OffscreenCanvas; readonly motion: OffscreenCanvas }
  | { readonly kind: 'front'; readonly front: Front }
  | { readonly kind: 'pulse'; readonly due: readonly Due[] }
  | { readonly kind: 'clear' };

let canvases: FrontLayers | null = null;

self.onmessage = (event: MessageEvent<ToFront>): void => {
  const message = event.data;
  if (message.kind === 'canvases') canvases = new FrontLayers(message.front, message.motion);
  else if (message.kind === 'front') canvases?.show(message.front);
  else if (message.kind === 'pulse') canvases?.pulse(message.due);
  else canvases?.clear();
};
