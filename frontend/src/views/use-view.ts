// SPDX-License-Identifier: MIT
// Loads the views: the one that is wanted now, and the others when there is time.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { reloadWhenServed } from '../parts/reload';
import { VIEWS, type ViewName } from './registry';
import type { ViewProps } from './view-props';

type View = ComponentType<ViewProps>;

/** Between two attempts to load a view. Milliseconds. */
const RETRY = 3000;
/** Some browsers remember that a part could not be loaded: then only loading the page anew helps. */
const ATTEMPTS = 4;

const loaded = new Map<ViewName, View>();

/** Fetches the others when there is time, so that they are there when the network is not. */
export function fetchViews(): void {
  for (const { load } of Object.values(VIEWS)) load().catch(() => undefined);
}

/** The view's component, or null until it has come. */
export function useView(view: ViewName): View | null {
  const [, again] = useState(0);
  const known = loaded.get(view) ?? null;
  useEffect(() => {
    if (loaded.has(view)) return undefined;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempts = 0;
    const attempt = (): void => {
      attempts += 1;
      VIEWS[view].load().then(
        (module) => {
          loaded.set(view, module.default);
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
  }, [view]);
  return known;
}
