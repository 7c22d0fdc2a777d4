// SPDX-License-Identifier: MIT
// When there is nothing to show: why, and what to do.

import type { Translate } from '../i18n';
import type { Selection } from '../store/selection';
import type { FeedState } from '../store/live';
import { Logo } from '../parts/logo';
import type { Route } from './route';

export interface EmptyProps {
  readonly connection: FeedState;
  readonly selection: Selection | null;
  readonly route: Route;
  readonly t: Translate;
  /** Takes the filter away. */
  readonly onClear: () => void;
}

function texts({ connection, selection, route: { who, kind, find }, t }: EmptyProps): readonly [string, string] {
  if (!selection) {
    if (connection.link === 'waiting' || connection.link === 'open') return [t('empty.wait'), t('empty.waitText')];
    return [t('empty.connect'), t('empty.connectText')];
  }
  if (who === 'me' && !selection.me) return [t('who.me.unknown'), t('who.me.missing')];
  if (who.startsWith('=') && !selection.only) return [t('who.missing', { name: who.slice(1) }), t('empty.deviceText')];
  if (kind !== 'all' || find !== '') return [t('empty.filter'), t('empty.filterText')];
  if (selection.only) return [t('empty.device', { name: selection.only.alias }), t('empty.deviceText')];
  return [t('empty.title'), t('empty.text')];
}

export function Empty(props: EmptyProps) {
  const { selection, route, t, onClear } = props;
  const [title, text] = texts(props);
  const filtered = selection !== null && (route.who !== 'all' || route.kind !== 'all' || route.find !== '');
  return (
    <div class="empty">
      <Logo />
      <h2>
        <bdi>{title}</bdi>
      </h2>
      <p>{text}</p>
      {filtered && (
        <button type="button" class="button" onClick={onClear}>
          {t('empty.clear')}
        </button>
      )}
    </div>
  );
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
