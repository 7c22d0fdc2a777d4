// SPDX-License-Identifier: MIT
// The worker's side of recordings: keeps what came, hands it out as a file, and plays a file instead of the live feed.

import type { Update } from '../feed/update';
import { Queue } from '../feed/queue';
import { Together } from '../feed/together';
import { inStep, type Reader } from '../feed/reader';
import { decodeRecording, encodeRecording, RECORDED } from './recording';
import { keyframePayload, makeFrame } from '../feed/write-frame';
import { RecentFrames } from './recent-frames';
import type { FromRecorder, ToRecorder } from './recorder-messages';
import { Player } from './player';
import { pseudonymise } from './pseudonymise';

/** For each topic. */
const fresh = (): readonly Together[] => RECORDED.map(() => new Together());

/** Between two looks at what is due. Milliseconds. */
const TICK = 200;
const SPEED_MAX = 64;

/** When a device was hidden or left out last; null: none ever was. */
function forgottenOf({ tables }: Reader): number | null {
  const site = tables.find(({ name }) => name === 'site');
  const at = site?.columns.indexOf('forgotten') ?? -1;
  const value = at < 0 ? null : [...(site?.rows.values() ?? [])].map((cells) => cells[at + 1] ?? null)[0];
  return typeof value === 'number' ? value : null;
}

export const isKeyframe = (frame: Uint8Array): boolean => frame[3] === 1;

/** A keyframe of what is known. */
function wholeOf({ site, topic, epoch, sequence, time, tables }: Reader): Uint8Array | null {
  return epoch && makeFrame({ kind: 'keyframe', sequence, time, site, topic, epoch }, keyframePayload(tables));
}

export class Recorder {
  readonly #post: (message: FromRecorder | Update) => void;
  /** The live feed is to be shown again. */
  readonly #live: () => void;
  readonly #recent = new RecentFrames();
  #overview: Reader | null = null;
  /** When a device was hidden or left out last, and the epoch; null: none ever was. */
  #forgotten: string | null = null;
  #forgottenAt = -1;
  /** The time of the keyframe that a reader's state comes from. */
  readonly #since = new WeakMap<Reader, number>();
  #player: Player | null = null;
  #outboxes = fresh();
  #timer: ReturnType<typeof setInterval> | undefined;
  #paused = false;
  #speed = 1;
  #tickedAt = 0;
  #loads = 0;
  /** One thing after the other: a jump waits for what is being applied. */
  readonly #queue = new Queue((error) => this.#fail(error));

  constructor(post: (message: FromRecorder | Update) => void, live: () => void) {
    this.#post = post;
    this.#live = live;
  }

  /** A recording is shown, and not the live feed. */
  get playing(): boolean {
    return this.#player !== null;
  }

  /** A frame that was applied to the reader just now. others: the topics that are recorded beside the overview. */
  keep(frame: Uint8Array, reader: Reader, others: readonly Reader[]): void {
    const now = performance.now();
    if (isKeyframe(frame)) this.#since.set(reader, reader.time);
    if (reader.topic !== RECORDED[0]) {
      if (this.#goesWithOverview(reader)) this.#recent.add(frame, 'delta', now);
      return;
    }
    const forgets = this.#forgets(reader);
    // somebody does not want to be seen any more: what was kept may tell of them
    if (forgets) this.#recent.clear();
    const own = forgets || this.#recent.wantsKeyframe(now) ? wholeOf(reader) : null;
    const begins = own !== null || isKeyframe(frame);
    this.#recent.add(own ?? frame, begins ? 'keyframe' : 'delta', now);
    if (!begins) return;
    for (const other of others) {
      const whole = this.#goesWithOverview(other) ? wholeOf(other) : null;
      if (whole) this.#recent.add(whole, 'delta', now);
    }
  }

  /** Whether a device was hidden or left out since the frame before. */
  #forgets(overview: Reader): boolean {
    const { epoch } = overview;
    const at = forgottenOf(overview);
    const is = at === null ? null : `${epoch?.start}.${epoch?.random}.${at}`;
    const was = this.#forgotten;
    this.#forgotten = is;
    this.#forgottenAt = at ?? -1;
    this.#overview = overview;
    return is !== was;
  }

  /** It is of the same epoch, and knows nothing of who did not want to be seen after that. */
  #goesWithOverview(other: Reader): boolean {
    const since = this.#since.get(other) ?? -1;
    return other.whole && this.#overview !== null && inStep(other, this.#overview) && since > this.#forgottenAt;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
  }

  hear(message: ToRecorder): void {
    if (message.kind === 'save') void this.#save(message.pseudonymised);
    else if (message.kind === 'load') this.#load(message.file);
    else if (message.kind === 'unload') this.#unload();
    else if (message.kind === 'speed') this.#speed = Math.min(SPEED_MAX, Math.max(0.1, message.speed));
    else this.#then((player) => player.seek(message.at));
  }

  async #save(pseudonymised: boolean): Promise<void> {
    const { kept } = this.#recent;
    const frames = this.#recent.frames();
    const file = encodeRecording(pseudonymised ? await pseudonymise(frames) : frames).buffer;
    this.#post({ kind: 'saved', file, kept });
  }

  #load(file: ArrayBuffer): void {
    const recording = decodeRecording(new Uint8Array(file));
    if (typeof recording === 'string') {
      this.#post({ kind: 'refused', why: recording });
      return;
    }
    this.#player = new Player(recording);
    this.#outboxes = fresh();
    this.#loads += 1;
    this.#speed = 1;
    this.#tickedAt = performance.now();
    this.#then((player) => player.advance(0));
    this.#timer ??= setInterval(() => this.#tick(), TICK);
  }

  #unload(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#player = null;
    this.#post({ kind: 'playback', playback: null });
    this.#live();
  }

  #tick(): void {
    const now = performance.now();
    const passed = now - this.#tickedAt;
    this.#tickedAt = now;
    if (this.#paused || this.#player?.atEnd !== false) return;
    this.#then((player) => player.advance(player.position + passed * this.#speed));
  }

  #then(act: (player: Player) => Promise<void>): void {
    this.#queue.run(async () => {
      const player = this.#player;
      if (!player) return;
      const { jumps } = player;
      await act(player);
      // somebody may have taken it away in the meantime
      if (this.#player !== player) return;
      if (player.jumps !== jumps) this.#outboxes = fresh();
      this.#show(player);
    });
  }

  /** What could not be shown is missing from the picture, and the page says so; the recording goes on. */
  #fail(error: unknown): void {
    console.error(error);
    if (this.#player) this.#player.faulty = true;
  }

  #show(player: Player): void {
    const { position, recording, faulty, jumps, readers } = player;
    // a jump is another epoch to the page: nothing that was there glides or fades into what is there now
    const epoch = `recording-${this.#loads}-${jumps}`;
    for (const [i, outbox] of this.#outboxes.entries())
      for (const update of outbox.take(readers.slice(i, i + 1), false, readers))
        this.#post({ ...update, epoch: `${epoch}-${update.epoch}` });
    this.#post({
      kind: 'playback',
      playback: { at: position, length: recording.length, began: recording.began, speed: this.#speed, faulty },
    });
  }
}
