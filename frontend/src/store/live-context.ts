// SPDX-License-Identifier: MIT
// The page's end of the feed, for what follows a topic of its own.

import { createContext } from 'preact';
import type { Live } from './live';

export const LiveContext = createContext<Live | null>(null);
