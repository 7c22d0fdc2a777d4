// SPDX-License-Identifier: MIT
// Words of what devices are: fetched with the views that say it, in all languages, since they are few.

import { things as en } from './en/things';
import { things as fi } from './fi/things';
import { addWords } from './index';

addWords({ en, fi });
