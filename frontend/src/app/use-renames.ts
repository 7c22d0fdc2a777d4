// SPDX-License-Identifier: MIT
// Devices are named by their alias in the address; who looks at one goes on looking at it when somebody gives it another name.

import { useEffect, useRef } from 'preact/hooks';
import { whoIs } from '../parts/who-is';
import type { Device } from '../store/rows';
import type { Route } from './route';
import type { Go } from './use-route';

/** The route with each alias put through rename; the same object where that changes none. */
export function renamed(route: Route, rename: (alias: string) => string): Route {
  const alias = route.alias === null ? null : rename(route.alias);
  const who = route.who.startsWith('=') ? `=${rename(route.who.slice(1))}` : route.who;
  let { target } = route;
  if (target && 'alias' in target) {
    const now = rename(target.alias);
    if (now !== target.alias) target = { ...target, alias: now };
  }
  if (alias === route.alias && who === route.who && target === route.target) return route;
  return { ...route, alias, who, target };
}

/** The device that had the alias when it was last looked for has another one by now. */
export function renamer(
  devices: readonly Device[],
  before: ReadonlyMap<string, Device>,
): { readonly rename: (alias: string) => string; readonly held: ReadonlyMap<string, Device> } {
  const held = new Map<string, Device>();
  const rename = (alias: string): string => {
    const device = whoIs(alias, devices, before.get(alias));
    if (!device) return alias;
    held.set(alias, device);
    return device.alias;
  };
  return { rename, held };
}

/** The route by the names of now, at once; the address follows. */
export function useRenames(asked: Route, devices: readonly Device[], go: Go): Route {
  const before = useRef<ReadonlyMap<string, Device>>(new Map());
  const { rename, held } = renamer(devices, before.current);
  const route = renamed(asked, rename);
  before.current = held;
  useEffect(() => {
    if (route !== asked) go(() => route, false);
  });
  return route;
}
