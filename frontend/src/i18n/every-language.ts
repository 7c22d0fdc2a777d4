// SPDX-License-Identifier: MIT
// For tests: all words are ready.

import { LANGUAGES, loadWords } from './index';
import './later';
import './later-consent';
import './later-findings';
import './later-past';
import './later-purposes';
import './later-rounds';
import './later-things';
import './later-wishes';

await Promise.all(LANGUAGES.map(loadWords));
