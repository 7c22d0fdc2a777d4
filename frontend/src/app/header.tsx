// SPDX-License-Identifier: MIT
// Who we are, the way to the views, and how the page looks.

import { Logo } from '../parts/logo';
import type { ScreenSize } from '../parts/screen';
import { LANGUAGES, languageName, type Translate } from '../i18n';
import { LISTED, VIEWS, type ViewName } from '../views/registry';
import { Group } from './menu-group';
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

/** Those that a thumb reaches on a phone; the others are in the menu there. */
const PICTURES: Partial<Readonly<Record<ViewName, string>>> = {
  landing: 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14',
  flows: 'M3 6c9 0 9 6 18 6M3 12c9 0 9-6 18-6M3 18h18',
  map: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18',
  devices: 'M4 16V6h12M2 19h11M15 10h6v10h-6z',
  desk: 'M4 5h16v10H4zM8 19h8',
};

function Navigation({ size, ...props }: NavigationProps & Pick<HeaderProps, 'size'>) {
  const { route, leads, t } = props;
  const open = VIEWS[route.view].under ?? route.view;
  const phone = size === 'phone';
  const views = [...LISTED, ...(leads ? (['desk'] as const) : [])].filter((view) => !phone || PICTURES[view]);
  return (
    <nav class="views" aria-label={t('view.switch')}>
      {views.map((view) => (
        <Link key={view} {...props} view={view} current={open === view}>
          {phone && (
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path class="ring" d={PICTURES[view]} />
            </svg>
          )}
          {t(VIEWS[view].title)}
        </Link>
      ))}
    </nav>
  );
}

export interface HeaderProps extends NavigationProps {
  readonly preferences: Preferences;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
  /** A recording is shown: it is stopped where it is moved, too. */
  readonly playing: boolean;
  readonly size: ScreenSize;
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

type ToolsProps = Pick<HeaderProps, 'preferences' | 'paused' | 'onPaused' | 'playing'>;

function Tools({ preferences, paused, onPaused, playing }: ToolsProps) {
  return (
    <>
      {!playing && (
        <button type="button" class="button" aria-pressed={paused} onClick={() => onPaused(!paused)}>
          {preferences.t(paused ? 'app.resume' : 'app.pause')}
        </button>
      )}
      <ThemeButton {...preferences} />
      <LanguagePick {...preferences} />
    </>
  );
}

/** What has no room in the bar of a phone. */
export function InMenu({ preferences, paused, onPaused, playing, ...navigation }: ToolsProps & NavigationProps) {
  const { route, t } = navigation;
  return (
    <>
      <Group title="app.settings" t={t}>
        <div class="menu-tools">
          <Tools {...{ preferences, paused, onPaused, playing }} />
        </div>
      </Group>
      <Group title="view.switch" t={t}>
        {LISTED.filter((view) => !PICTURES[view]).map((view) => (
          <Link key={view} {...navigation} class="button" view={view} current={route.view === view}>
            {t(VIEWS[view].title)}
          </Link>
        ))}
      </Group>
    </>
  );
}

export function Header({ preferences, paused, onPaused, playing, size, sites, menu, ...navigation }: HeaderProps) {
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
      <Navigation {...navigation} size={size} />
      {sites}
      <div class="tools" role="group" aria-label={t('app.settings')}>
        {size !== 'phone' && <Tools {...{ preferences, paused, onPaused, playing }} />}
        {menu}
      </div>
    </header>
  );
}
