// SPDX-License-Identifier: MIT
// What happened, for as long as something that shows it is open: the feed brings the topic `history` only to who asks.

import { useContext, useEffect, useState } from 'preact/hooks';
import { offerOf } from '../feed/hello';
import type { Live } from './live';
import { LiveContext } from './live-context';
import { PastStore, type PastEvent } from './past';

export interface Past {
  /** The newest first; those of now and before, on the clock of Selection.now. */
  readonly events: readonly PastEvent[];
  /** For how many hours it is kept; 0: it is not. */
  readonly hours: number;
}

/** Who goes from one view to another goes on with what is here: a day of it is no little thing to fetch. Milliseconds. */
const LINGER = 60_000;

class Follower {
  readonly #listeners = new Set<(past: Past) => void>();
  readonly #leave: () => void;
  #past: Past | null = null;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(live: Live) {
    const store = new PastStore((id) => live.store.device(id));
    this.#leave = live.follow('history', (update) => {
      if (!store.take(update)) return;
      this.#past = { events: store.events, hours: store.hours };
      for (const listener of this.#listeners) listener(this.#past);
    });
  }

  listen(listener: (past: Past) => void): void {
    clearTimeout(this.#ending);
    this.#listeners.add(listener);
    if (this.#past) listener(this.#past);
  }

  /** over: when nobody has listened for a while. */
  unlisten(listener: (past: Past) => void, over: () => void): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    this.#ending = setTimeout(() => {
      this.#leave();
      over();
    }, LINGER);
  }
}

/** One for all that show it. */
const followers = new WeakMap<Live, Follower>();

/** Null until it has come, where it is not for this viewer, and while nobody wants it. */
export function usePast(wanted: boolean): Past | null {
  const live = useContext(LiveContext);
  const [past, setPast] = useState<Past | null>(null);
  const sent = live !== null && offerOf(live.connection.hello, 'history') === 'sent';
  useEffect(() => {
    if (!live || !wanted || !sent) return undefined;
    const follower = followers.get(live) ?? new Follower(live);
    followers.set(live, follower);
    follower.listen(setPast);
    return () => {
      follower.unlisten(setPast, () => followers.delete(live));
      setPast(null);
    };
  }, [live, wanted, sent]);
  return past;
}
