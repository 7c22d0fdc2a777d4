// SPDX-License-Identifier: MIT
// The page's end of the feed: the worker, the store that it fills, and how the connection does.

import FeedWorker from '../worker/worker?worker';
import { Errands, type Answer } from '../feed/errands';
import { EVERY_SITE } from '../feed/every-site';
import { offerOf, type Hello } from '../feed/hello';
import { LEAVE_AFTER, type FromWorker, type ToWorker } from '../worker/messages';
import type { Link } from '../feed/client';
import type { Update } from '../feed/update';
import type { FromRecorder, Playback, ToRecorder } from '../record/recorder-messages';
import { Myself, type Me } from './myself';
import { Store } from './store';
import { SupervisedWorker } from './supervised-worker';

/** How the feed does, as far as this page can tell. */
export interface FeedState {
  /** failed: the worker that holds the feed has, and is being started again. */
  readonly link: Link | 'failed';
  /** What the broadcaster said when it closed the connection. */
  readonly reason: string;
  readonly hello: Hello | null;
  /** As whom this page was here until that ended, and it is not again since; null: nothing has ended. */
  readonly ended: string | null;
  /** The viewer's own device, where the collector has told it. */
  readonly me: Me | null;
  /** That is asked for, and nothing has come of it so far. */
  readonly asksMe: boolean;
  /** When a frame last came as it happened; null before the first. On performance.now(). */
  readonly freshAt: number | null;
  /** When this connection was made, or asked for again by who had looked away. On performance.now(). */
  readonly openAt: number;
  /** Something can be shown. */
  readonly ready: boolean;
  /** Of several sites that are shown together, those that nothing is heard of. */
  readonly silent: readonly string[];
  /** The recording that is shown; null: the live feed is. */
  readonly playback: Playback | null;
}

export interface LiveEvents {
  /** The store holds something new, or nothing any more. */
  readonly onData: () => void;
  readonly onConnection: (connection: FeedState) => void;
}

/** The worker of a page that the server no longer has cannot be loaded: then only another page helps. */
const WORKER_FAILURES = 4;
/** So long what was recorded stays in the picture until something live takes its place. Milliseconds. */
const TAKES_OVER = 1000;
const RELOADED = 'connvis.reloaded';

/** Loads the page anew, once for each reason: a reload that did not help is not tried again. */
function reloadOnce(reason: string): void {
  try {
    if (sessionStorage.getItem(RELOADED) === reason) return;
    sessionStorage.setItem(RELOADED, reason);
  } catch {
    return;
  }
  location.reload();
}

export class Live {
  readonly store = new Store();
  connection: FeedState = {
    link: 'connecting',
    reason: '',
    hello: null,
    ended: null,
    me: null,
    asksMe: false,
    freshAt: null,
    openAt: 0,
    ready: false,
    silent: [],
    playback: null,
  };

  readonly #worker = new SupervisedWorker<ToWorker, FromWorker>(() => new FeedWorker(), {
    onStart: () => this.#instruct(),
    onMessage: (message) => this.#hear(message),
    onFailure: (failures) => this.#workerFailed(failures),
  });
  #events: LiveEvents = { onData: () => undefined, onConnection: () => undefined };
  #build: string | null = null;
  #paused = false;
  #hidden = false;
  #hiddenAt = 0;
  /** Who follows a topic beside the overview; null: nobody any more. */
  readonly #followers = new Map<string, ((update: Update) => void) | null>();
  #onRecorder: (message: FromRecorder) => void = () => undefined;
  readonly #errands = new Errands();
  readonly #myself = new Myself(
    (words) => this.ask(words),
    (me) => this.#connect({ me, asksMe: this.#myself.waits }),
  );

  /** site: as ClientOptions.site. */
  constructor(readonly site: string) {
    this.#worker.start();
  }

  /** Tells a new worker everything that it needs to know. */
  #instruct(): void {
    const url = new URL('feed', document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.hash = '';
    this.#tell({ kind: 'start', url: url.href, site: this.site });
    if (this.#stands) this.#tell({ kind: 'pause', paused: true });
    if (this.#hidden) this.#tell({ kind: 'hide', hidden: true });
    for (const [topic, follower] of this.#followers) if (follower) this.#tell({ kind: 'follow', topic, wanted: true });
  }

  /** Who is to be told; one at a time. */
  listen(events: LiveEvents): void {
    this.#events = events;
    events.onConnection(this.connection);
  }

  /** While paused the store stands still; the connection goes on. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#tell({ kind: 'pause', paused: this.#stands });
  }

  /** While nobody looks the store stands still, too, and after a while the connection is let go of. */
  hide(hidden: boolean): void {
    const now = performance.now();
    const returns = this.#hidden && !hidden;
    if (!this.#hidden && hidden) this.#hiddenAt = now;
    this.#hidden = hidden;
    this.#tell({ kind: 'pause', paused: this.#stands });
    this.#tell({ kind: 'hide', hidden });
    // it was let go of: that nothing came meanwhile is no news of the router
    if (returns && now - this.#hiddenAt >= LEAVE_AFTER) this.#connect({ openAt: now });
  }

  get #stands(): boolean {
    return this.#paused || this.#hidden;
  }

  /**
   * Follows a topic beside those that are always followed, until what comes back is called; one at a time. onUpdate: not while
   * the picture stands still, after which everything comes anew.
   */
  follow(topic: string, onUpdate: (update: Update) => void): () => void {
    this.#followers.set(topic, onUpdate);
    this.#tell({ kind: 'follow', topic, wanted: true });
    return () => {
      if (this.#followers.get(topic) !== onUpdate) return;
      // what is still on its way is for nobody
      this.#followers.set(topic, null);
      this.#tell({ kind: 'follow', topic, wanted: false });
    };
  }

  /** Saves and plays recordings; onRecorder: what comes of it. One at a time. */
  record(onRecorder: (message: FromRecorder) => void): (message: ToRecorder, hand?: Transferable[]) => void {
    this.#onRecorder = onRecorder;
    return (message, hand = []) => this.#worker.post(message, hand);
  }

  /** Has something done at the site. words: the verb and its arguments. */
  async ask(words: string): Promise<Answer> {
    const { epoch } = this.store;
    // ids mean what is shown, which another run of the collector calls otherwise
    const all = epoch === '' ? words : `${epoch} ${words}`;
    const answer = await this.#errands.ask((number) => this.#tell({ kind: 'command', number, words: all }));
    if (answer.done && answer.result.wish !== undefined && words !== 'me') {
      this.#myself.again();
      this.#lookForMe();
    }
    return answer;
  }

  retry(): void {
    this.#tell({ kind: 'retry' });
  }

  /** Connects anew, for who this browser is may be another by now. */
  again(): void {
    this.#tell({ kind: 'again' });
  }

  #tell(message: ToWorker): void {
    this.#worker.post(message);
  }

  #workerFailed(failures: number): void {
    // what was recorded went with it, and so did what was being played
    if (this.connection.playback) this.#endPlayback();
    this.#errands.lose();
    this.#connect({ link: 'failed', reason: '' });
    this.#onRecorder({ kind: 'playback', playback: null });
    if (failures >= WORKER_FAILURES) reloadOnce(`worker ${this.#build ?? ''}`);
  }

  /** What was recorded is not live: it goes, whether or not there is something live. */
  #endPlayback(): void {
    this.store.reset();
    this.#connect({ playback: null, ready: false, openAt: performance.now() });
    setTimeout(() => {
      if (!this.store.ready) this.#events.onData();
    }, TAKES_OVER);
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'update' && this.#followers.has(message.topic)) {
      if (!this.#stands) this.#followers.get(message.topic)?.(message);
    } else if (message.kind === 'update') {
      // of a recording everything is shown: it stands still by itself, and one may look for a moment in it
      if (this.#stands && this.connection.ready && !this.connection.playback) return;
      if (!this.store.take(message)) return;
      this.#lookForMe();
      this.#connect({ ready: true, ...(message.fresh ? { freshAt: performance.now() } : {}) });
      this.#events.onData();
    } else if (message.kind === 'answer') {
      this.#errands.take(message.number, message.answer);
    } else if (message.kind === 'pulse') {
      this.#connect({ freshAt: performance.now() });
    } else if (message.kind === 'silent') {
      this.#connect({ silent: message.sites });
    } else if (message.kind === 'hello') {
      this.#build ??= message.hello.build;
      if (message.hello.build !== this.#build) reloadOnce(message.hello.build);
      this.#myself.greet(message.hello.role);
      // the same as before draws nothing
      this.#forget(message.hello);
      const { hello, ended } = this.connection;
      if (JSON.stringify(hello) !== JSON.stringify(message.hello)) this.#connect({ hello: message.hello });
      // of several sites nobody is asked
      const asksMe = this.#myself.waits && this.site !== EVERY_SITE;
      if (asksMe !== this.connection.asksMe) this.#connect({ asksMe });
      if (ended === message.hello.role) this.#connect({ ended: null });
      // who signs out here connects anew, perhaps before the server has closed
      else if (hello?.role === 'facilitator' && message.hello.role !== hello.role) this.#connect({ ended: hello.role });
    } else if (message.kind === 'ended') {
      this.#connect({ ended: this.connection.hello?.role ?? null });
    } else if (message.kind === 'saved' || message.kind === 'refused' || message.kind === 'playback') {
      if (message.kind === 'playback' && message.playback) this.#connect({ playback: message.playback });
      else if (message.kind === 'playback') this.#endPlayback();
      this.#onRecorder(message);
    } else {
      if (message.link === 'newer') reloadOnce(`newer ${this.#build ?? ''}`);
      this.#connect({
        link: message.link,
        reason: message.reason,
        ...(message.link === 'open' ? { openAt: performance.now() } : {}),
      });
    }
  }

  /** Of several sites none can tell: each has its own ids. What is recorded is of another moment. */
  #lookForMe(): void {
    const { hello, playback } = this.connection;
    if (!hello || playback || this.site === EVERY_SITE) return;
    const { store } = this;
    this.#myself.look({ epoch: store.epoch, whose: (device) => store.whose(hello.address, device) });
  }

  /** What the viewer may not know any more. */
  #forget(hello: Hello): void {
    const { playback, ready } = this.connection;
    if (playback) return;
    const [identities, lookups] = [offerOf(hello, 'identities'), offerOf(hello, 'lookups')];
    if (identities !== 'sent') this.store.forgetIdentities();
    if (lookups !== 'sent') this.store.forgetLookups();
    if (ready && (identities !== 'sent' || lookups !== 'sent')) this.#events.onData();
  }

  #connect(change: Partial<FeedState>): void {
    this.connection = { ...this.connection, ...change };
    this.#events.onConnection(this.connection);
  }
}
