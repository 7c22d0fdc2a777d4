// SPDX-License-Identifier: MIT
// What changed in the tables of a topic, as plain objects that can go from the worker to the page.

import type { Cells } from './table';

export interface TableUpdate {
  readonly name: string;
  /** Names of the columns; a row holds its id first and then their values. */
  readonly columns: readonly string[];
  /** Rows that went. */
  readonly gone: readonly number[];
  /** Rows that came or changed, whole. */
  readonly rows: readonly Cells[];
}

export interface Update {
  readonly kind: 'update';
  readonly topic: string;
  /** Whose tables these are. Several sites may be shown together: each update is of one. */
  readonly site: string;
  /** Names the epoch: ids and times of different ones have nothing to do with each other. */
  readonly epoch: string;
  /** When the epoch began, by the collector's clock. Milliseconds of Unix time. */
  readonly began: number;
  /** Milliseconds of the epoch. */
  readonly time: number;
  /** The rows are all that there is: what is not among them is gone. */
  readonly whole: boolean;
  /** More parts of the same update follow: show nothing before the last. */
  readonly more: boolean;
  /** True when the frame came as it happened, false when it was stored and may be old. */
  readonly fresh: boolean;
  readonly tables: readonly TableUpdate[];
}
