// SPDX-License-Identifier: MIT
// Words of a part of the page that few look at: fetched with that part, in all languages, since they are few.

import { lead as en } from './en/lead';
import { lead as fi } from './fi/lead';
import { addWords } from './index';

addWords({ en, fi });
