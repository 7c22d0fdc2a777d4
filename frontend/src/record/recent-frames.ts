// SPDX-License-Identifier: MIT
// Keeps the frames of the last minutes as they came, within bounds: whole segments go, and each begins with a keyframe.

import type { Header } from '../feed/header';
import { KEEP_BYTES, KEEP_MS, SEGMENT_BYTES, SEGMENT_MS } from './recording-limits';

interface Segment {
  readonly frames: Uint8Array[];
  bytes: number;
  /** When its first and last frame came. */
  readonly from: number;
  to: number;
}

export interface Kept {
  readonly bytes: number;
  /** Milliseconds. */
  readonly span: number;
}

export class RecentFrames {
  readonly #segments: Segment[] = [];

  /** now: milliseconds, on any clock that only goes forward. */
  add(frame: Uint8Array, kind: Header['kind'], now: number): void {
    if (kind === 'keyframe') this.#segments.push({ frames: [], bytes: 0, from: now, to: now });
    const segment = this.#segments.at(-1);
    if (!segment) return;
    segment.frames.push(frame);
    segment.bytes += frame.length;
    segment.to = now;
    this.#forget(now);
  }

  /** The frames that follow do not go on from the last: they count from the next keyframe. */
  wantsKeyframe(now: number): boolean {
    const segment = this.#segments.at(-1);
    return (
      segment !== undefined &&
      (now - segment.from >= SEGMENT_MS || segment.bytes - (segment.frames[0]?.length ?? 0) >= SEGMENT_BYTES)
    );
  }

  /** Lets all go, as when another site is followed. */
  clear(): void {
    this.#segments.length = 0;
  }

  get kept(): Kept {
    const first = this.#segments[0];
    const last = this.#segments.at(-1);
    return { bytes: this.#bytes(), span: first && last ? last.to - first.from : 0 };
  }

  frames(): Uint8Array[] {
    return this.#segments.flatMap((segment) => segment.frames);
  }

  #bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  #forget(now: number): void {
    while (this.#segments.length > 1 && (this.#bytes() > KEEP_BYTES || now - (this.#segments[0]?.to ?? now) > KEEP_MS))
      this.#segments.shift();
  }
}
