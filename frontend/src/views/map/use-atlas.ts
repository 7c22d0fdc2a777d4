// SPDX-License-Identifier: MIT
// The map for this screen: the coarse one first, and the fine one on top where it is worth its size.

import { useEffect, useState } from 'preact/hooks';
import { loadAtlas, middles, type Atlas } from './atlas';
import type { Middles } from './marks';
import { outlinesOf, type Outlines } from './outlines';

/** Milliseconds. */
const RETRY = 3000;
const NOWHERE: Middles = new Map();

export interface Ground {
  readonly outlines: Outlines | null;
  readonly middles: Middles;
}

export function useAtlas(fine: boolean): Ground {
  const [outlines, setOutlines] = useState<Outlines | null>(null);
  const [centres, setCentres] = useState(NOWHERE);
  useEffect(() => {
    let wanted = true;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const take = async (detail: Atlas['detail']): Promise<void> => {
      const atlas = await loadAtlas(detail);
      const made = await outlinesOf(atlas);
      if (!wanted) return;
      if (detail === 'coarse') setCentres((last) => (last === NOWHERE ? middles(atlas) : last));
      setOutlines((last) => (last?.detail === 'fine' ? last : made));
    };
    const load = (detail: Atlas['detail'], then?: Atlas['detail']): void => {
      take(detail).then(
        () => {
          if (wanted && then) load(then);
        },
        () => {
          if (wanted) retry = setTimeout(() => load(detail, then), RETRY);
        },
      );
    };
    load('coarse', fine ? 'fine' : undefined);
    return () => {
      wanted = false;
      clearTimeout(retry);
    };
  }, [fine]);
  return { outlines, middles: centres };
}
