// SPDX-License-Identifier: MIT
// What the sentence above the view speaks of now.

import { useContext, useMemo } from 'preact/hooks';
import { FindingMemory } from './finding-memory';
import type { Receipts } from './finding';
import { spokenBy, type IsSpoken } from './spoken';

export const useReceipts = (): Receipts | null => useContext(FindingMemory).spoken;

/** As it is when the view is drawn: the same as long as the same is spoken of. */
export function useSpoken(): IsSpoken {
  const receipts = useReceipts();
  return useMemo(() => spokenBy(receipts), [receipts]);
}
