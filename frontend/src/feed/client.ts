// SPDX-License-Identifier: MIT
// Keeps one topic of one broadcaster followed, whatever happens: connects, watches, asks again after a gap, notices a dead
// connection, and comes back 1 to 4 s after it broke. Knows no DOM: the socket and the clock are given to it.

import { readText, type Hello } from './hello';
import { Reader, type Outcome } from './reader';

/** The part of a WebSocket that is used; a browser's and the npm package's both fit. */
export interface Socket {
  binaryType: string;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onerror: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface ClientOptions {
  readonly url: string;
  readonly topic: string;
  readonly connect: (url: string, protocol: string) => Socket;
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: () => number;
  readonly random?: () => number;
  readonly onLink?: (link: 'connecting' | 'open' | 'waiting' | 'reconnecting' | 'newer', reason: string) => void;
  readonly onHello?: (hello: Hello) => void;
  /** After each frame that was for us; the state is in `client.reader`. */
  readonly onFrame?: (outcome: Outcome) => void;
}

const PROTOCOL = 'connvis.v1';
/** Between two asks for a keyframe. */
const ASK_EVERY = 1500;
/** An attempt that takes longer has failed. */
const OPEN_WITHIN = 4000;
/** A connection that has been silent so long is asked whether it lives; each time twice as long. */
const PROBE_AFTER = 5000;
const PROBE_AFTER_MAX = 60_000;
const ANSWER_WITHIN = 4000;
/** Frames this soon after the first may have been stored rather than sent as they happened. */
const STORED_FOR = 250;

export class Client {
  reader: Reader;
  /** The last frame came as it happened. */
  fresh = false;

  readonly #options: ClientOptions;
  readonly #now: () => number;
  #socket: Socket | null = null;
  #queue: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setInterval> | undefined;
  #attempt = 0;
  #startedAt = 0;
  #open = false;
  #heardAt = 0;
  #askedAt = -ASK_EVERY;
  #probedAt: number | null = null;
  #probeAfter = PROBE_AFTER;
  #firstFrameAt: number | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.reader = new Reader('', options.topic);
  }

  start(): void {
    this.#watchdog ??= setInterval(() => this.#watch(), 500);
    this.#connect();
  }

  stop(): void {
    clearInterval(this.#watchdog);
    this.#watchdog = undefined;
    clearTimeout(this.#timer);
    this.#drop();
  }

  /** Tries at once instead of after the pause, when between two attempts. */
  retry(): void {
    if (!this.#socket && this.#watchdog !== undefined) this.#connect();
  }

  #link(link: 'connecting' | 'open' | 'waiting' | 'reconnecting' | 'newer', reason = ''): void {
    this.#options.onLink?.(link, reason);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#link(this.#attempt === 0 ? 'connecting' : 'reconnecting');
    this.#attempt += 1;
    this.#startedAt = this.#now();
    this.#open = false;
    this.#probedAt = null;
    this.#probeAfter = PROBE_AFTER;
    this.#firstFrameAt = null;
    let socket: Socket;
    try {
      socket = this.#options.connect(this.#options.url, PROTOCOL);
    } catch {
      this.#later('');
      return;
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      this.#open = true;
      this.#heardAt = this.#now();
    };
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.#hear(socket, event.data);
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#later(event.reason);
    };
    socket.onerror = () => undefined;
  }

  /** Lets go of the connection without another word. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = () => undefined;
    socket.close();
  }

  #later(reason: string): void {
    this.#drop();
    this.#link('reconnecting', reason);
    const random = this.#options.random ?? Math.random;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), 1000 + 3000 * random());
  }

  #hear(socket: Socket, data: unknown): void {
    this.#heardAt = this.#now();
    this.#probedAt = null;
    if (typeof data === 'string') this.#hearText(data);
    else if (data instanceof ArrayBuffer) {
      this.#firstFrameAt ??= this.#heardAt;
      const fresh = this.#heardAt - this.#firstFrameAt > STORED_FOR;
      this.#queue = this.#queue.then(() => (this.#socket === socket ? this.#take(new Uint8Array(data), fresh) : undefined));
    }
  }

  #hearText(data: string): void {
    const message = readText(data);
    if (message?.kind === 'hello') {
      const site = message.hello.sites[0] ?? '';
      this.#queue = this.#queue.then(() => {
        if (this.reader.site === site) this.reader.forget();
        else this.reader = new Reader(site, this.#options.topic);
      });
      this.#options.onHello?.(message.hello);
      this.#link('open');
      this.#ask(site);
    } else if (message?.kind === 'waiting' && message.topic === this.#options.topic) {
      this.#link('waiting');
    }
  }

  async #take(frame: Uint8Array, fresh: boolean): Promise<void> {
    const outcome = await this.reader.accept(frame);
    if (outcome === 'applied') {
      this.fresh = fresh;
      if (fresh) this.#probeAfter = PROBE_AFTER;
    } else if (outcome === 'newer') {
      this.#link('newer');
    } else if (outcome === 'lost') {
      this.#ask(this.reader.site);
    }
    this.#options.onFrame?.(outcome);
  }

  #ask(site: string): void {
    if (this.#now() - this.#askedAt < ASK_EVERY && this.reader.site === site && this.#firstFrameAt !== null) return;
    this.#askedAt = this.#now();
    if (site !== '') this.#socket?.send(`watch ${site} ${this.#options.topic}`);
  }

  #watch(): void {
    if (!this.#socket) return;
    const now = this.#now();
    if (!this.#open) {
      if (now - this.#startedAt > OPEN_WITHIN) this.#later('');
      return;
    }
    if (this.#probedAt !== null) {
      if (now - this.#probedAt > ANSWER_WITHIN) this.#later('');
      return;
    }
    const silent = now - this.#heardAt;
    if (silent > this.#probeAfter) {
      this.#probedAt = now;
      this.#probeAfter = Math.min(this.#probeAfter * 2, PROBE_AFTER_MAX);
      this.#socket.send(`watch ${this.reader.site} ${this.#options.topic}`);
    }
  }
}
