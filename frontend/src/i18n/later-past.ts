// SPDX-License-Identifier: MIT
// Words of what happened: fetched with what tells it, in all languages, since they are few.

import { past as en } from './en/past';
import { past as fi } from './fi/past';
import { addWords } from './index';

addWords({ en, fi });
