// SPDX-License-Identifier: MIT
// Words of what this network can see: fetched with the drawing, in all languages, since they are few.

import { envelope as en } from './en/envelope';
import { envelope as fi } from './fi/envelope';
import { addWords } from './index';

addWords({ en, fi });
