// SPDX-License-Identifier: MIT
// Plays a recording into a reader, as the feed would: forward by its own clock, or from any moment.

import { Reader } from '../feed/reader';
import { OLDEST, RECORDED, type Recording } from './recording';

export class Player {
  readonly recording: Recording;
  /** Of each topic. Others after each jump: what was known before has nothing to do with it. */
  readers: readonly Reader[];
  /** Milliseconds since the beginning. */
  position = 0;
  /** Counts jumps. */
  jumps = 0;
  /** Some frames could not be used: what they said is missing. */
  faulty = false;

  /** The first frame that has not been applied. */
  #next = 0;

  constructor(recording: Recording) {
    this.recording = recording;
    this.readers = this.#fresh();
  }

  get atEnd(): boolean {
    return this.#next >= this.recording.frames.length;
  }

  /** Applies what is due until a moment that is not before the last one. */
  async advance(to: number): Promise<void> {
    const { frames, length } = this.recording;
    this.position = Math.min(length, Math.max(this.position, to));
    for (let frame = frames[this.#next]; frame && frame.at <= this.position; frame = frames[this.#next]) {
      this.#next += 1;
      const reader = this.readers.find(({ topic }) => topic === frame.header.topic);
      const outcome = await reader?.accept(frame.bytes);
      if (outcome === 'lost' || outcome === 'dropped') this.faulty = true;
    }
  }

  /** Jumps to a moment: from the last keyframe before it on. */
  async seek(to: number): Promise<void> {
    const { frames, length } = this.recording;
    this.position = Math.min(length, Math.max(0, to));
    let from = 0;
    for (let i = 0; i < frames.length; i += 1) {
      const frame = frames[i];
      if (!frame || frame.at > this.position) break;
      if (frame.header.kind === 'keyframe' && frame.header.topic === RECORDED[0]) from = i;
    }
    this.readers = this.#fresh();
    this.jumps += 1;
    this.#next = from;
    await this.advance(this.position);
  }

  #fresh(): readonly Reader[] {
    return RECORDED.map((topic) => new Reader(this.recording.site, topic, OLDEST));
  }
}
