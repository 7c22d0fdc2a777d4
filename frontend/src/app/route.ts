// SPDX-License-Identifier: MIT
// What is being looked at, as the part of the address after `#`, so that a view can be shared and survives a reload.
// Devices are named by their alias there: row ids change with each start of the collector.

import { EVERY_SITE } from '../feed/every-site';
import { CATEGORIES } from '../store/category';
import type { Kind } from '../store/filter';
import { GROUPINGS } from '../store/grouping';
import type { Device } from '../store/rows';
import type { Options } from '../views/view-props';
import type { Grouping, Target } from '../store/selection';
import { VIEW_NAMES, VIEWS, type ViewName } from '../views/registry';

export type RouteTarget =
  | { readonly kind: 'device'; readonly alias: string }
  | Extract<Target, { kind: 'group' | 'places' }>
  | { readonly kind: 'link'; readonly alias: string; readonly by: Grouping; readonly key: string };

export interface Route {
  /** The site's name; empty: the broadcaster's first; EVERY_SITE: all together. */
  readonly site: string;
  readonly view: ViewName;
  /** Whose page it is, in the view `device`; null in all others. */
  readonly alias: string | null;
  /** all, me, or `=` and an alias. */
  readonly who: string;
  readonly kind: Kind;
  readonly find: string;
  readonly target: RouteTarget | null;
  readonly options: Options;
}

const KINDS: readonly Kind[] = ['all', 'tracking', 'hiding', ...CATEGORIES];

export const START: Route = {
  site: '',
  view: 'landing',
  alias: null,
  who: 'all',
  kind: 'all',
  find: '',
  target: null,
  options: {},
};

const OWN_FIELDS: readonly string[] = ['site', 'view', 'who', 'kind', 'find', 'at'];
const SITE = /^[a-z0-9][a-z0-9-]{0,31}$/;
const FIND_LETTERS = 100;
const OPTIONS_MAX = 16;
/** Of one cluster. */
const PLACES_MAX = 64;

function oneOf<T extends string>(value: string | null, allowed: readonly T[], otherwise: T): T {
  return allowed.find((item) => item === value) ?? otherwise;
}

function isGrouping(value: string | undefined): value is Grouping {
  return (GROUPINGS as readonly (string | undefined)[]).includes(value);
}

function readTarget(text: string | null): RouteTarget | null {
  const [kind, ...rest] = (text ?? '').split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return '';
    }
  });
  const [a, b, c] = rest;
  if (kind === 'device' && a) return { kind, alias: a };
  if (kind === 'group' && isGrouping(a) && b) return { kind, by: a, key: b };
  if (kind === 'link' && a && isGrouping(b) && c) return { kind, alias: a, by: b, key: c };
  if (kind === 'places' && rest.length > 0 && rest.length <= PLACES_MAX && rest.every((key) => key !== ''))
    return { kind, places: rest };
  return null;
}

function writeTarget(target: RouteTarget): string {
  const parts =
    target.kind === 'device'
      ? ['device', target.alias]
      : target.kind === 'group'
        ? ['group', target.by, target.key]
        : target.kind === 'places'
          ? ['places', ...target.places.slice(0, PLACES_MAX)]
          : ['link', target.alias, target.by, target.key];
  return parts.map(encodeURIComponent).join('/');
}

/** The page of one device is `device/` and its alias. */
function readView(text: string | null): Pick<Route, 'view' | 'alias'> {
  const value = text ?? '';
  if (value.startsWith('device/') && value.length > 'device/'.length)
    return { view: 'device', alias: value.slice('device/'.length) };
  const view = oneOf(value, VIEW_NAMES, START.view);
  return { view: view === 'device' ? 'devices' : view, alias: null };
}

function isOption(name: string, value: string): boolean {
  return /^[a-z]{1,24}$/.test(name) && /^[\w.-]{1,64}$/.test(value) && !OWN_FIELDS.includes(name);
}

/** Options with some of them changed; null takes one away, and so does what an address cannot hold. */
export function changeOptions(options: Options, change: Readonly<Record<string, string | null>>): Options {
  const changed = Object.entries({ ...options, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== null && isOption(entry[0], entry[1]),
  );
  return Object.fromEntries(changed.slice(0, OPTIONS_MAX));
}

/** Reads the part after `#`, with or without it; what makes no sense is left out. */
export function readRoute(hash: string): Route {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const who = fields.get('who') ?? 'all';
  const site = fields.get('site') ?? '';
  return {
    site: site === EVERY_SITE || SITE.test(site) ? site : '',
    ...readView(fields.get('view')),
    who: who === 'me' || (who.startsWith('=') && who.length > 1) ? who : 'all',
    kind: oneOf(fields.get('kind'), KINDS, START.kind),
    find: (fields.get('find') ?? '').slice(0, FIND_LETTERS),
    target: readTarget(fields.get('at')),
    options: changeOptions({}, Object.fromEntries(fields)),
  };
}

/** The part after `#`, without it; what is as it is at the start is left out. */
export function writeRoute(route: Route): string {
  const fields = new URLSearchParams();
  if (route.site !== START.site) fields.set('site', route.site);
  if (route.view === 'device') fields.set('view', `device/${route.alias ?? ''}`);
  else if (route.view !== START.view) fields.set('view', route.view);
  if (route.who !== START.who) fields.set('who', route.who);
  if (route.kind !== START.kind) fields.set('kind', route.kind);
  if (route.find !== START.find) fields.set('find', route.find);
  for (const [name, value] of Object.entries(route.options)) fields.set(name, value);
  if (route.target) fields.set('at', writeTarget(route.target));
  return fields.toString();
}

export function toRouteTarget(target: Target | null, devices: readonly Device[]): RouteTarget | null {
  if (!target || target.kind === 'group' || target.kind === 'places') return target;
  const alias = devices.find((device) => device.id === target.device)?.alias;
  if (alias === undefined) return null;
  return target.kind === 'device' ? { kind: 'device', alias } : { kind: 'link', alias, by: target.by, key: target.key };
}

export function fromRouteTarget(target: RouteTarget | null, devices: readonly Device[]): Target | null {
  if (!target || target.kind === 'group' || target.kind === 'places') return target;
  const device = devices.find((candidate) => candidate.alias === target.alias)?.id;
  if (device === undefined) return null;
  return target.kind === 'device'
    ? { kind: 'device', device }
    : { kind: 'link', device, by: target.by, key: target.key };
}

/** In these what is picked stands out. */
const PICTURES: readonly ViewName[] = ['flows', 'map'];

/** Where a finding is seen: picked in a picture, or among the names that were looked up. Nothing is filtered that would hide it. */
export function evidenceRoute(from: Route, target: RouteTarget | null, name: string | null): Route {
  const shown = { ...from, alias: null, kind: 'all', find: '' } as const;
  // what was found where nothing is filtered may be of anybody
  const who = VIEWS[from.view].whole || from.alias !== null ? START.who : from.who;
  const clear = (options: Record<string, null>): Route['options'] =>
    changeOptions(from.options, { ...options, about: null, lead: null });
  if (name !== null)
    return { ...shown, view: 'domains', who: START.who, find: name, target: null, options: clear({ result: null }) };
  return {
    ...shown,
    view: PICTURES.includes(from.view) ? from.view : 'flows',
    who,
    target,
    // companies are picked where there are companies
    options: clear({ by: null }),
  };
}
