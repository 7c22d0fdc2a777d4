// SPDX-License-Identifier: MIT
// When a filter leaves nothing: where what somebody looks for was seen.

import { useMemo } from 'preact/hooks';
import { formatter } from '../i18n/format';
import { isolate } from '../parts/characters';
import { ago } from '../parts/text';
import { conversationFullName } from '../store/special';
import { tracesOf } from '../store/traces';
import type { ViewProps } from './view-props';

export type TracesProps = Pick<ViewProps, 'selection' | 't' | 'locale' | 'onView'>;

export function Traces({ selection, t, locale, onView }: TracesProps) {
  const texts = useMemo(() => ({ t, format: formatter(locale, t) }), [t, locale]);
  const { asked, domains, talked } = useMemo(() => tracesOf(selection), [selection]);
  const { now } = selection;
  return (
    <>
      {talked && (
        <p>
          {t('empty.talked', {
            device: isolate(talked.device.alias),
            name: isolate(conversationFullName(talked, t)),
            age: ago(now - talked.active, texts),
          })}
        </p>
      )}
      {asked && (
        <p>
          {t('empty.asked', {
            device: isolate(asked.device.alias),
            name: isolate(asked.name.name),
            age: ago(now - asked.asked, texts),
          })}{' '}
          <button type="button" class="button" onClick={() => onView('domains')}>
            {t('empty.domains', { n: domains })}
          </button>
        </p>
      )}
    </>
  );
}
