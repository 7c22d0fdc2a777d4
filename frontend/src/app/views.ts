// SPDX-License-Identifier: MIT
// The views that there are. Each is loaded when it is first wanted, so that the first one is there soon.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ViewName, ViewProps } from '../views/types';
import { reloadWhenServed } from './reload';

type View = ComponentType<ViewProps>;

const FOLDERS: Readonly<Record<ViewName, string>> = {
  landing: 'landing',
  flows: 'sankey',
  map: 'map',
  domains: 'domains',
  devices: 'devices',
  device: 'device',
  connections: 'connections',
  display: 'display',
};
const modules = import.meta.glob<{ readonly default: View }>([
  '../views/landing/index.tsx',
  '../views/sankey/index.tsx',
  '../views/map/index.tsx',
  '../views/domains/index.tsx',
  '../views/devices/index.tsx',
  '../views/device/index.tsx',
  '../views/connections/index.tsx',
  '../views/display/index.tsx',
]);

/** Between two attempts to load a view. Milliseconds. */
const RETRY = 3000;
/** Some browsers remember that a part could not be loaded: then only loading the page anew helps. */
const ATTEMPTS = 4;

const loaded = new Map<ViewName, View>();

function loaderOf(view: ViewName): (() => Promise<{ readonly default: View }>) | undefined {
  return modules[`../views/${FOLDERS[view]}/index.tsx`];
}

export function hasView(view: ViewName): boolean {
  return loaderOf(view) !== undefined;
}

/** Fetches the others when there is time, so that they are there when the network is not. */
export function fetchViews(): void {
  for (const load of Object.values(modules)) load().catch(() => undefined);
}

/** The view's component, or null until it has come. */
export function useView(view: ViewName): View | null {
  const [, again] = useState(0);
  const known = loaded.get(view) ?? null;
  useEffect(() => {
    const load = loaderOf(view);
    if (loaded.has(view) || !load) return undefined;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempts = 0;
    const attempt = (): void => {
      attempts += 1;
      load().then(
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
