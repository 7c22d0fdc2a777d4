// SPDX-License-Identifier: MIT
// The single conntrack entries, for as long as a view that shows them is open: the feed brings them only to who asks.

import { useContext, useEffect, useState } from 'preact/hooks';
import { offerOf, type Offer } from '../feed/hello';
import { CONNECTIONS_EVERY, Pacer } from '../feed/pacing';
import { ConnectionStore } from './connection-store';
import { LiveContext } from './live-context';
import type { Connection } from './rows';

export interface Connections {
  /** Grows by one with each new list; the same while the picture is paused. */
  readonly version: number;
  /** The feed's clock: age = now - row.active. Milliseconds. */
  readonly now: number;
  /** All entries, and those that have just gone (`gone` set), in the order of their ids. */
  readonly rows: readonly Connection[];
}

/** Whether the server sends single connections, and to this viewer. */
export function useConnectionsOffer(): Offer {
  return offerOf(useContext(LiveContext)?.connection.hello ?? null, 'connections');
}

/** Null until the first have come, and while nobody wants them. */
export function useConnections(wanted: boolean): Connections | null {
  const live = useContext(LiveContext);
  const [connections, setConnections] = useState<Connections | null>(null);
  useEffect(() => {
    if (!live || !wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pacer = new Pacer({ every: CONNECTIONS_EVERY, share: 1 });
    const show = (): void => {
      timer = undefined;
      pacer.ran(performance.now(), 0);
      setConnections((last) => ({ version: (last?.version ?? 0) + 1, now: store.now, rows: store.rows }));
    };
    const store = new ConnectionStore((id) => live.store.conversation(id));
    const leave = live.follow('connections', (update) => {
      if (store.take(update)) timer ??= setTimeout(show, pacer.wait(performance.now()));
    });
    return () => {
      clearTimeout(timer);
      leave();
      setConnections(null);
    };
  }, [live, wanted]);
  return connections;
}
