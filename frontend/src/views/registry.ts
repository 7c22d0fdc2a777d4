// SPDX-License-Identifier: MIT
// The views that there are: a view is a folder, a row here, and its words (`view.NAME`, `landing.NAME`).

import type { ComponentType } from 'preact';
import { LISTS_EVERY, MAP_VALUES_EVERY, VALUES_EVERY } from '../feed/pacing';
import { CALM, type ViewPace } from '../parts/use-paced';
import type { ViewProps } from './view-props';

/** Each is loaded when it is first wanted, so that the first one is there soon. */
const ROWS = {
  landing: {
    load: () => import('./landing/landing-view'),
    title: 'view.landing',
    listed: true,
    whole: true,
    explainsEmpty: true,
    // five flows are to be read, not to be followed
    pace: CALM,
  },
  flows: {
    load: () => import('./flows/flows-view'),
    title: 'view.flows',
    about: 'landing.flows',
    listed: true,
    picture: 'always',
    wallTime: 40_000,
  },
  map: {
    load: () => import('./map/map-view'),
    title: 'view.map',
    about: 'landing.map',
    // its pulses say that something moved
    pace: { things: 0, values: MAP_VALUES_EVERY },
    listed: true,
    picture: 'always',
    wallTime: 30_000,
  },
  domains: {
    load: () => import('./domains/domains-view'),
    title: 'view.domains',
    about: 'landing.domains',
    listed: true,
    picture: 'lookups',
    pace: { things: LISTS_EVERY, values: VALUES_EVERY },
    explainsEmpty: true,
    wallTime: 25_000,
  },
  devices: {
    load: () => import('./devices/devices-view'),
    title: 'view.devices',
    about: 'landing.devices',
    pace: { things: LISTS_EVERY, values: VALUES_EVERY },
    listed: true,
    explainsEmpty: true,
    wallTime: 25_000,
  },
  device: { load: () => import('./device/device-view'), title: 'view.device', under: 'devices', explainsEmpty: true },
  connections: {
    load: () => import('./connections/connections-view'),
    title: 'view.connections',
    about: 'landing.connections',
    listed: true,
    explainsEmpty: true,
  },
  desk: {
    load: () => import('./desk/desk-view'),
    title: 'view.desk',
    explainsEmpty: true,
    led: true,
    pace: CALM,
  },
  display: {
    load: () => import('./display/display-view'),
    title: 'view.display',
    about: 'landing.display',
    explainsEmpty: true,
    wholePage: true,
    // what it shows has paces of its own
    pace: { things: 0, values: 0 },
  },
} as const;

/** `device` is the page of one device; `display` is the wall's: it shows the others in turn. */
export type ViewName = keyof typeof ROWS;

export interface ViewRow {
  readonly load: () => Promise<{ readonly default: ComponentType<ViewProps> }>;
  readonly title: `view.${ViewName}`;
  /** One sentence about it, for the start page and the wall; a view without one has no card at the start. */
  readonly about?: `landing.${Exclude<ViewName, 'landing' | 'device' | 'desk'>}`;
  /** It has a place in the navigation. */
  readonly listed?: boolean;
  /** It shows all that there is, whatever is filtered in the others. */
  readonly whole?: boolean;
  /** It is for whoever leads the room, and no way leads others to it. */
  readonly led?: boolean;
  /** The view that is marked in the navigation while this one is open, where it is not itself. */
  readonly under?: ViewName;
  /** It shows a picture that can be saved: whenever there is traffic, or whenever there are lookups. */
  readonly picture?: 'always' | 'lookups';
  /** It says by itself when there is nothing to show. */
  readonly explainsEmpty?: boolean;
  /** How often it is drawn anew, where not as often as one can read. */
  readonly pace?: ViewPace;
  /** It stands alone on the page, without the frame. */
  readonly wholePage?: boolean;
  /** How long the wall shows it: what is understood at a glance has less time than what has to be read. Milliseconds. */
  readonly wallTime?: number;
}

export const VIEWS: Readonly<Record<ViewName, ViewRow>> = ROWS;

export const VIEW_NAMES = Object.keys(ROWS) as readonly ViewName[];

/** Those in the navigation: one device is behind its name. */
export const LISTED: readonly ViewName[] = VIEW_NAMES.filter((view) => VIEWS[view].listed);
