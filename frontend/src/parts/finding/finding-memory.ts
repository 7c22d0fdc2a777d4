// SPDX-License-Identifier: MIT
// What was said lately, for whichever view says it next: the sentence goes on when another view is opened. A context, so
// that a test has its own.

import { createContext } from 'preact';
import type { Chooser } from './chooser';

/** Null: nothing was said yet; its class comes with the rules. */
export interface Remembered {
  chooser: Chooser | null;
}

export const FindingMemory = createContext<Remembered>({ chooser: null });
