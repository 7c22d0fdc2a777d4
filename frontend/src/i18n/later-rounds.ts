// SPDX-License-Identifier: MIT
// Words of the rounds: fetched with what plays them, in all languages, since a room speaks several.

import { rounds as en } from './en/rounds';
import { rounds as fi } from './fi/rounds';
import { addWords } from './index';

addWords({ en, fi });
