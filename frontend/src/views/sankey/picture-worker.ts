// SPDX-License-Identifier: MIT
// Draws the flows beside the page's own thread.

import { Picture, type PictureState } from './picture';

export type ToPicture = { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas } | { readonly kind: 'state'; readonly state: PictureState };

let picture: Picture | null = null;

self.onmessage = (event: MessageEvent<ToPicture>): void => {
  const message = event.data;
  if (message.kind === 'canvas') picture = new Picture(message.canvas);
  else picture?.show(message.state);
};
