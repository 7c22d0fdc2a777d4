// SPDX-License-Identifier: MIT
// What the shell hands to every view. A view is a Preact component over ViewProps; what it computes from them is
// kept in pure functions beside it, and it keeps no state of the feed of its own.

import type { Translate } from '../i18n';
import type { ScreenSize, Theme } from '../parts/screen';
import type { Acts } from '../store/acts';
import type { Kind } from '../store/filter';
import type { Device } from '../store/rows';
import type { Selection, Target } from '../store/selection';
import type { ViewName } from './registry';

/**
 * Settings of the views, by name, as they stand in the URL: all views share them, so that what means the same has the
 * same name (`by`: Grouping; `table`: 1 for a table in place of a picture). What is absent is as at first.
 */
export type Options = Readonly<Record<string, string>>;

export interface ViewProps {
  readonly selection: Selection;
  /** What the selection was filtered by, for what a view shows besides. */
  readonly kind: Kind;
  readonly find: string;
  readonly target: Target | null;
  readonly onTarget: (target: Target | null) => void;
  readonly options: Options;
  /** Changes some of them; null takes one away. Values are letters, digits, `.`, `_` and `-`, at most 64. */
  readonly onOptions: (change: Readonly<Record<string, string | null>>) => void;
  /** To another view; filter, target and options stay. alias: of the device whose page it is. */
  readonly onView: (view: ViewName, alias?: string) => void;
  /** Of the device whose page is open, also when no such device is here. Null in all other views. */
  readonly alias: string | null;
  /** Filters everything by one device, or by none. */
  readonly onOnly: (device: Device | null) => void;
  /** To all names that the device asked for, whatever was filtered before. */
  readonly onNames: (device: Device) => void;
  /** It is shown on a wall that nobody holds: what asks for a hand, or is nobody else's business, is left out. */
  readonly wall: boolean;
  /** The size of letters that are read from the last row of a room, in CSS pixels: of names, which come first. Null on a page. */
  readonly afar: number | null;
  /** What stands out on the wall, where whoever leads the room wants that. Null in all other views. */
  readonly spotlight: Target | null;
  /** What is wrong with the choice of networks, in a sentence; empty when all is well. */
  readonly complaint: string;
  /** What the viewer may have done; null: nothing, nor in a recording. */
  readonly acts: Acts | null;
  /** SHA-256 fingerprint of the certificate that a browser asks about before it shows the page; empty: it asks nothing. */
  readonly certificate: string;
  /** What is shown is a recording, not the live feed. */
  readonly recorded: boolean;
  readonly t: Translate;
  /** BCP 47, for Intl: numbers and country names in the viewer's language. */
  readonly locale: string;
  readonly theme: Theme;
  readonly size: ScreenSize;
  /** Factor for type and strokes that are drawn by hand: 1 on a phone or laptop, about 2 at 3840 px. */
  readonly scale: number;
  /** The viewer has stopped the picture: nothing moves, also no animation. */
  readonly paused: boolean;
  /** The viewer asked for less motion: change at once instead of gliding, no pulses. */
  readonly reducedMotion: boolean;
}
