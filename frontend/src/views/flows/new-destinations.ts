// SPDX-License-Identifier: MIT
// Which destinations nobody here had before in this session: each is said to be new once. Keeps a memory of its own.

import { groupKey } from '../../store/grouping';
import type { Grouping, Selection } from '../../store/selection';
import type { Destination } from './flows';

/** How long a destination counts as new, and how old a session has to be for anything to be. Milliseconds. */
export const NEW_FOR = 12_000;
const SETTLED = 15_000;
/** More keys than these are not remembered: what was first seen long ago is not new anyway. */
const MEMORY = 20_000;

export class NewDestinations {
  #by: Grouping | null = null;
  /** When a key was first met; null for what was here before. */
  readonly #met = new Map<string, number | null>();

  /** The keys that are new now. */
  follow(
    selection: Pick<Selection, 'now' | 'site' | 'held'>,
    by: Grouping,
    destinations: ReadonlyMap<string, Destination>,
  ): ReadonlySet<string> {
    if (by !== this.#by || this.#met.size > MEMORY) this.#met.clear();
    this.#by = by;
    const { now } = selection;
    const settled = now - (selection.site?.session ?? 0) > SETTLED;
    const found = new Set<string>();
    for (const { key, seen } of destinations.values()) {
      let met = this.#met.get(key);
      if (met === undefined)
        this.#met.set(key, (met = settled && now - seen <= NEW_FOR && !hadBefore(selection, by, key) ? seen : null));
      if (met !== null && now - met <= NEW_FOR) found.add(key);
    }
    return found;
  }
}

/** Something idle that is not drawn may have had it. */
function hadBefore({ held, now }: Pick<Selection, 'held' | 'now'>, by: Grouping, key: string): boolean {
  return held.some((one) => now - Math.min(one.seen, one.remote.seen) > NEW_FOR && groupKey(one, by) === key);
}
