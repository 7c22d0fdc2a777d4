// SPDX-License-Identifier: MIT
// What the page is called: the view that is open, for tabs, for bookmarks, and for those who hear it.

import { useEffect } from 'preact/hooks';
import type { Translate } from '../i18n';
import { isolate, printable } from '../parts/characters';
import { useSpokenStatus } from '../parts/spoken-status';
import type { Status } from '../store/status';
import { VIEWS } from '../views/registry';
import type { Route } from './route';

/** The name of what is open: of a device's page the device's. */
export function viewName({ view, alias }: Pick<Route, 'view' | 'alias'>, t: Translate): string {
  return view === 'device' && alias !== null ? isolate(printable(alias)) : t(VIEWS[view].title);
}

/** It says so first when it is not as it should be: the title of a window is seen where the window is covered. */
export function useTitle(route: Pick<Route, 'view' | 'alias'>, status: Status, t: Translate, locale: string): void {
  const spoken = useSpokenStatus(status, t, locale);
  const name = `${viewName(route, t)} – ${t('title')}`;
  const { tone } = status;
  const title = tone === 'good' || tone === 'still' ? name : `${spoken} – ${name}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
