// SPDX-License-Identifier: MIT
// The single conntrack entries, for as long as a view that shows them is open: the feed brings them only to who asks.

import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Connection } from './rows';
import type { Live } from './live';

export const LiveContext = createContext<Live | null>(null);

export interface Connections {
  /** Grows by one with each new list; the same while the picture is paused. */
  readonly version: number;
  /** The feed's clock: age = now - row.active. Milliseconds. */
  readonly now: number;
  /** All entries, and those that have just gone (`gone` set), in the order of their ids. */
  readonly rows: readonly Connection[];
}

/** Numbers that change faster cannot be read. Milliseconds. */
const PACE = 1000;

/** Whether the server sends single connections at all. */
export function useConnectionsOffered(): boolean {
  return useContext(LiveContext)?.offersConnections ?? true;
}

/** Null until the first have come, and while nobody wants them. */
export function useConnections(wanted: boolean): Connections | null {
  const live = useContext(LiveContext);
  const [connections, setConnections] = useState<Connections | null>(null);
  useEffect(() => {
    if (!live || !wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = -PACE;
    const show = (): void => {
      timer = undefined;
      shownAt = performance.now();
      setConnections((last) => ({ version: (last?.version ?? 0) + 1, now: store.now, rows: store.rows }));
    };
    const { store, leave } = live.followConnections(() => {
      timer ??= setTimeout(show, Math.max(0, shownAt + PACE - performance.now()));
    });
    return () => {
      clearTimeout(timer);
      leave();
      setConnections(null);
    };
  }, [live, wanted]);
  return connections;
}
