// SPDX-License-Identifier: MIT
// The page: puts the feed, the address, the viewer's wishes and the views together.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatter } from '../i18n/format';
import type { Device } from '../store/rows';
import { Detail } from '../views/detail';
import { MapView } from '../views/map';
import { SankeyView } from '../views/sankey';
import type { Selection, Target, ViewProps } from '../views/types';
import { Empty } from './empty';
import { Header } from './header';
import { usePreferences } from './preferences';
import { fromRouteTarget, toRouteTarget, type Route } from './route';
import { useScreen } from './screen';
import { Sources } from './sources';
import { Notices, StatusLine, SummaryLine } from './status-line';
import { statusOf } from './status';
import { summarise } from './summary';
import { useLive } from './use-live';
import { useRoute } from './use-route';

/** Whose traffic is shown is not there: an empty picture of everyone else would be a lie. */
function whoIsMissing(route: Route, selection: Selection): boolean {
  return route.who !== 'all' && !selection.only;
}

export function App() {
  const preferences = usePreferences();
  const { t, locale, theme } = preferences;
  const screen = useScreen();
  const [route, go] = useRoute();
  const [paused, setPaused] = useState(false);
  const { connection, selection, clock } = useLive(route.who, paused);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const summary = useMemo(() => (selection ? summarise(selection) : null), [selection]);
  const status = statusOf(connection, paused, clock);
  /** Places have no name that an address could hold. */
  const [places, setPlaces] = useState<Target | null>(null);
  const target = useMemo(
    () => (route.target ? fromRouteTarget(route.target, selection?.devices ?? []) : places),
    [route.target, places, selection?.devices],
  );

  const onTarget = (next: Target | null): void => {
    setPlaces(next?.kind === 'places' ? next : null);
    go({ ...route, target: toRouteTarget(next, selection?.devices ?? []) });
  };
  const onOnly = (device: Device | null): void => go({ ...route, who: device ? `=${device.alias}` : 'all' });

  useEffect(() => {
    document.title = status.tone === 'good' || status.tone === 'still' ? t('title') : `${t('title')}: ${t(status.key, { n: 2, ...status.values })}`;
  }, [status.tone, status.key, t]);

  const missing = selection !== null && whoIsMissing(route, selection);
  const nothing = selection === null || missing || selection.conversations.length === 0;
  const props: ViewProps | null = selection && {
    selection,
    target,
    onTarget,
    t,
    locale,
    theme,
    size: screen.size,
    scale: screen.scale,
    paused,
    reducedMotion: screen.reducedMotion,
  };

  return (
    <div class={`page page-${screen.size} view-${route.view}${target ? ' with-detail' : ''}`}>
      <Header route={route} selection={selection} preferences={preferences} paused={paused} onRoute={go} onPaused={setPaused} />
      <section class="truth" aria-label={t('sum.label')}>
        <StatusLine status={status} t={t} />
        {summary && !missing && <SummaryLine summary={summary} t={t} format={format} />}
      </section>
      <main id="main" tabIndex={-1} class={status.tone === 'bad' ? 'old' : ''}>
        <div class="view">
          {nothing || !props ? (
            <Empty connection={connection} selection={selection} who={route.who} t={t} />
          ) : route.view === 'map' ? (
            <MapView {...props} />
          ) : (
            <SankeyView {...props} settings={route.flows} onSettings={(flows) => go({ ...route, flows })} />
          )}
        </div>
        {props && target && <Detail {...props} target={target} onOnly={onOnly} />}
      </main>
      <footer>
        <Notices selection={selection} t={t} />
        <Sources sources={selection?.sources ?? []} t={t} locale={locale} />
      </footer>
    </div>
  );
}
