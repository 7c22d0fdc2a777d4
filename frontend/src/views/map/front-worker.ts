// SPDX-License-Identifier: MIT
// Draws what moves on the map beside the page's own thread.

import { Sheets, type Due, type Front } from './sheet';

export type ToFront =
  | { readonly kind: 'canvases'; readonly front: OffscreenCanvas; readonly motion: OffscreenCanvas }
  | { readonly kind: 'front'; readonly front: Front }
  | { readonly kind: 'pulse'; readonly due: readonly Due[] }
  | { readonly kind: 'clear' };

let sheets: Sheets | null = null;

self.onmessage = (event: MessageEvent<ToFront>): void => {
  const message = event.data;
  if (message.kind === 'canvases') sheets = new Sheets(message.front, message.motion);
  else if (message.kind === 'front') sheets?.show(message.front);
  else if (message.kind === 'pulse') sheets?.pulse(message.due);
  else sheets?.clear();
};
