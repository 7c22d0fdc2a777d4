// SPDX-License-Identifier: MIT
// What the viewer's own device looked up, as the collector answers `asked` (common/PROTOCOL.md): where the topic `lookups` is
// not for this viewer.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Acts } from '../../store/acts';
import { readCategory, type Category } from '../../store/category';
import type { LookupResult } from '../../store/rows';

/** Of one name. */
export interface OwnLookup {
  readonly name: string;
  /** When it was asked for last, on the feed's clock. */
  readonly asked: number;
  readonly result: LookupResult | null;
  readonly category: Category | null;
}

export interface OwnLookups {
  /** The latest first. */
  readonly list: readonly OwnLookup[];
  readonly more: boolean;
}

const RESULTS: readonly LookupResult[] = ['answered', 'nodata', 'nxdomain', 'blocked', 'failed'];
/** Between two questions. Milliseconds. */
const PAUSE = 5000;

/** now: on the feed's clock. Null: that is no such answer. */
export function readOwnLookups(answer: Readonly<Record<string, unknown>>, now: number): OwnLookups | null {
  const { lookups, more } = answer;
  if (!Array.isArray(lookups)) return null;
  const list = lookups.flatMap((item: unknown): OwnLookup[] => {
    const [name, age, , result, , category] = Array.isArray(item) ? (item as unknown[]) : [];
    if (typeof name !== 'string' || typeof age !== 'number') return [];
    return [
      {
        name,
        asked: now - age,
        result: RESULTS.find((one) => one === result) ?? null,
        category: readCategory(typeof category === 'string' ? category : null),
      },
    ];
  });
  return { list, more: more === true };
}

/** The same with what came before it, which has only older ones. */
export function joined(newer: OwnLookups, before: OwnLookups | null): OwnLookups {
  if (!before || !newer.more) return newer;
  const names = new Set(newer.list.map(({ name }) => name));
  return { list: [...newer.list, ...before.list.filter(({ name }) => !names.has(name))], more: before.more };
}

/** looked: when the device last asked for a name: then it is asked again. Null: nothing was told yet. */
export function useOwnLookups(
  { ask }: Pick<Acts, 'ask'>,
  looked: number | null,
  now: number,
): { readonly lookups: OwnLookups | null; readonly more: () => void } {
  const [lookups, setLookups] = useState<OwnLookups | null>(null);
  const askedAt = useRef(-Infinity);
  // as they are when it is time to ask
  const latest = useRef({ ask, now });
  latest.current = { ask, now };
  const fetchFrom = useCallback(async (skip: number): Promise<void> => {
    const answer = await latest.current.ask(skip === 0 ? 'asked' : `asked ${skip}`);
    const told = answer.done ? readOwnLookups(answer.result, latest.current.now) : null;
    if (told)
      setLookups((before) => (skip === 0 ? joined(told, before) : before && joined({ ...before, more: true }, told)));
  }, []);
  useEffect(() => {
    const wait = Math.max(0, askedAt.current + PAUSE - performance.now());
    const timer = setTimeout(() => {
      askedAt.current = performance.now();
      void fetchFrom(0);
    }, wait);
    return () => clearTimeout(timer);
  }, [looked, fetchFrom]);
  return { lookups, more: () => void fetchFrom(lookups?.list.length ?? 0) };
}
