// SPDX-License-Identifier: MIT
// When there is nothing to show: why, and what to do.

import type { Translate } from '../i18n';
import type { Selection } from '../store/selection';
import type { FeedState } from '../store/live';
import { Logo } from '../parts/logo';
import { WHY_UNKNOWN, whyUnknown } from '../parts/name-checks';
import { VIEWS } from '../views/registry';
import { Traces } from '../views/traces';
import type { ViewProps } from '../views/view-props';
import type { Route } from './route';

export interface EmptyProps {
  readonly connection: FeedState;
  readonly selection: Selection | null;
  readonly route: Route;
  readonly t: Translate;
  readonly locale: string;
  readonly onView: ViewProps['onView'];
  /** Takes the filter away. */
  readonly onClear: () => void;
}

/** Something else than whose traffic it is leaves things out. */
const isNarrowed = ({ kind, find }: Route): boolean => kind !== 'all' || find !== '';

function texts({ connection, selection, route, t }: EmptyProps): readonly [string, string] {
  const { who } = route;
  if (!selection) {
    if (connection.link === 'waiting') return [t('empty.wait'), t('empty.waitText')];
    if (connection.link === 'open') return [t('empty.catch'), t('empty.catchText')];
    return [t('empty.connect'), t('empty.connectText')];
  }
  if (who === 'me' && !selection.me) return [t('who.me.unknown'), t(WHY_UNKNOWN[whyUnknown(selection)])];
  if (who.startsWith('=') && !selection.only) return [t('who.missing', { name: who.slice(1) }), t('empty.deviceText')];
  if (isNarrowed(route)) return [t('empty.filter'), t('empty.filterText')];
  if (selection.only) return [t('empty.device', { name: selection.only.alias }), t('empty.deviceText')];
  return [t('empty.title'), t('empty.text')];
}

export function Empty(props: EmptyProps) {
  const { selection, route, t, locale, onClear, onView } = props;
  const [title, text] = texts(props);
  const filtered = selection !== null && (route.who !== 'all' || isNarrowed(route));
  return (
    <div class="empty">
      <Logo />
      <h2>
        <bdi>{title}</bdi>
      </h2>
      <p>{text}</p>
      {selection && isNarrowed(route) && !whoIsMissing(route, selection) && (
        <Traces {...{ selection, t, locale, onView }} />
      )}
      {filtered && (
        <button type="button" class="button" onClick={onClear}>
          {t('empty.clear')}
        </button>
      )}
    </div>
  );
}

/** Whose traffic is shown is not there: an empty picture of everyone else would be a lie. */
export function whoIsMissing(route: Route, selection: Selection): boolean {
  return !VIEWS[route.view].whole && route.who !== 'all' && !selection.only;
}

/** In place of a view that has failed, until it begins anew. */
export function Stumbled({ t }: { readonly t: Translate }) {
  return (
    <div class="empty" role="status">
      <Logo />
      <h2>{t('empty.stumbled')}</h2>
      <p>{t('empty.stumbledText')}</p>
    </div>
  );
}
