// SPDX-License-Identifier: MIT
// The state of one topic as its frames tell it: epochs, sequence, gaps. Frames go in, in order; tables come out.

import { compareEpochs, decodeHeader, type Epoch, type Header } from './header';
import { inflate } from './inflate';
import { decodePayload } from './payload';
import { applyDelta, readKeyframe, type Table } from './table';

/**
 * applied: the state is now that of the frame. skipped: nothing new, or nothing that can be used yet. dropped: cut off on
 * its way or no frame at all. lost: a gap or a frame that cannot be applied: ask for a keyframe by a new `watch`.
 * newer: from a collector that speaks a later version.
 */
export type Outcome = 'applied' | 'skipped' | 'dropped' | 'lost' | 'newer';

let keyframes = 0;

/** Whether the ids of one mean the same as those of the other. */
export const inStep = (one: Reader, other: Reader): boolean =>
  one.epoch !== null && other.epoch !== null && compareEpochs(one.epoch, other.epoch) === 0;

export class Reader {
  readonly site: string;
  readonly topic: string;
  tables: readonly Table[] = [];
  epoch: Epoch | null = null;
  sequence = 0;
  /** Milliseconds since the epoch's start: the time of the last frame. */
  time = 0;
  /** Another number for each keyframe taken: who follows the tables starts afresh when it has moved. */
  generation = 0;
  /** What was wrong with the last frame that could not be used. */
  fault = '';

  #whole = false;
  readonly #oldest: number | undefined;

  /** oldest: the lowest version of frames that is taken. */
  constructor(site: string, topic: string, oldest?: number) {
    this.site = site;
    this.topic = topic;
    this.#oldest = oldest;
  }

  /** True while the tables are the state at `sequence`. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Forget where we are, as after a new connection: the next keyframe counts, whatever its epoch. The tables stay. */
  forget(): void {
    this.#whole = false;
    this.epoch = null;
  }

  /** Takes one message. Wait for the outcome before the next: frames must stay in order. */
  async accept(frame: Uint8Array): Promise<Outcome> {
    const header = decodeHeader(frame, this.#oldest);
    if (header === 'newer') return 'newer';
    if (typeof header === 'string') return this.#drop(header === 'cut' ? 'the frame was cut off' : 'this is no frame');
    if (header.site !== this.site || header.topic !== this.topic) return this.#drop('the frame is for somebody else');
    const due = this.#due(header);
    if (due !== 'applied') return due;
    try {
      await this.#apply(header, frame.subarray(header.payload));
    } catch (error) {
      this.#whole = false;
      this.fault = error instanceof Error ? error.message : String(error);
      return 'lost';
    }
    this.epoch = header.epoch;
    this.sequence = header.sequence;
    this.time = header.time;
    this.#whole = true;
    return 'applied';
  }

  #drop(why: string): Outcome {
    this.fault = why;
    return 'dropped';
  }

  #due(header: Header): Outcome {
    const age = this.epoch ? compareEpochs(header.epoch, this.epoch) : 1;
    if (header.kind === 'keyframe') {
      // which of two collectors counts, the broadcaster has decided: an older epoch comes when a clock was set back
      return age === 0 && this.#whole && header.sequence <= this.sequence ? 'skipped' : 'applied';
    }
    if (age < 0) return 'skipped';
    if (this.#whole && age === 0) {
      if (header.sequence <= this.sequence) return 'skipped';
      if (header.sequence === this.sequence + 1) return 'applied';
      this.fault = `a gap: ${header.sequence} came after ${this.sequence}`;
    } else {
      this.fault = 'a delta came where a keyframe is needed';
    }
    this.#whole = false;
    return 'lost';
  }

  async #apply(header: Header, sent: Uint8Array): Promise<void> {
    const bytes = header.deflated ? await inflate(sent, header.inflatedLength) : sent;
    const payload = decodePayload(bytes);
    if (header.kind === 'keyframe') {
      this.tables = readKeyframe(payload);
      this.generation = keyframes += 1;
    } else {
      applyDelta(this.tables, payload, header.time);
    }
  }
}
