// SPDX-License-Identifier: MIT
// When there is nothing to show: why, and what to do.

import type { Translate } from '../i18n';
import type { Selection } from '../views/types';
import type { Connection } from './live';
import { Mark } from './header';

function texts(connection: Connection, selection: Selection | null, who: string, t: Translate): readonly [string, string] {
  if (!selection) {
    if (connection.link === 'waiting' || connection.link === 'open') return [t('empty.wait'), t('empty.waitText')];
    return [t('empty.connect'), t('empty.connectText')];
  }
  if (who === 'me' && !selection.me) return [t('who.me.unknown'), t('who.me.missing')];
  if (who.startsWith('=') && !selection.only) return [t('who.missing', { name: who.slice(1) }), t('empty.deviceText')];
  if (selection.only) return [t('empty.device', { name: selection.only.alias }), t('empty.deviceText')];
  return [t('empty.title'), t('empty.text')];
}

export interface EmptyProps {
  readonly connection: Connection;
  readonly selection: Selection | null;
  readonly who: string;
  readonly t: Translate;
}

export function Empty({ connection, selection, who, t }: EmptyProps) {
  const [title, text] = texts(connection, selection, who, t);
  return (
    <div class="empty">
      <Mark />
      <h2>
        <bdi>{title}</bdi>
      </h2>
      <p>{text}</p>
    </div>
  );
}
