// SPDX-License-Identifier: MIT
// All sentences of the page.

import { ACTS } from './acts';
import { CONSENT } from './consent';
import { DESK } from './desk';
import { DEVICES } from './devices';
import { DETAILS } from './details';
import { FINDINGS } from './findings';
import { FRAME } from './frame';
import { LEAD } from './lead';
import { LISTS } from './lists';
import { PAST } from './past';
import { PICTURES } from './pictures';
import { ROUNDS } from './rounds';
import type { Sentence } from './sentence';
import { SOURCES } from './sources';
import { START_PAGE } from './start';

export const SENTENCES: readonly Sentence[] = [
  ...FRAME,
  ...SOURCES,
  ...START_PAGE,
  ...FINDINGS,
  ...PAST,
  ...DEVICES,
  ...LISTS,
  ...DETAILS,
  ...PICTURES,
  ...LEAD,
  ...ACTS,
  ...CONSENT,
  ...DESK,
  ...ROUNDS,
];
