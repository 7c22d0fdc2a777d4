// SPDX-License-Identifier: MIT
// A wall has nobody who reloads it: when it should do so itself. Pure.

import { useEffect, useRef, useState } from 'preact/hooks';
import { reloadWhenServed } from '../../parts/reload';

/** How long the picture may be old before something may be wrong with the page itself. Milliseconds. */
const OLD = 120_000;
/** A page that begins anew each night cannot wear out. */
const LONGEST = 20 * 3_600_000;
/** A view that has failed so often in a row will not do better. */
const FAILURES = 3;
/** Between two reloads, whatever happens. */
const BETWEEN = 120_000;

export interface Health {
  /** On one clock, milliseconds: now, when the page was loaded, and when the picture was last live. */
  readonly now: number;
  readonly loadedAt: number;
  readonly liveAt: number;
  /** Of the view that is shown, in a row. */
  readonly failures: number;
}

/** Whether to load the page anew, once the server answers: a page that cannot be loaded would be the end of the wall. */
export function isDue({ now, loadedAt, liveAt, failures }: Health): boolean {
  if (now - loadedAt < BETWEEN) return false;
  return failures >= FAILURES || now - liveAt > OLD || now - loadedAt > LONGEST;
}

/** Between two looks. Milliseconds. */
const LOOK = 10_000;

/** Loads the page anew when it is due and can be loaded. */
export function useRecovery(live: boolean, failures: number): void {
  const health = useRef({ liveAt: performance.now(), live, failures });
  health.current.live = live;
  health.current.failures = failures;
  useEffect(() => {
    const timer = setInterval(() => {
      const now = performance.now();
      const { current } = health;
      if (current.live) current.liveAt = now;
      if (isDue({ now, loadedAt: 0, liveAt: current.liveAt, failures: current.failures })) void reloadWhenServed();
    }, LOOK);
    return () => clearInterval(timer);
  }, []);
}

/** yes: the screen stays on; no: this browser, or a connection without HTTPS, does not let the page ask for it. */
export type Awake = 'yes' | 'no' | 'asked';

/** Asks for a screen that stays on, again each time that the page is seen again: browsers let go of it meanwhile. */
export function useAwake(): Awake {
  const [awake, setAwake] = useState<Awake>('asked');
  useEffect(() => {
    if (!('wakeLock' in navigator)) {
      setAwake('no');
      return undefined;
    }
    let wanted = true;
    let lock: WakeLockSentinel | null = null;
    const ask = (): void => {
      if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
      navigator.wakeLock.request('screen').then(
        (given) => {
          lock = given;
          if (!wanted) void given.release();
          else setAwake('yes');
        },
        () => {
          if (wanted) setAwake('no');
        },
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      wanted = false;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
  return awake;
}
