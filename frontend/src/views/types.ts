// SPDX-License-Identifier: MIT
// What the shell hands to every view. A view is a Preact component over ViewProps; what it computes from them is
// kept in pure functions beside it, and it keeps no state of the feed of its own.

import type { Translate } from '../i18n';
import type { Conversation, Device, Site, Source } from '../store/rows';

/**
 * What is to be shown now. A new object for each update of the picture (at most ten a second, at least one a
 * second while the feed is live); the same object, with rows that stand still, while the picture is paused.
 */
export interface Selection {
  /** Grows by one with each new selection. */
  readonly version: number;
  /** The feed's clock: age = now - row.active. Milliseconds. */
  readonly now: number;
  readonly site: Site | null;
  readonly sources: readonly Source[];
  /** All devices, whatever the filter, ordered by id. */
  readonly devices: readonly Device[];
  /** The device of this viewer, when it is one of them. */
  readonly me: Device | null;
  /** The one device that the filter leaves, or null for everyone. */
  readonly only: Device | null;
  /**
   * The conversations that views show (open, active within the last 300 s, of the filtered device), and those that
   * have just gone and fade out (`gone` set), ordered by id.
   */
  readonly conversations: readonly Conversation[];
}

/** By what the destinations are put together. */
export type Grouping = 'name' | 'network' | 'country';

/** What the viewer has picked; the shell shows its details beside the view and keeps it in the URL. */
export type Target =
  | { readonly kind: 'device'; readonly device: number }
  | { readonly kind: 'group'; readonly by: Grouping; readonly key: string }
  | { readonly kind: 'link'; readonly device: number; readonly by: Grouping; readonly key: string }
  /** One place of the map, or all of a cluster. Row ids. */
  | { readonly kind: 'places'; readonly places: readonly number[] };

export type Theme = 'light' | 'dark';

/** phone: narrower than 700 px; wall: at least 2400 px wide; else laptop. */
export type ScreenSize = 'phone' | 'laptop' | 'wall';

export interface ViewProps {
  readonly selection: Selection;
  readonly target: Target | null;
  readonly onTarget: (target: Target | null) => void;
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
