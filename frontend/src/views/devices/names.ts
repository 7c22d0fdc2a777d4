// SPDX-License-Identifier: MIT
// How many of a device's far ends have names here, in plain words. Pure.

import type { Key, Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import type { Device } from '../../store/rows';
import { unseenShare } from '../landing/check';

const WORDS: readonly (readonly [number, Key])[] = [
  [0.02, 'names.all'],
  [0.2, 'names.most'],
  [0.6, 'names.some'],
  [1, 'names.few'],
];

export function namesText(device: Device, { t, format }: { readonly t: Translate; readonly format: Format }): string {
  const share = unseenShare(device);
  if (share === null) return t('names.early');
  const [, key] = WORDS.find(([limit]) => share <= limit) ?? [1, 'names.few' as const];
  return t(key, { share: format.percent(share) });
}
