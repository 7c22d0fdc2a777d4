// SPDX-License-Identifier: MIT
import { useEffect, useRef } from 'preact/hooks';
import { reloadWhenServed } from '../../app/reload';
import { isDue } from './recovery';

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
