// SPDX-License-Identifier: MIT
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { readRoute, writeRoute, type Route } from './route';

/** The address of a route, for links. */
export function hrefOf(route: Route): string {
  return `#${writeRoute(route)}`;
}

/** Another view, another device's page, and details that open are steps to go back to; all else changes where one is. */
function isStep(from: Route, to: Route): boolean {
  return to.view !== from.view || to.alias !== from.alias || (to.target !== null && from.target === null);
}

export type Go = (change: (route: Route) => Route, step?: boolean) => void;

/** The route of this page's address, and a way to change it. step: false where it is no step to go back to, whatever changes. */
export function useRoute(): readonly [Route, Go] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  const current = useRef(route);
  useLayoutEffect(() => {
    const follow = (): void => {
      current.current = readRoute(location.hash);
      setRoute(current.current);
    };
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, []);
  const go = useCallback<Go>((change, step = true) => {
    const from = current.current;
    const to = change(from);
    const fields = writeRoute(to);
    if (fields === writeRoute(from)) return;
    const address = fields === '' ? location.pathname + location.search : `#${fields}`;
    if (step && isStep(from, to)) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    // another view begins at its top; a device that has got another name is where it was
    if (step && (to.view !== from.view || to.alias !== from.alias)) scrollTo(0, 0);
    current.current = to;
    setRoute(to);
  }, []);
  return [route, go];
}
