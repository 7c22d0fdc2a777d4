// SPDX-License-Identifier: MIT
// The sound as the page's state: off until somebody asks for it.

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Selection, Target } from '../../store/selection';
import { Geiger } from './geiger';
import { PacketMeter } from './packet-meter';

export interface Sound {
  readonly on: boolean;
  /** False where the browser makes no sound. */
  readonly possible: boolean;
  readonly toggle: () => void;
}

/** The device that is to be heard: the one that is picked, else the one that the filter leaves. */
export function heard(selection: Selection, target: Target | null): number | null {
  return (target && 'device' in target ? target.device : null) ?? selection.only?.id ?? null;
}

export function useSound(selection: Selection | null, target: Target | null, silent: boolean): Sound {
  const geiger = useRef<Geiger | null>(null);
  const [meter] = useState(() => new PacketMeter());
  const [on, setOn] = useState(false);
  useEffect(() => {
    if (!on || !selection || !geiger.current) return;
    const packets = meter.follow(selection.devices, heard(selection, target), selection.now);
    geiger.current.hear(silent ? 0 : packets);
  }, [on, selection, target, silent, meter]);
  useEffect(() => () => geiger.current?.close(), []);
  const toggle = useCallback((): void => {
    geiger.current?.close();
    geiger.current = null;
    if (!on) {
      try {
        geiger.current = new Geiger();
      } catch {
        return;
      }
    }
    setOn(!on);
  }, [on]);
  return useMemo(() => ({ on, possible: typeof AudioContext === 'function', toggle }), [on, toggle]);
}
