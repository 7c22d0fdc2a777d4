// SPDX-License-Identifier: MIT
// The page as somebody would have it before them, as text: the real frame and the real views over the real store.

import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Translate } from '../../i18n';
import type { ScreenSize } from '../../parts/screen';
import type { Playback } from '../../record/recorder-messages';
import type { Refusal } from '../../record/recording';
import type { Acts } from '../../store/acts';
import { EVERYTHING, type Filter } from '../../store/filter';
import type { FeedState, Live } from '../../store/live';
import { spotlightOf } from '../../store/room';
import type { Selection } from '../../store/selection';
import { statusOf, type Status } from '../../store/status';
import { LiveContext } from '../../store/live-context';
import { fetchDetail, fetchRounds } from '../../views/use-view';
import { VIEWS } from '../../views/registry';
import { StatusContext } from '../../views/status-context';
import type { ViewProps } from '../../views/view-props';
import { Empty } from '../empty';
import { ExtrasMenu } from '../extras-menu';
import { Header } from '../header';
import type { Preferences } from '../preferences';
import { fromRouteTarget, START, type Route } from '../route';
import { Shell, Wall } from '../shell';
import { complaint, SitePick } from '../site-pick';
import { hasNothing } from '../stage';
import { home } from './home';
import { selectionOf, type Patch } from './made-feed';
import type { Topic } from '../../feed/schema';

export interface Words {
  readonly t: Translate;
  readonly locale: string;
}

export interface Shown extends Partial<Route> {
  /** How the household is another than usual, and what then happens, so many milliseconds later. */
  readonly but?: Patch;
  readonly then?: Patch;
  readonly after?: number;
  /** Topics that are not for this viewer. */
  readonly kept?: readonly Topic[];
  /** Two sites, which are the same, are shown together. */
  readonly together?: boolean;
  /** The viewer's address. */
  readonly address?: string;
  /** Nothing has come yet. */
  readonly early?: boolean;
  readonly feed?: Partial<FeedState>;
  /** When the viewer stopped the picture; on the clock of CLOCK. */
  readonly pausedAt?: number;
  readonly playback?: Playback;
  readonly refusal?: Refusal;
  readonly size?: ScreenSize;
  /** What the viewer may have done. */
  readonly acts?: Acts | null;
  /** The page's address. */
  readonly here?: string;
}

/** Of the viewer's machine. Milliseconds. */
export const CLOCK = 1_000_000;

const FEED: FeedState = {
  link: 'open',
  reason: '',
  hello: null,
  ended: null,
  me: null,
  asksMe: false,
  freshAt: CLOCK - 200,
  openAt: CLOCK - 60_000,
  ready: true,
  silent: [],
  playback: null,
};
const nothing = (): void => undefined;
const moves = {
  onTarget: nothing,
  onOptions: nothing,
  onView: nothing,
  onOnly: nothing,
  onNames: nothing,
  onFilter: nothing,
  onAbout: nothing,
  onLead: nothing,
  onSite: nothing,
  onEvidence: nothing,
};

function filterOf({ who, kind, find, view }: Route, address: string): Filter {
  const only: Filter['only'] =
    who === 'me' ? { kind: 'me' } : who.startsWith('=') ? { kind: 'alias', alias: who.slice(1) } : { kind: 'all' };
  const viewer = { address: view === 'display' ? '' : address, own: null };
  return { ...EVERYTHING, ...viewer, ...(VIEWS[view].whole ? {} : { only, kind, find }) };
}

export async function selected(shown: Shown): Promise<Selection> {
  const route = { ...START, view: 'flows', ...shown } as const;
  return selectionOf({ ...shown, tables: home(shown.but), filter: filterOf(route, shown.address ?? '203.0.113.9') });
}

/** What the frame and the view are made from. */
interface Made extends Words {
  readonly shown: Shown;
  readonly route: Route;
  readonly connection: FeedState;
  readonly selection: Selection | null;
  readonly status: Status;
  readonly size: ScreenSize;
  readonly paused: boolean;
  readonly playing: boolean;
}

async function made(shown: Shown, words: Words): Promise<Made> {
  const { early = false, pausedAt = null, playback = null, size = 'laptop' } = shown;
  const connection: FeedState = { ...FEED, playback, ...shown.feed };
  return {
    ...words,
    ...{ shown, connection, size },
    route: { ...START, view: 'flows', ...shown },
    selection: early ? null : await selected(shown),
    status: statusOf(connection, pausedAt, CLOCK),
    paused: pausedAt !== null,
    playing: playback !== null,
  };
}

/** Null where there is nothing to show. */
function propsOf({ shown, route, connection, selection, t, locale, size, paused, playing }: Made): ViewProps | null {
  const { view, kind, find, options, alias } = route;
  if (!selection || hasNothing(route, selection)) return null;
  return {
    ...{ ...moves, selection, kind, find, options, alias, t, locale, size, paused, theme: 'light', scale: 1 },
    ...{ target: fromRouteTarget(route.target, selection.devices), reducedMotion: true },
    wall: view === 'display',
    afar: null,
    spotlight: view === 'display' ? spotlightOf(selection.room) : null,
    complaint: playing ? '' : complaint({ ...connection, site: route.site, t }),
    acts: shown.acts ?? null,
    certificate: connection.hello?.certificate ?? '',
    recorded: playing,
  };
}

async function stageOf(
  { route, connection, selection, status, t, locale }: Made,
  props: ViewProps | null,
): Promise<VNode> {
  if (!props) return <Empty {...{ connection, selection, route, t, locale }} onClear={nothing} onView={nothing} />;
  const { default: View } = await VIEWS[route.view].load();
  // of the live feed the views ask this alone before something has come
  return (
    <LiveContext.Provider value={{ connection } as Live}>
      <StatusContext.Provider value={status}>
        <View {...props} />
      </StatusContext.Provider>
    </LiveContext.Provider>
  );
}

function headerOf({ shown, route, connection, paused, playing, size, t }: Made, preferences: Preferences): VNode {
  const sound = { on: false, possible: true, toggle: nothing };
  const refusal = shown.refusal ?? null;
  const taken = {
    playing,
    refusal,
    sound,
    t,
    together: false,
    save: nothing,
    open: nothing,
    onPicture: null,
    leads: shown.acts?.leads === true,
    onLead: nothing,
    first: null,
    view: route.view,
  };
  const menu = <ExtrasMenu {...taken} />;
  const sites = <SitePick {...connection} site={route.site} t={t} onSite={nothing} />;
  return (
    <Header
      {...{ sites, route, leads: shown.acts?.leads === true, preferences, paused, playing, size, menu, t }}
      onPaused={nothing}
      onView={nothing}
    />
  );
}

export async function page(shown: Shown, words: Words): Promise<string> {
  Object.assign(globalThis, { innerWidth: 1366, innerHeight: 768 });
  globalThis.location = new URL(shown.here ?? 'http://127.0.0.1/') as unknown as Location;
  const all = await made(shown, words);
  const { route, selection, status, size, paused, connection } = all;
  const props = propsOf(all);
  const stage = await stageOf(all, props);
  await fetchDetail();
  await fetchRounds();
  if (VIEWS[route.view].wholePage) return renderToString(<Wall size={size}>{stage}</Wall>);
  const looks = { theme: 'light', language: 'en', setTheme: nothing, setLanguage: nothing } as const;
  const preferences: Preferences = { ...words, ...looks };
  const { playback } = connection;
  const recordings = { playback, refusal: null, save: nothing, open: nothing, tell: nothing };
  return renderToString(
    <Shell
      {...{ stage, route, props, status, selection, preferences, moves, paused, recordings }}
      header={headerOf(all, preferences)}
      sites={null}
      screen={{ size, scale: 1, reducedMotion: true }}
      onPaused={nothing}
      onChanged={nothing}
      choice={null}
      connection={connection}
    />,
  );
}
