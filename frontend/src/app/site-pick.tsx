// SPDX-License-Identifier: MIT
// Which site is shown, where there is more than one: one of them, or all together.

import { useMemo } from 'preact/hooks';
import { EVERY_SITE } from '../feed/every-site';
import type { Translate } from '../i18n';
import type { FeedState } from '../store/live';

export interface SitePickProps extends Pick<FeedState, 'hello' | 'silent'> {
  /** As Route.site. */
  readonly site: string;
  readonly onSite: (site: string) => void;
  readonly t: Translate;
}

/** What is wrong with what was picked, in a sentence; empty when all is well. */
export function complaint({ hello, silent, site, t }: Omit<SitePickProps, 'onSite'>): string {
  const [first] = hello?.sites ?? [];
  if (first === undefined) return '';
  if (site !== '' && site !== EVERY_SITE && !hello?.sites.includes(site))
    return t('site.unknown', { name: site, first });
  return silent.length === 0 ? '' : t('site.silent', { names: silent.join(', ') });
}

export function SitePick(props: SitePickProps) {
  const { hello, site, onSite, t } = props;
  const sites = hello?.sites ?? [];
  const wrong = complaint(props);
  if (sites.length < 2 && wrong === '') return null;
  const shown = site === EVERY_SITE || sites.includes(site) ? site : (sites[0] ?? '');
  return (
    <div class="sites">
      {sites.length > 1 && (
        <label class="pick">
          <span class="visually-hidden">{t('site.label')}</span>
          <select value={shown} onChange={(event) => onSite(event.currentTarget.value)}>
            {[...sites, EVERY_SITE].map((one) => (
              <option key={one} value={one} selected={one === shown}>
                {one === EVERY_SITE ? t('site.every') : t('site.one', { name: one })}
              </option>
            ))}
          </select>
        </label>
      )}
      <p role="status" class={wrong === '' ? 'visually-hidden' : 'muted'}>
        {wrong}
      </p>
    </div>
  );
}

/** The same as long as nothing of it changes; nothing while a recording is shown. */
export function useSitePick({ hello, silent, site, onSite, t }: SitePickProps, playing: boolean) {
  return useMemo(
    () => (playing ? null : <SitePick {...{ hello, silent, site, onSite, t }} />),
    [playing, hello, silent, site, onSite, t],
  );
}
