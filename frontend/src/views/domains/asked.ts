// SPDX-License-Identifier: MIT
// What is behind a bar: its whole names, who asked for each, when, and what came of it. Pure.

import type { Lookup, Name } from '../../store/rows';
import { compareText } from '../parts/steps';
import { barKey, fits } from './bars';
import type { Naming, Results } from './settings';

export interface AskedName {
  readonly name: Name;
  readonly asked: number;
  /** One for each device, the latest first. */
  readonly lookups: readonly Lookup[];
}

export function askedNames(lookups: readonly Lookup[], key: string, naming: Naming, results: Results): AskedName[] {
  const byName = new Map<Name, Lookup[]>();
  for (const lookup of lookups) {
    if (!fits(lookup, results) || barKey(lookup, naming) !== key) continue;
    const list = byName.get(lookup.name);
    if (list) list.push(lookup);
    else byName.set(lookup.name, [lookup]);
  }
  return [...byName]
    .map(([name, list]): AskedName => {
      list.sort((a, b) => b.asked - a.asked || a.device.id - b.device.id);
      return { name, asked: list[0]?.asked ?? 0, lookups: list };
    })
    .sort((a, b) => b.asked - a.asked || compareText(a.name.name, b.name.name));
}
