// SPDX-License-Identifier: MIT
// Words of the screen that asks how one may be seen in a room: fetched with it, as those of i18n/later.ts.

import { consent as en } from './en/consent';
import { consent as fi } from './fi/consent';
import { addWords } from './index';

addWords({ en, fi });
