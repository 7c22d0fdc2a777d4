// SPDX-License-Identifier: MIT
// Keeps topics of one broadcaster followed, whatever happens: connects, watches, asks again after a gap, notices a dead
// connection, and comes back within 4 s after it broke. Knows no DOM: the socket and the clock are given to it.

import { Errands, NOT_ASKED, type Answer, type Fault } from './errands';
import { EVERY_SITE } from './every-site';
import { decodeHeader } from './header';
import { readText, type Hello } from './hello';
import { Queue } from './queue';
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

export type Link =
  /** The first attempt. */
  | 'connecting'
  /** Connected; data may be on its way. */
  | 'open'
  /** Connected, and the broadcaster has nothing from a collector. */
  | 'waiting'
  /** Between two attempts, or in one. */
  | 'reconnecting'
  /** Connected, and the feed speaks a later version than this page. */
  | 'newer';

export interface ClientOptions {
  readonly url: string;
  /** The site to follow, or EVERY_SITE; the broadcaster's first where it has none of this name. */
  readonly site?: string;
  /** Always followed, and the one whose silence is noticed. Others come and go: follow(). */
  readonly topic: string;
  readonly connect: (url: string, protocol: string) => Socket;
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: () => number;
  readonly random?: () => number;
  readonly onLink?: (link: Link, reason: string) => void;
  readonly onHello?: (hello: Hello) => void;
  /** What let this page watch, as more than who is at home, has ended. */
  readonly onEnded?: () => void;
  /** After each frame that was for us; the state is in `reader`. The bytes are not touched again. */
  readonly onFrame?: (outcome: Outcome, reader: Reader, frame: Uint8Array) => void;
  /** Something threw while a frame was taken; the next frames are taken all the same. */
  readonly onFault?: (error: unknown) => void;
}

const PROTOCOL = 'connvis.v1';
/** The close code for who was let in by something that has ended. */
const ENDED = 4000;
/** Bytes of a command's words, with the epoch before them: with its site and number it has to fit into a message. */
const COMMAND_MAX = 232;
const TOO_LONG: Answer = { done: false, fault: 'too-long' satisfies Fault };
/** Between two asks for a keyframe. */
const ASK_EVERY = 1500;
/** Between two attempts: not all viewers come back at once. Milliseconds; an attempt that hangs for so long has failed. With
 * what it takes to open and to hear a heartbeat, the page is right again within 5 s of the server's return. */
const RETRY_SHORTEST = 1000;
const RETRY_LONGEST = 3500;
/** The same after a silence, which has been waited for already. */
const RETRY_SILENT = 1000;
/** Between two looks at the clock. */
const LOOK = 250;
/** A connection that has been silent so long is asked whether it lives; each time twice as long. */
const PROBE_AFTER = 3000;
const PROBE_AFTER_MAX = 60_000;
const ANSWER_WITHIN = 2000;
/** Frames this soon after the first may have been stored rather than sent as they happened. */
const STORED_FOR = 250;

interface Followed {
  readonly reader: Reader;
  /** When it was last asked for. */
  askedAt: number;
  /** The broadcaster has nothing of it. */
  waiting: boolean;
}

export class Client {
  /** The last frame came as it happened. */
  fresh = false;

  readonly #options: ClientOptions;
  /** Frames stay in order although some have to be inflated. */
  readonly #queue: Queue;
  readonly #now: () => number;
  #socket: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setInterval> | undefined;
  #attempt = 0;
  #startedAt = 0;
  /** How long this attempt may take. */
  #openWithin = RETRY_LONGEST;
  #open = false;
  #heardAt = 0;
  #probedAt: number | null = null;
  #probeAfter = PROBE_AFTER;
  #firstFrameAt: number | null = null;
  /** Those that are followed; before the first hello one without a name. */
  #sites: readonly string[] = [''];
  /** What the broadcaster relays; empty: it did not say. */
  #topics: readonly string[] = [];
  #greeted = false;
  readonly #errands = new Errands();
  /** By their topic, one for each site. */
  readonly #followed = new Map<string, readonly Followed[]>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#queue = new Queue((error) => options.onFault?.(error));
    this.#add(options.topic);
  }

  /** The states of a topic that is followed, one for each site. */
  readersOf(topic: string): readonly Reader[] {
    return (this.#followed.get(topic) ?? []).map(({ reader }) => reader);
  }

  follow(topic: string): void {
    if (this.#followed.has(topic)) return;
    this.#add(topic);
    if (this.#greeted) this.#askAll(topic);
  }

  unfollow(topic: string): void {
    if (topic === this.#options.topic || !this.#followed.delete(topic)) return;
    if (!this.#greeted || !this.#offers(topic)) return;
    for (const site of this.#sites) this.#socket?.send(`unwatch ${site} ${topic}`);
  }

  #add(topic: string): void {
    const before = this.#followed.get(topic) ?? [];
    const followed = this.#sites.map(
      (site) =>
        before.find(({ reader }) => reader.site === site) ?? {
          reader: new Reader(site, topic),
          askedAt: -ASK_EVERY,
          waiting: false,
        },
    );
    this.#followed.set(topic, followed);
  }

  #between(shortest: number, longest: number): number {
    return shortest + (longest - shortest) * (this.#options.random ?? Math.random)();
  }

  start(): void {
    if (this.#watchdog !== undefined) return;
    this.#watchdog = setInterval(() => this.#watch(), LOOK);
    this.#connect();
  }

  /** Lets go of the connection, without a word, until start: what comes then is another beginning. */
  stop(): void {
    clearInterval(this.#watchdog);
    this.#watchdog = undefined;
    clearTimeout(this.#timer);
    this.#drop();
    this.#attempt = 0;
    this.#greeted = false;
    this.fresh = false;
    this.#queue.run(() => {
      for (const followed of this.#followed.values()) for (const { reader } of followed) reader.forget();
    });
  }

  /** Has something done at the site that is followed. words: the verb and its arguments, perhaps behind an epoch. */
  async command(words: string): Promise<Answer> {
    const socket = this.#greeted ? this.#socket : null;
    const [site, ...others] = this.#sites;
    if (!socket || site === undefined || others.length > 0) return NOT_ASKED;
    if (new TextEncoder().encode(words).length > COMMAND_MAX) return TOO_LONG;
    return this.#errands.ask((number) => socket.send(`command ${site} ${number} ${words}`));
  }

  /** Begins another connection, as whoever this browser is by now. */
  again(): void {
    if (this.#watchdog !== undefined) this.#again();
  }

  /** Tries at once instead of after the pause, when between two attempts. */
  retry(): void {
    if (!this.#socket && this.#watchdog !== undefined) this.#connect();
  }

  #link(link: Link, reason = ''): void {
    this.#options.onLink?.(link, reason);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#link(this.#attempt === 0 ? 'connecting' : 'reconnecting');
    this.#attempt += 1;
    this.#startedAt = this.#now();
    this.#openWithin = this.#between(RETRY_SHORTEST, RETRY_LONGEST);
    this.#open = false;
    this.#greeted = false;
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
      if (this.#socket === socket) this.#closed(event);
    };
    socket.onerror = () => undefined;
  }

  #closed({ code, reason }: { readonly code: number; readonly reason: string }): void {
    if (code !== ENDED) {
      this.#later(reason);
      return;
    }
    this.#options.onEnded?.();
    // as somebody else, at once
    this.#later('', 0, RETRY_SILENT);
  }

  /** Lets go of the connection without another word. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#errands.lose();
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = () => undefined;
    socket.close();
  }

  #later(reason: string, shortest = RETRY_SHORTEST, longest = RETRY_LONGEST): void {
    this.#drop();
    this.#greeted = false;
    this.#link('reconnecting', reason);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), this.#between(shortest, longest));
  }

  /** It has hung long enough. */
  #again(): void {
    this.#drop();
    this.#connect();
  }

  #hear(socket: Socket, data: unknown): void {
    this.#heardAt = this.#now();
    this.#probedAt = null;
    if (typeof data === 'string') this.#hearText(data);
    else if (data instanceof ArrayBuffer) {
      this.#firstFrameAt ??= this.#heardAt;
      const fresh = this.#heardAt - this.#firstFrameAt > STORED_FOR;
      this.#queue.run(() => (this.#socket === socket ? this.#take(new Uint8Array(data), fresh) : undefined));
    }
  }

  #hearText(data: string): void {
    const message = readText(data);
    if (message?.kind === 'hello') this.#greet(message.hello);
    else if (message?.kind === 'answer') this.#errands.take(message.number, message.answer);
    else if (message?.kind === 'waiting' && message.topic === this.#options.topic) {
      const all = this.#followed.get(message.topic) ?? [];
      const one = all.find(({ reader }) => reader.site === message.site) ?? all[0];
      if (one) one.waiting = true;
      if (all.every(({ waiting }) => waiting)) this.#link('waiting');
    }
  }

  #greet(hello: Hello): void {
    const { site = '' } = this.#options;
    const known = hello.sites.includes(site) ? [site] : hello.sites.slice(0, 1);
    this.#sites = site === EVERY_SITE ? hello.sites : known;
    this.#topics = hello.topics;
    for (const topic of this.#followed.keys()) this.#add(topic);
    const followed = [...this.#followed.values()].flat();
    // after what is still to be taken of the connection before
    this.#queue.run(() => followed.forEach(({ reader }) => reader.forget()));
    this.#options.onHello?.(hello);
    this.#link('open');
    this.#greeted = true;
    for (const topic of this.#followed.keys()) this.#askAll(topic);
  }

  async #take(frame: Uint8Array, fresh: boolean): Promise<void> {
    const header = decodeHeader(frame);
    const topic = typeof header === 'string' ? this.#options.topic : header.topic;
    const all = this.#followed.get(topic) ?? [];
    const followed = all.find(({ reader }) => typeof header !== 'string' && reader.site === header.site) ?? all[0];
    if (!followed) return;
    const outcome = await followed.reader.accept(frame);
    if (outcome === 'applied') this.#applied(topic, all, followed, fresh);
    else if (outcome === 'newer') this.#link('newer');
    else if (outcome === 'lost' && this.#now() - followed.askedAt >= ASK_EVERY) this.#ask(topic, followed);
    this.#options.onFrame?.(outcome, followed.reader, frame);
  }

  #applied(topic: string, all: readonly Followed[], followed: Followed, fresh: boolean): void {
    if (topic !== this.#options.topic) return;
    // the broadcaster had nothing from any collector until now
    if (all.every(({ waiting }) => waiting)) this.#link('open');
    followed.waiting = false;
    this.fresh = fresh;
    if (fresh) this.#probeAfter = PROBE_AFTER;
  }

  #askAll(topic: string): void {
    for (const followed of this.#followed.get(topic) ?? []) this.#ask(topic, followed);
  }

  #ask(topic: string, followed: Followed): void {
    followed.askedAt = this.#now();
    if (this.#offers(topic)) this.#socket?.send(`watch ${followed.reader.site} ${topic}`);
  }

  /** A broadcaster that is asked for what it does not have may close the connection. */
  #offers(topic: string): boolean {
    const named = this.#sites.length > 0 && this.#sites.every((site) => site !== '');
    return named && (this.#topics.length === 0 || this.#topics.includes(topic));
  }

  #watch(): void {
    if (!this.#socket) return;
    const now = this.#now();
    if (!this.#open) {
      if (now - this.#startedAt > this.#openWithin) this.#again();
      return;
    }
    if (this.#probedAt !== null) {
      if (now - this.#probedAt > ANSWER_WITHIN) this.#later('', 0, RETRY_SILENT);
      return;
    }
    const silent = now - this.#heardAt;
    if (silent > this.#probeAfter && this.#offers(this.#options.topic)) {
      this.#probedAt = now;
      this.#probeAfter = Math.min(this.#probeAfter * 2, PROBE_AFTER_MAX);
      this.#askAll(this.#options.topic);
    }
  }
}
