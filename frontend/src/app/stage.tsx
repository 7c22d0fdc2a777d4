// SPDX-License-Identifier: MIT
// Where the view stands: the view itself, or why there is none.

import { Guard } from '../parts/guard';
import { Paced } from '../parts/paced';
import { LiveContext } from '../store/live-context';
import type { FeedState, Live } from '../store/live';
import type { Selection } from '../store/selection';
import type { Status } from '../store/status';
import { VIEWS, type ViewName } from '../views/registry';
import { StatusContext } from '../views/status-context';
import { useView } from '../views/use-view';
import type { ViewProps } from '../views/view-props';
import { Empty, Stumbled, whoIsMissing } from './empty';
import type { Preferences } from './preferences';
import type { Route } from './route';

/** There is nothing to show, and the view does not say so by itself. */
export function hasNothing(route: Route, selection: Selection | null): boolean {
  if (!selection) return true;
  const { listed, explainsEmpty } = VIEWS[route.view];
  // the page of one device is not filtered
  if (listed && whoIsMissing(route, selection)) return true;
  return !explainsEmpty && selection.conversations.length === 0;
}

export interface StageProps {
  readonly view: ViewName;
  readonly live: Live;
  readonly connection: FeedState;
  readonly route: Route;
  readonly preferences: Preferences;
  readonly status: Status;
  /** Null while there is nothing to show. */
  readonly props: ViewProps | null;
  readonly selection: Selection | null;
  /** Takes the filter away. */
  readonly onClear: () => void;
  readonly onView: ViewProps['onView'];
}

export function Stage({ view, live, status, preferences, props, onClear, onView, ...stage }: StageProps) {
  const View = useView(view);
  const { t, locale } = preferences;
  if (!props) return <Empty {...stage} {...{ t, locale, onClear, onView }} />;
  if (!View) return null;
  return (
    <LiveContext.Provider value={live}>
      <StatusContext.Provider value={status}>
        <Guard of={view} instead={<Stumbled t={t} />}>
          <Paced of={View} pace={VIEWS[view].pace} props={props} />
        </Guard>
      </StatusContext.Provider>
    </LiveContext.Provider>
  );
}
