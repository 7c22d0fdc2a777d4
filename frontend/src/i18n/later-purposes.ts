// SPDX-License-Identifier: MIT
// Words of what services of each kind do: fetched with the panel of details, in all languages, since they are few.

import { purposes as en } from './en/purposes';
import { purposes as fi } from './fi/purposes';
import { addWords } from './index';

addWords({ en, fi });
