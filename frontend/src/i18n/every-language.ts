// SPDX-License-Identifier: MIT
// For tests: all words are ready.

import { loadCompanies } from './companies';
import { LANGUAGES, loadWords } from './index';
import './later';
import './later-consent';
import './later-findings';
import './later-past';
import './later-purposes';
import './later-desk';
import './later-envelope';
import './later-rounds';
import './later-things';
import './later-wishes';

await Promise.all(LANGUAGES.flatMap((language) => [loadWords(language), loadCompanies(language)]));
