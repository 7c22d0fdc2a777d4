// SPDX-License-Identifier: MIT
// What the worker that holds the feed tells the page, and the page the worker. Plain objects alone.

import type { Hello } from './hello';
import type { FromDesk, ToDesk } from '../record/messages';
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
  /** Names the epoch: ids and times of different ones have nothing to do with each other. */
  readonly epoch: string;
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

export type Link =
  /** The first attempt. */
  | 'connecting'
  /** Connected; data may be on its way. */
  | 'open'
  /** Connected, and the broadcaster has nothing from a collector. */
  | 'waiting'
  /** Between two attempts, or in one. */
  | 'reconnecting'
  /** Connected, and the feed speaks a later version than this page. */
  | 'newer';

export type FromWorker =
  | Update
  | FromDesk
  | { readonly kind: 'link'; readonly link: Link; readonly reason: string }
  | { readonly kind: 'hello'; readonly hello: Hello }
  /** A fresh frame has come, and its rows are not being sent, since the picture is paused. */
  | { readonly kind: 'pulse' };

export type ToWorker =
  | ToDesk
  | { readonly kind: 'start'; readonly url: string }
  | { readonly kind: 'pause'; readonly paused: boolean }
  /** Follow another topic than the overview, or leave it. */
  | { readonly kind: 'follow'; readonly topic: string; readonly wanted: boolean }
  /** The network may be back: try at once. */
  | { readonly kind: 'retry' };
