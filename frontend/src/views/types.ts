// SPDX-License-Identifier: MIT
// What the shell hands to every view. A view is a Preact component over ViewProps; what it computes from them is
// kept in pure functions beside it, and it keeps no state of the feed of its own.

import type { Status } from '../app/status';
import type { Translate } from '../i18n';
import type { Category } from '../store/category';
import type { Kind } from '../store/filter';
import type { Conversation, Device, Lookup, Name, Site, Source } from '../store/rows';

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
  /** The same by id. */
  readonly deviceTable: ReadonlyMap<number, Device>;
  /** The device of this viewer, when it is one of them. */
  readonly me: Device | null;
  /** The one device that the filter leaves, or null for everyone. */
  readonly only: Device | null;
  /**
   * The conversations that views show (open, active within the last 300 s, that the filter leaves), and those that
   * have just gone and fade out (`gone` set), ordered by id.
   */
  readonly conversations: readonly Conversation[];
  // What follows is made when it is first asked for.
  /** All conversations that the feed holds and the filter leaves, also idle ones and those still being made. */
  readonly held: readonly Conversation[];
  /** The lookups that the filter leaves, ordered by id. */
  readonly lookups: readonly Lookup[];
  /** All names that somebody looked up, ordered by id. */
  readonly names: readonly Name[];
  /** The categories that all conversations of the feed have, whatever the filter, in the order of category.ts. */
  readonly categories: readonly Category[];
}

/** By what the destinations are put together: `company` is the company, or the domain where it has none. */
export type Grouping = 'company' | 'domain' | 'network' | 'country' | 'category';

/** What the viewer has picked; the shell shows its details beside the view and keeps it in the URL. */
export type Target =
  | { readonly kind: 'device'; readonly device: number }
  | { readonly kind: 'group'; readonly by: Grouping; readonly key: string }
  | { readonly kind: 'link'; readonly device: number; readonly by: Grouping; readonly key: string }
  /** One place of the map, or all of a cluster, by placeKey. */
  | { readonly kind: 'places'; readonly places: readonly string[] };

export type Theme = 'light' | 'dark';

/** phone: narrower than 700 px; wall: at least 2400 px wide; else laptop. */
export type ScreenSize = 'phone' | 'laptop' | 'wall';

/** `device` is the page of one device; `display` is the wall's: it shows the others in turn. */
export type ViewName = 'landing' | 'flows' | 'map' | 'domains' | 'devices' | 'device' | 'connections' | 'display';

/**
 * Settings of the views, by name, as they stand in the URL: all views share them, so that what means the same has the
 * same name (`by`: Grouping; `table`: 1 for the table twin). What is absent is as at first.
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
  readonly status: Status;
  /** It is shown on a wall that nobody holds: what asks for a hand, or is nobody else's business, is left out. */
  readonly wall: boolean;
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
