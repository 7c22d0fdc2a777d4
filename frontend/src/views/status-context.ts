// SPDX-License-Identifier: MIT
// How the feed does, for the one view that says so itself: as a context, for it changes without anything to draw in the others.

import { createContext } from 'preact';
import type { Status } from '../store/status';

export const StatusContext = createContext<Status>({ tone: 'wait', key: 'status.connecting' });
