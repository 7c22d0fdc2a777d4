// SPDX-License-Identifier: MIT
import type { Grouping } from '../types';

/** What the width of a flow says. */
export type Width = 'now' | 'total' | 'connections';

/** fit: the most popular, as many as fit; shared: those of several devices; all. */
export type Show = 'fit' | 'shared' | 'all';

export interface FlowSettings {
  readonly by: Grouping;
  readonly width: Width;
  readonly show: Show;
  /** As a table instead of a picture. */
  readonly table: boolean;
}
