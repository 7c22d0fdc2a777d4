// SPDX-License-Identifier: MIT
import { useEffect, useState } from 'preact/hooks';
import { readRoute, writeRoute, type Route } from './route';

/** The route of this page's address, and a way to change it. Changes of view alone are steps to go back to. */
export function useRoute(): readonly [Route, (route: Route) => void] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(readRoute(location.hash));
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, []);
  const go = (next: Route): void => {
    const fields = writeRoute(next);
    const address = fields === '' ? location.pathname + location.search : `#${fields}`;
    if (next.view === route.view) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setRoute(next);
  };
  return [route, go];
}
