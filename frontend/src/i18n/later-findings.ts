// SPDX-License-Identifier: MIT
// Words of the sentence above the views: fetched with its rules, in all languages, since they are few.

import { findings as en } from './en/findings';
import { findings as fi } from './fi/findings';
import { addWords } from './index';

addWords({ en, fi });
