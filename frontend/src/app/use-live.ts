// SPDX-License-Identifier: MIT
// The feed as this page's state: how the connection does, and what is selected.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Filter } from '../store/store';
import type { Selection } from '../views/types';
import { Live, type Connection } from './live';

/** The share of time that making selections may take: with more to select they are made less often. */
const SHARE = 0.05;
/** Numbers that change faster cannot be read. Milliseconds. */
const SHORTEST = 240;

export interface LiveState {
  readonly connection: Connection;
  readonly selection: Selection | null;
  /** performance.now(), moving on by itself, so that what is old is seen to be old. */
  readonly clock: number;
}

export function useLive(who: string, paused: boolean): LiveState {
  const live = useRef<Live | null>(null);
  const [connection, setConnection] = useState<Connection>({ link: 'connecting', reason: '', hello: null, freshAt: null, openAt: 0, ready: false });
  const [selection, setSelection] = useState<Selection | null>(null);
  const [clock, setClock] = useState(() => performance.now());
  const [hidden, setHidden] = useState(() => document.visibilityState === 'hidden');
  const filter = useRef<Filter>({ address: '', only: { kind: 'all' } });
  filter.current = {
    address: connection.hello?.address ?? '',
    only: who === 'me' ? { kind: 'me' } : who.startsWith('=') ? { kind: 'alias', alias: who.slice(1) } : { kind: 'all' },
  };
  const select = useRef<(now: boolean) => void>(() => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let earliest = 0;
    const run = (): void => {
      timer = undefined;
      if (!live.current?.store.ready) return;
      const began = performance.now();
      setSelection(live.current.store.select(filter.current));
      earliest = began + Math.max(SHORTEST, (performance.now() - began) / SHARE);
    };
    select.current = (now) => {
      if (now) {
        clearTimeout(timer);
        run();
      } else timer ??= setTimeout(run, Math.max(0, earliest - performance.now()));
    };
    live.current = new Live({ onData: () => select.current(false), onConnection: setConnection });
    const tick = setInterval(() => setClock(performance.now()), 500);
    const online = (): void => live.current?.retry();
    const visible = (): void => setHidden(document.visibilityState === 'hidden');
    addEventListener('online', online);
    document.addEventListener('visibilitychange', visible);
    return () => {
      clearTimeout(timer);
      clearInterval(tick);
      removeEventListener('online', online);
      document.removeEventListener('visibilitychange', visible);
    };
  }, []);

  // A page that nobody looks at keeps its place in the feed and draws nothing.
  useEffect(() => live.current?.pause(paused || hidden), [paused, hidden]);
  useEffect(() => select.current(true), [who, filter.current.address]);

  return { connection, selection, clock: Math.max(clock, connection.freshAt ?? 0, connection.openAt) };
}
