// SPDX-License-Identifier: MIT
// The feed as this page's state: how the connection does, and what is selected.

import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { offerOf } from '../feed/hello';
import { Pacer, SELECT } from '../feed/pacing';
import { EVERYTHING, type Filter } from '../store/filter';
import type { Selection } from '../store/selection';
import { Live, type FeedState } from '../store/live';
import { VIEWS } from '../views/registry';
import type { Route } from './route';
import { statusOf, type Status } from '../store/status';

/** Between two looks at the clock, so that what is old is seen to be old. Milliseconds. */
const LOOK = 250;

export interface LiveState {
  readonly live: Live;
  readonly connection: FeedState;
  readonly selection: Selection | null;
  readonly status: Status;
}

function sameConnection(a: FeedState, b: FeedState): boolean {
  return (
    a.link === b.link &&
    a.reason === b.reason &&
    a.hello === b.hello &&
    a.me === b.me &&
    a.asksMe === b.asksMe &&
    a.ready === b.ready &&
    a.silent === b.silent &&
    a.ended === b.ended
  );
}

function sameStatus(a: Status, b: Status): boolean {
  return (
    a.key === b.key && a.tone === b.tone && a.since === b.since && JSON.stringify(a.values) === JSON.stringify(b.values)
  );
}

type Looked = Pick<Route, 'site' | 'view' | 'who' | 'kind' | 'find'>;

function filterOf({ view, who, kind, find }: Looked, { hello, me, playback }: FeedState): Filter {
  // nobody in the room holds the wall: none of the devices is "you" there
  const viewer = view === 'display' ? { address: '', own: null } : { address: hello?.address ?? '', own: me };
  const only: Filter['only'] =
    who === 'me' ? { kind: 'me' } : who.startsWith('=') ? { kind: 'alias', alias: who.slice(1) } : { kind: 'all' };
  const awaitsLookups = hello !== null && !playback && offerOf(hello, 'lookups') === 'sent';
  return { ...EVERYTHING, ...viewer, awaitsLookups, ...(VIEWS[view].whole ? {} : { only, kind, find }) };
}

/** On performance.now(). */
function usePausedAt(paused: boolean): number | null {
  return useMemo(() => (paused ? performance.now() : null), [paused]);
}

/** The feed of a site; another one is another page, since what the page remembers is of one. */
function useFeedOf(site: string): Live {
  const [live] = useState(() => new Live(site));
  useEffect(() => {
    if (site !== live.site) location.reload();
  }, [site, live]);
  return live;
}

/** A page that nobody looks at does next to nothing, nor does it ask how the feed does. Who looks again waits for no drawing. */
function useHidden(live: Live, look: RefObject<() => void>): void {
  useEffect(() => {
    let tick: ReturnType<typeof setInterval> | undefined;
    const change = (): void => {
      const hidden = document.visibilityState === 'hidden';
      live.hide(hidden);
      look.current?.();
      clearInterval(tick);
      if (!hidden) tick = setInterval(() => look.current?.(), LOOK);
    };
    change();
    document.addEventListener('visibilitychange', change);
    return () => {
      clearInterval(tick);
      document.removeEventListener('visibilitychange', change);
    };
  }, [live, look]);
}

export function useLive(route: Looked, paused: boolean): LiveState {
  const live = useFeedOf(route.site);
  const [connection, setConnection] = useState(live.connection);
  const pausedAt = usePausedAt(paused);
  const [status, setStatus] = useState<Status>(() => statusOf(live.connection, pausedAt, performance.now()));
  const [selection, setSelection] = useState<Selection | null>(null);
  const filter = useRef<Filter>(EVERYTHING);
  filter.current = filterOf(route, connection);
  const select = useRef<(now: boolean) => void>(() => undefined);
  const look = useRef<() => void>(() => undefined);
  look.current = () => {
    const next = statusOf(live.connection, pausedAt, performance.now());
    setStatus((last) => (sameStatus(last, next) ? last : next));
  };

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pacer = new Pacer(SELECT);
    const run = (): void => {
      timer = undefined;
      const began = performance.now();
      setSelection(live.store.ready ? live.store.select(filter.current) : null);
      pacer.ran(began, performance.now() - began);
    };
    select.current = (now) => {
      if (now) {
        clearTimeout(timer);
        run();
      } else timer ??= setTimeout(run, pacer.wait(performance.now()));
    };
    // Most frames say nothing new of the connection: what is the same draws nothing.
    live.listen({
      onData: () => select.current(false),
      onConnection: (next) => {
        setConnection((last) => (sameConnection(last, next) ? last : next));
        look.current();
      },
    });
    const online = (): void => live.retry();
    addEventListener('online', online);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', online);
    };
  }, [live]);

  useEffect(() => live.pause(paused), [live, paused]);
  useEffect(() => look.current(), [paused]);
  useHidden(live, look);
  const { whole } = VIEWS[route.view];
  useEffect(
    () => select.current(true),
    [whole, route.who, route.kind, route.find, filter.current.address, filter.current.own],
  );

  return { live, connection, selection, status };
}
