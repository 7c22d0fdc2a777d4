// SPDX-License-Identifier: MIT
// The measure of the whole line: a viewer has what the kernel has.

import { asLines, difference, entryOfRow, list, type Entry } from './conntrack';
import type { Line } from './line';
import { until } from './wait';
import type { Viewer } from './viewer';

/**
 * Waits until the viewer's topic "connections" is what conntrack lists, entry by entry, between two listings that are
 * equal; the entries. The collector has to show all entries (SHOW_ALL).
 */
export async function exact(line: Line, viewer: Viewer, ms: number): Promise<Entry[]> {
  let fault = '';
  let before = await list(line.router);
  await until(
    'the viewer to have what the kernel has',
    ms,
    async () => {
      const decoded = viewer.rows('connections', 'connections').map(entryOfRow);
      const after = await list(line.router);
      const still = asLines(before).join('\n') === asLines(after).join('\n');
      before = after;
      fault = still ? difference(after, decoded) : 'the listings differ';
      return still && viewer.reader('connections').whole && fault === '';
    },
    () => `${fault}\n${viewer.describe()}`,
  );
  return before;
}
