// SPDX-License-Identifier: MIT
// What services of a kind usually do with what they get, in one sentence.

import '../../i18n/later-purposes';
import type { Translate } from '../../i18n';
import type { Category } from '../../store/category';

export function purposeText(category: Category, t: Translate): string {
  return t(`purpose.${category}`);
}
