// SPDX-License-Identifier: MIT
// The page: puts the feed, the address, the viewer's wishes and the views together.

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatter } from '../i18n/format';
import type { Device } from '../store/rows';
import { savePicture } from './save-picture';
import { PlaybackBar } from './playback-bar';
import { ExtrasMenu } from './extras-menu';
import { useRecordings } from './use-recordings';
import { useSound } from './sound/use-sound';
import { Detail } from '../views/detail/detail-panel';
import { history } from '../parts/rate-history';
import type { ViewProps } from '../views/view-props';
import type { Selection, Target } from '../store/selection';
import { VIEWS, type ViewName } from '../views/registry';
import { Empty, Stumbled } from './empty';
import { Filters } from './filters';
import { Guard } from '../parts/guard';
import { Header } from './header';
import { usePreferences } from './preferences';
import { changeOptions, fromRouteTarget, toRouteTarget, type Route } from './route';
import { useScreen } from '../parts/screen';
import { Credits, SourcesPanel } from './sources-panel';
import { Notices, StatusLine, SummaryLine } from './status-line';
import { summarise } from '../store/summary';
import { LiveContext } from '../store/use-connections';
import { useLive } from './use-live';
import { useRoute } from './use-route';
import { fetchViews, useView } from '../views/use-view';

/** Whose traffic is shown is not there: an empty picture of everyone else would be a lie. */
function whoIsMissing(route: Route, selection: Selection): boolean {
  return route.who !== 'all' && !selection.only;
}

/** So long after the first picture there is time for what is not shown yet. Milliseconds. */
const REST = 8000;

export function App() {
  const preferences = usePreferences();
  const { t, locale, theme } = preferences;
  const [route, go] = useRoute();
  const { view } = route;
  const screen = useScreen(view === 'display');
  const [paused, setPaused] = useState(false);
  const { live, connection, selection, status } = useLive(route, paused);
  useEffect(() => {
    if (selection) history.take(selection.devices, selection.now);
  }, [selection]);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const summary = useMemo(() => (selection ? summarise(selection) : null), [selection]);
  const View = useView(view);
  const ready = selection !== null;
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(fetchViews, REST);
    return () => clearTimeout(timer);
  }, [ready]);
  const devices = selection?.devices;
  const target = useMemo(() => fromRouteTarget(route.target, devices ?? []), [route.target, devices]);

  const onTarget = useCallback(
    (next: Target | null): void => go((from) => ({ ...from, target: toRouteTarget(next, devices ?? []) })),
    [go, devices],
  );
  const moves = useMemo(
    () =>
      ({
        onOptions: (change: Readonly<Record<string, string | null>>) =>
          go((from) => ({ ...from, options: changeOptions(from.options, change) })),
        onView: (next: ViewName, alias?: string) =>
          go((from) => ({ ...from, view: next, alias: next === 'device' ? (alias ?? null) : null })),
        onOnly: (device: Device | null) => go((from) => ({ ...from, who: device ? `=${device.alias}` : 'all' })),
      }) satisfies Pick<ViewProps, 'onOptions' | 'onView' | 'onOnly'>,
    [go],
  );

  useEffect(() => {
    document.title =
      status.tone === 'good' || status.tone === 'still'
        ? t('title')
        : `${t('title')}: ${t(status.key, { n: 2, ...status.values })}`;
  }, [status.tone, status.key, t]);

  const recordings = useRecordings(live);
  const missing = selection !== null && whoIsMissing(route, selection);
  const nothing =
    selection === null || (!VIEWS[view].explainsEmpty && (missing || selection.conversations.length === 0));
  const props: ViewProps | null = selection && {
    ...moves,
    selection,
    kind: route.kind,
    find: route.find,
    target,
    onTarget,
    options: route.options,
    alias: route.alias,
    status,
    wall: view === 'display',
    recorded: recordings.playback !== null,
    t,
    locale,
    theme,
    size: screen.size,
    scale: screen.scale,
    paused,
    reducedMotion: screen.reducedMotion,
  };
  const sources = selection?.sources ?? [];
  const sound = useSound(selection, target, paused);
  const take = useRef<() => void>(() => undefined);
  const shownAt = (): number => (recordings.playback ? recordings.playback.began + recordings.playback.at : Date.now());
  take.current = () =>
    void savePicture({
      view,
      time: shownAt(),
      title: t('picture.caption', { view: t(VIEWS[view].title) }),
      sources,
      locale,
      t,
    });
  const { picture } = VIEWS[view];
  const drawn =
    picture === 'lookups'
      ? (selection?.lookups.length ?? 0) > 0
      : picture === 'always' && !nothing && route.options.table !== '1';
  const menu = useMemo(
    () => <ExtrasMenu recordings={recordings} sound={sound} onPicture={drawn ? () => take.current() : null} t={t} />,
    [recordings.playback === null, recordings.refusal, recordings.save, sound.on, drawn, t],
  );
  // The same as before costs nothing to compare.
  const header = useMemo(
    () => (
      <Header
        route={route}
        preferences={preferences}
        paused={paused}
        menu={menu}
        t={t}
        onView={moves.onView}
        onPaused={setPaused}
      />
    ),
    [route, theme, t, paused, menu],
  );
  const about = route.options.about === '1';
  const onAbout = (open: boolean): void => moves.onOptions({ about: open ? '1' : null });
  const onFilter = (change: Partial<Pick<Route, 'who' | 'kind' | 'find'>>): void =>
    go((from) => ({ ...from, ...change }));
  const stage =
    nothing || !props ? (
      <Empty
        connection={connection}
        selection={selection}
        route={route}
        t={t}
        onClear={() => onFilter({ who: 'all', kind: 'all', find: '' })}
      />
    ) : (
      View && (
        <LiveContext.Provider value={live}>
          <Guard of={view} instead={<Stumbled t={t} />}>
            <View {...props} />
          </Guard>
        </LiveContext.Provider>
      )
    );

  if (view === 'display') {
    return (
      <div class={`page page-${screen.size} page-wall-mode`}>
        <main id="main" tabIndex={-1}>
          <div class="view">{stage}</div>
        </main>
      </div>
    );
  }
  return (
    <div class={`page page-${screen.size} view-${view}${target || about ? ' with-detail' : ''}`}>
      {header}
      <section class="situation" aria-label={t('app.situation')}>
        {recordings.playback && (
          <PlaybackBar
            playback={recordings.playback}
            paused={paused}
            onPaused={setPaused}
            onSpeed={(speed) => recordings.tell({ kind: 'speed', speed })}
            onSeek={(at) => recordings.tell({ kind: 'seek', at })}
            onClose={() => {
              setPaused(false);
              recordings.tell({ kind: 'unload' });
            }}
            t={t}
            locale={locale}
          />
        )}
        <StatusLine status={status} t={t} />
        {view !== 'landing' && (
          <Filters route={route} selection={selection} size={screen.size} t={t} onFilter={onFilter} />
        )}
        {summary && !missing && view !== 'device' && <SummaryLine summary={summary} t={t} format={format} />}
      </section>
      <main id="main" tabIndex={-1} class={status.tone === 'bad' ? 'old' : ''}>
        <div class="view">{stage}</div>
        {about ? (
          <SourcesPanel sources={sources} onClose={() => onAbout(false)} t={t} locale={locale} />
        ) : (
          props && target && <Detail {...props} target={target} />
        )}
      </main>
      <footer>
        <Notices selection={selection} t={t} />
        <Credits sources={sources} open={about} onOpen={onAbout} t={t} locale={locale} />
      </footer>
    </div>
  );
}
