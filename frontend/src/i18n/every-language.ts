// SPDX-License-Identifier: MIT
// For tests: all words are ready.

import { LANGUAGES, loadWords } from './index';
import './later';
import './later-rounds';
import './later-things';

await Promise.all(LANGUAGES.map(loadWords));
