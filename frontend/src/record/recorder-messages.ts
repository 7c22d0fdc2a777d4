// SPDX-License-Identifier: MIT
// What the page and the worker say to each other about recordings. Plain objects alone.

import type { Refusal } from './recording';
import type { Kept } from './recent-frames';

export interface Playback {
  /** Milliseconds since the recording's beginning, and its length. */
  readonly at: number;
  readonly length: number;
  /** Unix time of its beginning, in milliseconds. */
  readonly began: number;
  readonly speed: number;
  /** Some frames could not be used. */
  readonly faulty: boolean;
}

export type ToRecorder =
  /** Asks for the file of what was kept. */
  | { readonly kind: 'save'; readonly pseudonymised: boolean }
  | { readonly kind: 'load'; readonly file: ArrayBuffer }
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'seek'; readonly at: number }
  /** Back to the live feed. */
  | { readonly kind: 'unload' };

export type FromRecorder =
  | { readonly kind: 'saved'; readonly file: ArrayBuffer; readonly kept: Kept }
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** Null: the live feed is shown. */
  | { readonly kind: 'playback'; readonly playback: Playback | null };
