// SPDX-License-Identifier: MIT

import { useEffect } from 'preact/hooks';
import type { Translate } from '../i18n';
import { useSpokenStatus } from '../parts/spoken-status';
import type { Status } from '../store/status';

/** The title of the page says so when it is not as it should be: somebody may look at another tab. */
export function useTitle(status: Status, t: Translate, locale: string): void {
  const { tone } = status;
  const spoken = useSpokenStatus(status, t, locale);
  const title = tone === 'good' || tone === 'still' ? t('title') : `${t('title')}: ${spoken}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
