// SPDX-License-Identifier: MIT
// The picture of the view that is open, for who wants to keep it: a view offers it while it shows one.

export interface Snapshot {
  readonly canvas: HTMLCanvasElement;
  /** Device pixels for a CSS pixel. */
  readonly ratio: number;
  readonly font: string;
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
}

type Make = () => Snapshot | null;

let offered: Make | null = null;

/** To be called while the picture is shown; the function given back ends it. */
export function offerPicture(make: Make): () => void {
  offered = make;
  return () => {
    if (offered === make) offered = null;
  };
}

/** Null when no view shows a picture. */
export function takePicture(): Snapshot | null {
  return offered?.() ?? null;
}
