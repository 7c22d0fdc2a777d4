// SPDX-License-Identifier: MIT
import { useEffect, useState } from 'preact/hooks';

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
