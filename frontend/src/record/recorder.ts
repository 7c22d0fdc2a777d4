// SPDX-License-Identifier: MIT
// The worker's side of recordings: keeps what came, hands it out as a file, and plays a file instead of the live feed.

import type { Update } from '../feed/update';
import { Outbox } from '../feed/outbox';
import { Queue } from '../feed/queue';
import type { Reader } from '../feed/reader';
import { decodeRecording, encodeRecording } from './recording';
import { keyframePayload, makeFrame } from '../feed/write-frame';
import { RecentFrames } from './recent-frames';
import type { FromRecorder, ToRecorder } from './recorder-messages';
import { Player } from './player';
import { pseudonymise } from './pseudonymise';

/** Between two looks at what is due. Milliseconds. */
const TICK = 200;
const SPEED_MAX = 64;

/** Another text when a device was hidden or left out; null: none ever was. */
function forgottenOf({ epoch, tables }: Reader): string | null {
  const site = tables.find(({ name }) => name === 'site');
  const at = site?.columns.indexOf('forgotten') ?? -1;
  const value = at < 0 ? null : [...(site?.rows.values() ?? [])].map((cells) => cells[at + 1] ?? null)[0];
  return typeof value === 'number' ? `${epoch?.start}.${epoch?.random}.${value}` : null;
}

export class Recorder {
  readonly #post: (message: FromRecorder | Update) => void;
  /** The live feed is to be shown again. */
  readonly #live: () => void;
  readonly #recent = new RecentFrames();
  #forgotten: string | null = null;
  #player: Player | null = null;
  #outbox = new Outbox();
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

  /** A frame that was applied to the reader just now. */
  keep(frame: Uint8Array, reader: Reader): void {
    const now = performance.now();
    const forgotten = forgottenOf(reader);
    // somebody does not want to be seen any more: what was kept may tell of them
    const forgets = forgotten !== this.#forgotten;
    if (forgets) this.#recent.clear();
    this.#forgotten = forgotten;
    if ((forgets || this.#recent.wantsKeyframe(now)) && reader.epoch) {
      const { site, topic, epoch, sequence, time } = reader;
      this.#recent.add(
        makeFrame({ kind: 'keyframe', sequence, time, site, topic, epoch }, keyframePayload(reader.tables)),
        'keyframe',
        now,
      );
      return;
    }
    this.#recent.add(frame, frame[3] === 1 ? 'keyframe' : 'delta', now);
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
    this.#outbox = new Outbox();
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
      if (player.jumps !== jumps) this.#outbox = new Outbox();
      this.#show(player);
    });
  }

  /** What could not be shown is missing from the picture, and the page says so; the recording goes on. */
  #fail(error: unknown): void {
    console.error(error);
    if (this.#player) this.#player.faulty = true;
  }

  #show(player: Player): void {
    const { position, recording, faulty, jumps } = player;
    // a jump is another epoch to the page: nothing that was there glides or fades into what is there now
    const epoch = `recording-${this.#loads}-${jumps}`;
    for (const update of this.#outbox.take(player.reader, false))
      this.#post({ ...update, epoch: `${epoch}-${update.epoch}` });
    this.#post({
      kind: 'playback',
      playback: { at: position, length: recording.length, began: recording.began, speed: this.#speed, faulty },
    });
  }
}
