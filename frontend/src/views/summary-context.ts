// SPDX-License-Identifier: MIT
// The few numbers that sum up what is shown, for the frame and for the one view that says them in a sentence: as a context, so
// that both have them from one place, and with one beat.

import { createContext } from 'preact';
import type { Summary } from '../store/summary';

/** Null before anything is known. */
export const SummaryContext = createContext<Summary | null>(null);
