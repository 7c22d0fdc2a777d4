// SPDX-License-Identifier: MIT
// For tests: all words are ready.

import { LANGUAGES, loadWords } from './index';
import './later';
import './later-rounds';

await Promise.all(LANGUAGES.map(loadWords));
