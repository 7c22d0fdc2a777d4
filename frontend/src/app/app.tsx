// SPDX-License-Identifier: MIT
// The page: puts the feed, the address, the viewer's wishes and the views together.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { EVERY_SITE } from '../feed/every-site';
import { history } from '../parts/rate-history';
import { useScreen, type Screen } from '../parts/screen';
import type { Playback } from '../record/recorder-messages';
import { actsOf } from '../store/acts';
import { spotlightOf } from '../store/room';
import type { Device, Room } from '../store/rows';
import type { Selection, Target } from '../store/selection';
import { VIEWS } from '../views/registry';
import { fetchViews } from '../views/use-view';
import type { ViewProps } from '../views/view-props';
import { ExtrasMenu } from './extras-menu';
import { Header, InMenu } from './header';
import { usePreferences, type Preferences } from './preferences';
import { Around } from './consent/around';
import { complaint, useSitePick } from './site-pick';
import { Shell, Wall } from './shell';
import { useSound } from './sound/use-sound';
import { hasNothing, Stage } from './stage';
import { useLive, type LiveState } from './use-live';
import { useMoves, useTarget, type Moves } from './use-moves';
import { useRenames } from './use-renames';
import { usePicture } from './use-picture';
import { useRecordings } from './use-recordings';
import { useRoute } from './use-route';
import { useTitle } from './use-title';
import type { Route } from './route';

const NOBODY: readonly Device[] = [];
/** So long after the first picture there is time for what is not shown yet. Milliseconds. */
const REST = 8000;

/** What is done with each selection, whatever view is open, and once after the first. */
function useSelection(selection: Selection | null): void {
  useEffect(() => {
    if (selection) history.take(selection.devices, selection.now);
  }, [selection]);
  const ready = selection !== null;
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(fetchViews, REST);
    return () => clearTimeout(timer);
  }, [ready]);
}

interface Looks {
  readonly route: Route;
  readonly state: LiveState;
  readonly screen: Screen;
  readonly preferences: Preferences;
  readonly moves: Moves;
  readonly paused: boolean;
  readonly playback: Playback | null;
}

/** The same for as long as it is the same. */
function useSpotlight(room: Room | null): Target | null {
  const { device = null, company = null } = room ?? {};
  return useMemo(() => spotlightOf({ device, company }), [device, company]);
}

/** What the open view gets; null before the first selection. */
function useViewProps({ route, state, screen, preferences, moves, paused, playback }: Looks): ViewProps | null {
  const { selection, connection } = state;
  const { t, locale, theme } = preferences;
  const target = useTarget(route, selection?.devices ?? []);
  const { hello, me } = connection;
  const acts = useMemo(
    () => (playback || state.live.site === EVERY_SITE ? null : actsOf(hello, me, (words) => state.live.ask(words))),
    [hello, me, playback, state.live],
  );
  const spotlight = useSpotlight(route.view === 'display' ? (selection?.room ?? null) : null);
  if (!selection) return null;
  const { onTarget, onOptions, onView, onOnly, onNames } = moves;
  const { kind, find, options, alias, view } = route;
  return {
    ...{ selection, kind, find, target, onTarget, options, onOptions, onView, alias, onOnly, onNames },
    ...{ t, locale, theme, size: screen.size, scale: screen.scale, paused, reducedMotion: screen.reducedMotion },
    wall: view === 'display',
    afar: null,
    spotlight,
    complaint: playback ? '' : complaint({ ...connection, site: route.site, t }),
    acts: view === 'display' ? null : acts,
    certificate: connection.hello?.certificate ?? '',
    recorded: playback !== null,
  };
}

export function App() {
  const preferences = usePreferences();
  const { t, locale } = preferences;
  const [asked, go] = useRoute();
  const screen = useScreen(asked.view === 'display');
  const [paused, setPaused] = useState(false);
  const state = useLive(asked, paused);
  const { live, connection, selection, status } = state;
  const route = useRenames(asked, selection?.devices ?? NOBODY, go);
  const { view, options } = route;
  useSelection(selection);
  useTitle(route, status, t, locale);
  const moves = useMoves(go, selection?.devices ?? []);
  const recordings = useRecordings(live);
  const { playback, refusal, save, open } = recordings;
  const props = useViewProps({ route, state, screen, preferences, moves, paused, playback });
  const nothing = hasNothing(route, selection);
  const sound = useSound(selection, props?.target ?? null, paused);
  const onPicture = usePicture({ view, selection, nothing, options, playback, preferences });
  const playing = playback !== null;
  // one opens a recording to see it go on
  useEffect(() => setPaused(false), [playing]);
  const together = route.site === EVERY_SITE;
  const { onView, onSite, onLead } = moves;
  const leads = connection.hello?.role === 'facilitator';
  const { size } = screen;
  const bar = useMemo(
    () => ({ route, leads, preferences, paused, playing, t, onView, onPaused: setPaused }),
    [route, leads, preferences, paused, playing, t, onView],
  );
  const first = useMemo(() => (size === 'phone' ? <InMenu {...bar} /> : null), [size, bar]);
  const menu = useMemo(
    () => (
      <ExtrasMenu {...{ together, playing, leads, refusal, save, open, sound, onPicture, onLead, first, view, t }} />
    ),
    [together, playing, leads, refusal, save, open, sound, onPicture, onLead, first, view, t],
  );
  const sites = useSitePick({ ...connection, site: route.site, onSite, t }, playing);
  const inHeader = size === 'phone' ? null : sites;
  // The same as before costs nothing to compare.
  const header = useMemo(() => <Header {...bar} {...{ size, menu }} sites={inHeader} />, [bar, size, menu, inHeader]);
  const stage = (
    <Stage
      {...{ view, live, connection, route, preferences, status, selection, onView }}
      props={nothing ? null : props}
      onClear={() => moves.onFilter({ who: 'all', kind: 'all', find: '' })}
    />
  );
  if (VIEWS[view].wholePage) return <Wall size={size}>{stage}</Wall>;
  const standing = { status, selection, connection, screen, preferences, moves, paused, recordings };
  const onChanged = (): void => live.again();
  return (
    <Around {...{ props, preferences }} hello={connection.hello} waits={connection.asksMe && !playing}>
      {(choice) => (
        <Shell {...{ header, stage, route, sites, props, onChanged, choice, ...standing }} onPaused={setPaused} />
      )}
    </Around>
  );
}
