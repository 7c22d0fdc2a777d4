// SPDX-License-Identifier: MIT
// What is said above the view, and was said lately: the sentence goes on when another view is opened, and the pictures show what
// it speaks of. A context, so that a test has its own.

import { createContext } from 'preact';
import type { Chooser } from './chooser';
import type { Receipts } from './finding';

export interface Remembered {
  /** Null: nothing was said yet; its class comes with the rules. */
  chooser: Chooser | null;
  /** Whom and what is spoken of now; null: there is no sentence. */
  spoken: Receipts | null;
}

export const FindingMemory = createContext<Remembered>({ chooser: null, spoken: null });
