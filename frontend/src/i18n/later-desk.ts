// SPDX-License-Identifier: MIT
// Words of the desk: fetched with it, in all languages, since a room speaks several.

import { desk as en } from './en/desk';
import { desk as fi } from './fi/desk';
import { addWords } from './index';

addWords({ en, fi });
