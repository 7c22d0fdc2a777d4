// SPDX-License-Identifier: MIT
// Who we are, the way to the views, and how the page looks.

import type { Translate } from '../i18n';
import type { ViewName } from '../views/types';
import type { Preferences } from './preferences';
import type { Route } from './route';
import { hrefOf } from './use-route';
import { hasView } from './views';

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-a" d="M3 7.5C16 7.5 15 6 29 6" />
      <path class="mark-b" d="M3 15C16 15 16 25 29 25" />
      <path class="mark-c" d="M3 24.5C15 24.5 16 14 29 14" />
    </svg>
  );
}

/** Those that have a place in the navigation: the start is behind our name, one device behind its name. */
const LISTED: readonly ViewName[] = ['flows', 'map', 'domains', 'devices', 'connections'];

/** A click that the page answers itself, without another page or window. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

interface NavigationProps {
  readonly route: Route;
  readonly t: Translate;
  readonly onView: (view: ViewName) => void;
}

function Link({ view, current, route, onView, children, ...rest }: NavigationProps & { readonly view: ViewName; readonly current: boolean; readonly class?: string; readonly children: preact.ComponentChildren }) {
  return (
    <a
      class={rest.class}
      href={hrefOf({ ...route, view, alias: null })}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        onView(view);
      }}
    >
      {children}
    </a>
  );
}

function Navigation(props: NavigationProps) {
  const { route, t } = props;
  const open = route.view === 'device' ? 'devices' : route.view;
  return (
    <nav class="views" aria-label={t('view.switch')}>
      {LISTED.filter(hasView).map((view) => (
        <Link key={view} {...props} view={view} current={open === view}>
          {t(`view.${view}`)}
        </Link>
      ))}
    </nav>
  );
}

export interface HeaderProps extends NavigationProps {
  readonly preferences: Preferences;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
  /** What one can take along. */
  readonly menu: preact.ComponentChildren;
}

export function Header({ preferences, paused, onPaused, menu, ...navigation }: HeaderProps) {
  const { t, theme, language } = preferences;
  const other = language === 'en' ? 'fi' : 'en';
  return (
    <header class="top">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <h1 class="wordmark">
        <Link {...navigation} view="landing" current={navigation.route.view === 'landing'}>
          <Mark />
          <span>
            conn<b>vis</b>
          </span>
          <span class="unseen">{t('view.landing')}</span>
        </Link>
      </h1>
      <Navigation {...navigation} />
      <div class="tools" role="group" aria-label={t('app.settings')}>
        <button type="button" class="button" aria-pressed={paused} onClick={() => onPaused(!paused)}>
          {t(paused ? 'app.resume' : 'app.pause')}
        </button>
        <button
          type="button"
          class="icon"
          aria-label={t(theme === 'dark' ? 'app.theme.light' : 'app.theme.dark')}
          title={t(theme === 'dark' ? 'app.theme.light' : 'app.theme.dark')}
          onClick={() => preferences.setTheme(theme === 'dark' ? 'light' : 'dark')}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="8" class="ring" />
            <path d="M12 4a8 8 0 0 1 0 16z" class="half" />
          </svg>
        </button>
        <button
          type="button"
          class="icon"
          lang={other}
          aria-label={`${other.toUpperCase()}: ${t('app.language')}`}
          title={t('app.language')}
          onClick={() => preferences.setLanguage(other)}
        >
          {other.toUpperCase()}
        </button>
        {menu}
      </div>
    </header>
  );
}
