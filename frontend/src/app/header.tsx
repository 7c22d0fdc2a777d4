// SPDX-License-Identifier: MIT
// Who we are, what is shown, whose it is, and how it looks.

import type { Translate } from '../i18n';
import type { Device } from '../store/rows';
import type { Selection } from '../views/types';
import type { Preferences } from './preferences';
import type { Route, ViewName } from './route';

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-a" d="M3 7.5C16 7.5 15 6 29 6" />
      <path class="mark-b" d="M3 15C16 15 16 25 29 25" />
      <path class="mark-c" d="M3 24.5C15 24.5 16 14 29 14" />
    </svg>
  );
}

function name(device: Device): string {
  return device.hostName !== null && device.hostName !== device.alias ? `${device.alias} (${device.hostName})` : device.alias;
}

interface WhoProps {
  readonly who: string;
  readonly selection: Selection | null;
  readonly t: Translate;
  readonly onWho: (who: string) => void;
}

function Who({ who, selection, t, onWho }: WhoProps) {
  const me = selection?.me ?? null;
  const devices = (selection?.devices ?? []).filter((device) => device.gone === null);
  const listed = devices.some((device) => who === `=${device.alias}`);
  return (
    <label class="pick who">
      <span class="unseen">{t('who.label')}</span>
      <select value={who} onChange={(event) => onWho(event.currentTarget.value)}>
        <option value="all" selected={who === 'all'}>
          {t('who.all')}
        </option>
        <option value="me" selected={who === 'me'}>
          {me ? t('who.me', { name: me.alias }) : t('who.me.unknown')}
        </option>
        {who.startsWith('=') && !listed && (
          <option value={who} selected>
            {t('who.missing', { name: who.slice(1) })}
          </option>
        )}
        {devices.map((device) => (
          <option key={device.id} value={`=${device.alias}`} selected={who === `=${device.alias}`}>
            {name(device)}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface HeaderProps {
  readonly route: Route;
  readonly selection: Selection | null;
  readonly preferences: Preferences;
  readonly paused: boolean;
  readonly onRoute: (route: Route) => void;
  readonly onPaused: (paused: boolean) => void;
}

const VIEWS: readonly ViewName[] = ['flows', 'map'];

export function Header({ route, selection, preferences, paused, onRoute, onPaused }: HeaderProps) {
  const { t, theme, language } = preferences;
  const other = language === 'en' ? 'fi' : 'en';
  return (
    <header class="top">
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>
        {t('app.skip')}
      </a>
      <h1 class="wordmark">
        <Mark />
        <span>
          conn<b>vis</b>
        </span>
      </h1>
      <nav class="views" aria-label={t('view.switch')}>
        {VIEWS.map((view) => (
          <button key={view} type="button" aria-current={route.view === view ? 'page' : undefined} onClick={() => onRoute({ ...route, view })}>
            {t(`view.${view}`)}
          </button>
        ))}
      </nav>
      <Who who={route.who} selection={selection} t={t} onWho={(who) => onRoute({ ...route, who })} />
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
      </div>
    </header>
  );
}
