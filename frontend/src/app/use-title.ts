// SPDX-License-Identifier: MIT

import { useEffect } from 'preact/hooks';
import type { Translate } from '../i18n';
import type { Status } from '../store/status';

/** The title of the page says so when it is not as it should be: somebody may look at another tab. */
export function useTitle({ tone, key, values }: Status, t: Translate): void {
  // not each second anew
  const title = tone === 'good' || tone === 'still' ? t('title') : `${t('title')}: ${t(key, { ...values, n: 2 })}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
