// SPDX-License-Identifier: MIT
// The frame around a view: above it how things stand and what is shown, beside it the details, below it whose data it is.

import type { ComponentChildren } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { NUMBERS_EVERY } from '../feed/pacing';
import { formatter } from '../i18n/format';
import { Paced } from '../parts/paced';
import { RoomLine } from '../parts/room-line';
import type { Screen } from '../parts/screen';
import { useLater } from '../parts/use-later';
import { CALM, usePaced } from '../parts/use-paced';
import type { Selection } from '../store/selection';
import type { Status } from '../store/status';
import type { FeedState } from '../store/live';
import { summarise } from '../store/summary';
import { SummaryContext } from '../views/summary-context';
import { useDetail, useFinding, useRound } from '../views/use-view';
import { VIEWS } from '../views/registry';
import type { ViewProps } from '../views/view-props';
import { Filters } from './filters';
import { useLeadPanel } from './lead/use-lead-panel';
import { PlaybackBar } from './playback-bar';
import type { Preferences } from './preferences';
import type { Route } from './route';
import { Credits, SourcesPanel } from './sources-panel';
import { whoIsMissing } from './empty';
import { Notices, StatusLine, SummaryLine } from './status-line';
import type { Moves } from './use-moves';
import { viewName } from './use-title';
import type { Recordings } from './use-recordings';

/** A view that has the whole page. */
export function Wall({ size, children }: Pick<Screen, 'size'> & { readonly children: ComponentChildren }) {
  return (
    <div class={`page page-${size} page-wall-mode`}>
      <main id="main" tabIndex={-1}>
        <div class="view">{children}</div>
      </main>
    </div>
  );
}

export interface ShellProps {
  readonly header: ComponentChildren;
  readonly stage: ComponentChildren;
  readonly route: Route;
  /** Null before the first selection. */
  readonly props: ViewProps | null;
  /** Which site is shown: below the header, where that has no room for it. */
  readonly sites: ComponentChildren;
  readonly status: Status;
  readonly connection: Pick<FeedState, 'hello' | 'ended'>;
  /** The connection begins anew. */
  readonly onChanged: () => void;
  /** What leads to how others see the viewer, where they may choose. */
  readonly choice: ComponentChildren;
  readonly selection: Selection | null;
  readonly screen: Screen;
  readonly preferences: Preferences;
  readonly moves: Moves;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
  readonly recordings: Recordings;
}

function Standing({ recordings, status, paused, onPaused, preferences: { t, locale } }: ShellProps) {
  const { playback, tell } = recordings;
  const line = <StatusLine status={status} t={t} locale={locale} />;
  if (!playback) return line;
  return (
    <PlaybackBar
      playback={playback}
      status={line}
      paused={paused}
      onPaused={onPaused}
      onSpeed={(speed) => tell({ kind: 'speed', speed })}
      onSeek={(at) => tell({ kind: 'seek', at })}
      onClose={() => tell({ kind: 'unload' })}
      t={t}
      locale={locale}
    />
  );
}

/** Sums up what is shown, for all that stands in it. */
function Summed({ selection, children }: Pick<ShellProps, 'selection'> & { readonly children: ComponentChildren }) {
  const paced = usePaced(selection, NUMBERS_EVERY, selection && (selection.only ?? 'all'));
  const summary = useMemo(() => paced && summarise(paced), [paced]);
  return <SummaryContext.Provider value={summary}>{children}</SummaryContext.Provider>;
}

function Summary({ t, locale }: Pick<Preferences, 't' | 'locale'>) {
  const summary = useContext(SummaryContext);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  return <SummaryLine summary={summary} t={t} format={format} />;
}

/** Once the first picture has come there is time for the sentence above it. Milliseconds. */
const SENTENCE_AFTER = 4000;

/** What stands out, in words. Its room is kept from the beginning, so that nothing moves when it comes. */
function Sentence({ route, props, moves, selection, preferences: { t, locale } }: ShellProps) {
  const { view, alias } = route;
  const Finding = useFinding(useLater(view === 'landing' ? 0 : SENTENCE_AFTER, selection !== null));
  // a round has words of its own, and may ask for what would be told here
  if (VIEWS[view].led || selection?.room?.roundKind != null) return null;
  const owner = selection?.devices.find((one) => one.alias === alias && one.gone === null);
  const about = (view === 'device' && owner) || null;
  const { onEvidence } = moves;
  return (
    <div class="sentence">
      {props && Finding && (
        <Paced of={Finding} pace={CALM} props={{ selection: props.selection, about, onEvidence, t, locale }} />
      )}
    </div>
  );
}

/** There is something that the numbers are of. */
function isCounted({ route, selection }: ShellProps): boolean {
  return !(selection && whoIsMissing(route, selection)) && route.view !== 'device' && route.view !== 'landing';
}

function Situation(shell: ShellProps) {
  const { route, sites, choice, selection, screen, preferences, moves } = shell;
  const { t } = preferences;
  const start = route.view === 'landing';
  const counts = isCounted(shell) && screen.size !== 'phone';
  return (
    <section class={counts ? 'situation' : 'situation situation-brief'} aria-label={t('app.situation')}>
      <Standing {...shell} />
      {screen.size === 'phone' && <RoomLine selection={selection} t={t} />}
      {screen.size === 'phone' && choice}
      {screen.size === 'phone' && sites}
      {start ? (
        <p class="what">{t('landing.what')}</p>
      ) : (
        <Filters route={route} selection={selection} size={screen.size} t={t} onFilter={moves.onFilter} />
      )}
      {counts && <Summary t={t} locale={preferences.locale} />}
    </section>
  );
}

/** What stands beside the view, if anything does. */
function Beside({ route, props, selection, connection, onChanged, moves, preferences }: ShellProps) {
  const { t, locale } = preferences;
  const { about, lead } = route.options;
  const LeadPanel = useLeadPanel(lead === '1');
  const target = props?.target ?? null;
  const Detail = useDetail(target !== null);
  if (about === '1')
    return (
      <SourcesPanel sources={selection?.sources ?? []} onClose={() => moves.onAbout(false)} t={t} locale={locale} />
    );
  if (lead === '1')
    return (
      LeadPanel && (
        <LeadPanel
          hello={connection.hello}
          onClose={() => moves.onLead(false)}
          onDesk={() => {
            moves.onLead(false);
            moves.onView('desk');
          }}
          {...{ onChanged, t, locale }}
        />
      )
    );
  return props && target && Detail && <Paced of={Detail} props={{ ...props, target }} />;
}

export function Shell(shell: ShellProps) {
  const { header, stage, route, props, choice, status, selection, screen, preferences, moves, connection } = shell;
  const { t, locale } = preferences;
  const about = route.options.about === '1';
  const beside = (props?.target ?? null) !== null || about || route.options.lead === '1';
  const sources = selection?.sources ?? [];
  const Round = useRound(selection?.room?.roundKind != null && !VIEWS[route.view].led);
  return (
    <div class={`page page-${screen.size} view-${route.view}${beside ? ' with-detail' : ''}`}>
      {header}
      <Summed selection={selection}>
        <Situation {...shell} />
        <Sentence {...shell} />
        <main id="main" tabIndex={-1} class={status.tone === 'bad' ? 'old' : ''}>
          <h1 class="visually-hidden">{viewName(route, t)}</h1>
          <div class="view">{Round && props ? <Round {...props}>{stage}</Round> : stage}</div>
          <Beside {...shell} />
        </main>
        <footer>
          {screen.size === 'phone' && isCounted(shell) && <Summary t={t} locale={locale} />}
          {screen.size !== 'phone' && <RoomLine selection={selection} t={t} />}
          {screen.size !== 'phone' && choice}
          <Notices selection={selection} ended={connection.ended} t={t} />
          <Credits sources={sources} open={about} onOpen={moves.onAbout} t={t} locale={locale} />
        </footer>
      </Summed>
    </div>
  );
}
