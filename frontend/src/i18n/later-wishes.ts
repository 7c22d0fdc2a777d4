// SPDX-License-Identifier: MIT
// Words of how others may see a device: fetched with what lets one choose, as those of i18n/later.ts.

import { wishes as en } from './en/wishes';
import { wishes as fi } from './fi/wishes';
import { addWords } from './index';

addWords({ en, fi });
