// SPDX-License-Identifier: MIT
// What is said of what is shown: looked for at most once a second, and less often where that takes long.

import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { FINDINGS, Pacer } from '../../feed/pacing';
import type { Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { history } from '../rate-history';
import { Chooser, HOLD, type Said } from './chooser';
import { continentOfZone } from './continents';
import { isOneOf, type Memory } from './facts';
import { FindingMemory } from './finding-memory';
import { findingsOf } from './rules';

/** Of this page. */
export const memory: Memory = {
  past: (device) => history.past(device),
  home: continentOfZone(Intl.DateTimeFormat().resolvedOptions().timeZone),
};

/** about: only what is about this device; null: about anything. */
export function useSaid(selection: Selection, about: Device | null): Said | null {
  const remembered = useContext(FindingMemory);
  const [pacer] = useState(() => new Pacer(FINDINGS));
  const held = useRef(selection);
  const only = about ?? selection.only;
  const chooser = useMemo(() => (only ? new Chooser() : (remembered.chooser ??= new Chooser())), [only, remembered]);
  // another one is chosen at once
  const mine = useRef(chooser);
  if (mine.current !== chooser || pacer.wait(performance.now()) === 0) held.current = selection;
  mine.current = chooser;
  const looked = held.current;
  const said = useMemo(() => {
    const began = performance.now();
    const said = chooser.choose(findingsOf(looked, memory, about), looked.now, looked.deviceTable);
    pacer.ran(began, performance.now() - began);
    return said;
  }, [looked, about, chooser, pacer]);
  remembered.spoken = said && said.finding.receipts;
  useEffect(
    () => () => {
      remembered.spoken = null;
    },
    [remembered],
  );
  return said;
}

/** More than what is held open. Bytes a second. */
const FLOWS = 50_000;

/** Whether much moves, where there is nothing to say: as steady as what is said else. about: of this device; null: of all. */
export function useFlowing(selection: Selection, about: Device | null): boolean {
  const { devices, now } = selection;
  const held = useRef<{ readonly flows: boolean; readonly at: number; readonly about: Device | null } | null>(null);
  const { at = -Infinity } = held.current ?? {};
  if (held.current?.about !== about || now - at >= HOLD || now < at) {
    const of = about ? [about] : devices.filter(isOneOf(selection));
    const rate = of.reduce((sum, { upRate, downRate }) => sum + upRate + downRate, 0);
    held.current = { flows: rate >= FLOWS, at: now, about };
  }
  return held.current.flows;
}
