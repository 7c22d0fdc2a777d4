// SPDX-License-Identifier: MIT
// What is said of what is shown: looked for at most once a second, and less often where that takes long.

import { useContext, useMemo, useRef, useState } from 'preact/hooks';
import { FINDINGS, Pacer } from '../../feed/pacing';
import type { Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { history } from '../rate-history';
import { Chooser, HOLD, type Said } from './chooser';
import { continentOfZone } from './continents';
import type { Memory } from './facts';
import { FindingMemory } from './finding-memory';
import { findingsOf, TABLE } from './rules';

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
  const began = performance.now();
  // another one is chosen at once
  const mine = useRef(chooser);
  if (mine.current !== chooser || pacer.wait(began) === 0) held.current = selection;
  mine.current = chooser;
  const looked = held.current;
  return useMemo(() => {
    const all = findingsOf(looked, memory);
    const found = about
      ? all.filter(({ rule, receipts }) => TABLE[rule].ofDevice && receipts.devices[0] === about)
      : all;
    const said = chooser.choose(found, looked.now, looked.deviceTable);
    pacer.ran(began, performance.now() - began);
    return said;
  }, [looked, about, chooser, pacer]);
}

/** More than what is held open. Bytes a second, of all devices. */
const FLOWS = 50_000;

/** What is said where there is nothing to say: as steady as what is said else. */
export function useCalm({ devices, now }: Selection): 'finding.calm' | 'finding.even' {
  const held = useRef<{ readonly key: 'finding.calm' | 'finding.even'; readonly at: number } | null>(null);
  if (held.current === null || now - held.current.at >= HOLD || now < held.current.at) {
    const rate = devices.reduce((sum, { upRate, downRate, self }) => (self ? sum : sum + upRate + downRate), 0);
    held.current = { key: rate < FLOWS ? 'finding.calm' : 'finding.even', at: now };
  }
  return held.current.key;
}
