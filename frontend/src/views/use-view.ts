// SPDX-License-Identifier: MIT
// Loads the views, and the panel of details: what is wanted now, and the others when there is time.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { reloadWhenServed } from '../parts/reload';
import type { FindingProps } from '../parts/finding/finding-band';
import type { PastListProps } from '../parts/past/past-list';
import type { WallNewsProps } from '../parts/past/wall-news';
import type { DetailProps } from './detail/detail-panel';
import { VIEWS, type ViewName } from './registry';
import type { RoundPanelProps } from './round/round-panel';
import type { ViewProps } from './view-props';

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>;

/** Between two attempts to load one. Milliseconds. */
const RETRY = 3000;
/** Some browsers remember that a part could not be loaded: then only loading the page anew helps. */
const ATTEMPTS = 4;

/** By what loads them. */
const loaded = new Map<unknown, unknown>();

const DETAIL: Load<DetailProps> = () => import('./detail/detail-panel');
const FINDING: Load<FindingProps> = () => import('../parts/finding/finding-band');
const PAST: Load<PastListProps> = () => import('../parts/past/past-list');
const WALL_NEWS: Load<WallNewsProps> = () => import('../parts/past/wall-news');

async function fetchOne<Props>(load: Load<Props>): Promise<void> {
  loaded.set(load, (await load()).default);
}

const ROUND: Load<RoundPanelProps> = () => import('./round/round-panel');
const WALL_ROUND: Load<ViewProps> = () => import('./display/wall-round');

/** The panel of details is there from then on, and what plays a round. */
export const fetchDetail = (): Promise<void> => fetchOne(DETAIL);
export const fetchRounds = (): Promise<unknown> => Promise.all([fetchOne(ROUND), fetchOne(WALL_ROUND)]);

/** Fetches all that one goes to when there is time, so that they are there when the network is not. */
export function fetchViews(): void {
  for (const { load, led, wholePage } of Object.values(VIEWS))
    if (!led && !wholePage) fetchOne(load).catch(() => undefined);
  fetchDetail().catch(() => undefined);
}

/** The component, or null until it has come. load: null while it is not wanted. */
export function useLoaded<Props>(load: Load<Props> | null): ComponentType<Props> | null {
  const [, again] = useState(0);
  const known = load && (loaded.get(load) as ComponentType<Props> | undefined);
  useEffect(() => {
    if (!load || loaded.has(load)) return undefined;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempts = 0;
    const attempt = (): void => {
      attempts += 1;
      fetchOne(load).then(
        () => {
          if (wanted) again((count) => count + 1);
        },
        () => {
          if (!wanted) return;
          if (attempts % ATTEMPTS === 0) void reloadWhenServed();
          timer = setTimeout(attempt, RETRY);
        },
      );
    };
    attempt();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [load]);
  return known ?? null;
}

export const useView = (view: ViewName): ComponentType<ViewProps> | null => useLoaded(VIEWS[view].load);

/** What plays a round that is on: few ever see one. wanted: there is one. */
export const useRound = (wanted: boolean): ComponentType<RoundPanelProps> | null => useLoaded(wanted ? ROUND : null);
export const useWallRound = (wanted: boolean): ComponentType<ViewProps> | null => useLoaded(wanted ? WALL_ROUND : null);

export const useDetail = (wanted: boolean): ComponentType<DetailProps> | null => useLoaded(wanted ? DETAIL : null);

/** What happened; not in a recording, which has nothing of it. */
export const usePastList = (wanted: boolean): ComponentType<PastListProps> | null => useLoaded(wanted ? PAST : null);
export const useWallNews = (wanted: boolean): ComponentType<WallNewsProps> | null =>
  useLoaded(wanted ? WALL_NEWS : null);

/** The sentence above the views, with its rules and words. */
export const useFinding = (wanted: boolean): ComponentType<FindingProps> | null => useLoaded(wanted ? FINDING : null);
