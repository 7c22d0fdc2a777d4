// SPDX-License-Identifier: MIT
// Who we are, the way to the views, and how the page looks.

import { Logo } from '../parts/logo';
import { LANGUAGES, languageName, type Translate } from '../i18n';
import { LISTED, VIEWS, type ViewName } from '../views/registry';
import type { Preferences } from './preferences';
import type { Route } from './route';
import { hrefOf } from './use-route';

/** A click that the page answers itself, without another page or window. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

interface NavigationProps {
  readonly route: Route;
  /** The viewer leads the room. */
  readonly leads: boolean;
  readonly t: Translate;
  readonly onView: (view: ViewName) => void;
}

function Link({
  view,
  current,
  route,
  onView,
  children,
  ...rest
}: Omit<NavigationProps, 'leads'> & {
  readonly view: ViewName;
  readonly current: boolean;
  readonly class?: string;
  readonly children: preact.ComponentChildren;
}) {
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
  const open = VIEWS[route.view].under ?? route.view;
  return (
    <nav class="views" aria-label={t('view.switch')}>
      {LISTED.map((view) => (
        <Link key={view} {...props} view={view} current={open === view}>
          {t(VIEWS[view].title)}
        </Link>
      ))}
      {props.leads && (
        <Link {...props} view="desk" current={open === 'desk'}>
          {t('view.desk')}
        </Link>
      )}
    </nav>
  );
}

export interface HeaderProps extends NavigationProps {
  readonly preferences: Preferences;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
  /** A recording is shown: it is stopped where it is moved, too. */
  readonly playing: boolean;
  /** Which site is shown. */
  readonly sites: preact.ComponentChildren;
  /** What one can take along. */
  readonly menu: preact.ComponentChildren;
}

function ThemeButton({ theme, setTheme, t }: Preferences) {
  const text = t(theme === 'dark' ? 'app.theme.light' : 'app.theme.dark');
  return (
    <button
      type="button"
      class="icon"
      aria-label={text}
      title={text}
      onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="8" class="ring" />
        <path d="M12 4a8 8 0 0 1 0 16z" class="half" />
      </svg>
    </button>
  );
}

/** The box shows the short name; the list, which opens over it, the whole one. */
export function LanguagePick({ language, setLanguage, t }: Preferences) {
  return (
    <label class="icon language" title={t('app.language')}>
      <span aria-hidden="true">{language.toUpperCase()}</span>
      <select
        aria-label={t('app.language')}
        value={language}
        onChange={(event) => {
          const picked = LANGUAGES.find((one) => one === event.currentTarget.value);
          if (picked) setLanguage(picked);
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one} selected={one === language}>
            {languageName(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Wordmark(navigation: NavigationProps) {
  return (
    <p class="wordmark">
      <Link {...navigation} view="landing" current={navigation.route.view === 'landing'}>
        <Logo />
        <span>
          conn<b>vis</b>
        </span>
        <span class="visually-hidden">{navigation.t('view.landing')}</span>
      </Link>
    </p>
  );
}

export function Header({ preferences, paused, onPaused, playing, sites, menu, ...navigation }: HeaderProps) {
  const { t } = preferences;
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
      <Wordmark {...navigation} />
      <Navigation {...navigation} />
      {sites}
      <div class="tools" role="group" aria-label={t('app.settings')}>
        {!playing && (
          <button type="button" class="button" aria-pressed={paused} onClick={() => onPaused(!paused)}>
            {t(paused ? 'app.resume' : 'app.pause')}
          </button>
        )}
        <ThemeButton {...preferences} />
        <LanguagePick {...preferences} />
        {menu}
      </div>
    </header>
  );
}
