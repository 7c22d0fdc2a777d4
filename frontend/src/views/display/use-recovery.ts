// SPDX-License-Identifier: MIT
import { useEffect, useRef } from 'preact/hooks';
import { isDue } from './recovery';

/** Between two looks. Milliseconds. */
const LOOK = 10_000;

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch(new URL('.', document.baseURI), { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

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
      if (!isDue({ now, loadedAt: 0, liveAt: current.liveAt, failures: current.failures })) return;
      void serverAnswers().then((answers) => {
        if (answers) location.reload();
      });
    }, LOOK);
    return () => clearInterval(timer);
  }, []);
}
