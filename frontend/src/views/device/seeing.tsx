// SPDX-License-Identifier: MIT
// Seeing what cannot be seen: how much of a device's talk has no name here, and why that may be.

import type { Key } from '../../i18n';
import { checkNames, unseenShare, type Check } from '../../parts/name-checks';
import { ago } from '../../parts/text';
import { isolate } from '../../parts/characters';
import { Panel, type PanelProps } from './panels';

const WHY: Readonly<Record<Check, Key>> = {
  blind: 'device.seeing.blind',
  seen: 'device.seeing.seen',
  partly: 'device.seeing.partly',
  hidden: 'device.seeing.hidden',
  clear: 'device.seeing.elsewhere',
  unseen: 'device.seeing.unseen',
  quiet: 'device.seeing.quiet',
};
const LISTED = 4;
/** Less is no percent. */
const LEAST = 0.005;

export function Seeing({ page, selection, t, texts, format }: PanelProps) {
  const { device, hiding, clear } = page;
  const share = unseenShare(device);
  const check = checkNames(device, selection.sources, selection.now);
  return (
    <Panel title={t('device.seeing')}>
      {share !== null && share >= LEAST && (
        <>
          <p>
            <strong class="big">{format.percent(share)}</strong> {t('device.seeing.share')}
          </p>
          <span class="track" aria-hidden="true">
            <span class="fill hatched" style={{ width: `${Math.max(1, 100 * share)}%` }} />
          </span>
        </>
      )}
      <p>{t(WHY[check])}</p>
      {hiding.length > 0 && (
        <p>{t('device.seeing.with', { names: hiding.slice(0, LISTED).map(isolate).join(', ') })}</p>
      )}
      {hiding.length === 0 && device.hiddenDns !== null && (
        <p>{t('device.seeing.used', { age: ago(selection.now - device.hiddenDns, texts) })}</p>
      )}
      {clear.length > 0 && <p>{t('device.seeing.clear', { names: clear.slice(0, LISTED).map(isolate).join(', ') })}</p>}
      <p class="muted">{t('device.seeing.how')}</p>
    </Panel>
  );
}
