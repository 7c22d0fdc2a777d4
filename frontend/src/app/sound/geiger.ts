// SPDX-License-Identifier: MIT
// Makes clicks heard: short, soft, filtered noise, no two alike. Web Audio, no files.

import { STALE } from '../../store/status';
import { clicksWithin } from './clicks';

/** Clicks are made for so long at a time. Milliseconds. */
const SPAN = 200;
const CLICK_SECONDS = 0.014;
const VOLUME = 0.22;

function noise(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, Math.ceil(context.sampleRate * CLICK_SECONDS), context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i += 1)
    samples[i] = (2 * Math.random() - 1) * Math.exp((-6 * i) / samples.length);
  return buffer;
}

export class Geiger {
  /** Packets a second, and when that was heard; on performance.now(). */
  #packets = 0;
  #heardAt = 0;
  readonly #context: AudioContext;
  readonly #out: GainNode;
  readonly #noise: AudioBuffer;
  readonly #timer: ReturnType<typeof setInterval>;

  /** To be made in answer to a tap or a key: browsers let no page speak unasked. Throws where there is no sound. */
  constructor() {
    this.#context = new AudioContext();
    this.#out = this.#context.createGain();
    this.#out.gain.value = VOLUME;
    this.#out.connect(this.#context.destination);
    this.#noise = noise(this.#context);
    this.#timer = setInterval(() => this.#span(), SPAN);
    void this.#context.resume();
  }

  /** Packets a second, from now on; without another word it falls silent, as the picture is stale then. */
  hear(packets: number): void {
    this.#packets = packets;
    this.#heardAt = performance.now();
  }

  close(): void {
    clearInterval(this.#timer);
    void this.#context.close();
  }

  #span(): void {
    if (this.#context.state !== 'running' || performance.now() - this.#heardAt > STALE) return;
    const from = this.#context.currentTime;
    for (const moment of clicksWithin(SPAN, this.#packets, Math.random)) this.#click(from + moment / 1000);
  }

  #click(at: number): void {
    const source = new AudioBufferSourceNode(this.#context, {
      buffer: this.#noise,
      playbackRate: 0.8 + 0.5 * Math.random(),
    });
    const filter = new BiquadFilterNode(this.#context, {
      type: 'bandpass',
      frequency: 1400 + 900 * Math.random(),
      Q: 1.2,
    });
    const gain = new GainNode(this.#context, { gain: 0.5 + 0.5 * Math.random() });
    source.connect(filter).connect(gain).connect(this.#out);
    source.start(at);
  }
}
