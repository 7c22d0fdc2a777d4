// SPDX-License-Identifier: MIT
// What is being looked at, as the part of the address after `#`, so that a view can be shared and survives a reload.
// Devices are named by their alias there: row ids change with each start of the collector.

import type { Device } from '../store/rows';
import type { Grouping, Target } from '../views/types';
import type { FlowSettings } from '../views/sankey/settings';

export type ViewName = 'flows' | 'map';

export type RouteTarget =
  | { readonly kind: 'device'; readonly alias: string }
  | { readonly kind: 'group'; readonly by: Grouping; readonly key: string }
  | { readonly kind: 'link'; readonly alias: string; readonly by: Grouping; readonly key: string };

export interface Route {
  readonly view: ViewName;
  /** all, me, or `=` and an alias. */
  readonly who: string;
  readonly flows: FlowSettings;
  readonly target: RouteTarget | null;
}

export const START: Route = {
  view: 'flows',
  who: 'all',
  flows: { by: 'name', width: 'now', show: 'fit', table: false },
  target: null,
};

function oneOf<T extends string>(value: string | null, allowed: readonly T[], otherwise: T): T {
  return allowed.find((item) => item === value) ?? otherwise;
}

function isGrouping(value: string | undefined): value is Grouping {
  return value === 'name' || value === 'network' || value === 'country';
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
  return null;
}

function writeTarget(target: RouteTarget): string {
  const parts =
    target.kind === 'device'
      ? ['device', target.alias]
      : target.kind === 'group'
        ? ['group', target.by, target.key]
        : ['link', target.alias, target.by, target.key];
  return parts.map(encodeURIComponent).join('/');
}

/** Reads the part after `#`, with or without it; what makes no sense is left out. */
export function readRoute(hash: string): Route {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const who = fields.get('who') ?? 'all';
  return {
    view: oneOf(fields.get('view'), ['flows', 'map'], START.view),
    who: who === 'me' || who.startsWith('=') ? who : 'all',
    flows: {
      by: oneOf(fields.get('by'), ['name', 'network', 'country'], START.flows.by),
      width: oneOf(fields.get('width'), ['now', 'total', 'connections'], START.flows.width),
      show: oneOf(fields.get('show'), ['fit', 'shared', 'all'], START.flows.show),
      table: fields.get('table') === '1',
    },
    target: readTarget(fields.get('at')),
  };
}

/** The part after `#`, without it; what is as it is at the start is left out. */
export function writeRoute(route: Route): string {
  const fields = new URLSearchParams();
  if (route.view !== START.view) fields.set('view', route.view);
  if (route.who !== START.who) fields.set('who', route.who);
  if (route.flows.by !== START.flows.by) fields.set('by', route.flows.by);
  if (route.flows.width !== START.flows.width) fields.set('width', route.flows.width);
  if (route.flows.show !== START.flows.show) fields.set('show', route.flows.show);
  if (route.flows.table) fields.set('table', '1');
  if (route.target) fields.set('at', writeTarget(route.target));
  return fields.toString();
}

/** Null for what an address cannot name, as places. */
export function toRouteTarget(target: Target | null, devices: readonly Device[]): RouteTarget | null {
  if (!target || target.kind === 'places') return null;
  if (target.kind === 'group') return target;
  const alias = devices.find((device) => device.id === target.device)?.alias;
  if (alias === undefined) return null;
  return target.kind === 'device' ? { kind: 'device', alias } : { kind: 'link', alias, by: target.by, key: target.key };
}

export function fromRouteTarget(target: RouteTarget | null, devices: readonly Device[]): Target | null {
  if (!target || target.kind === 'group') return target;
  const device = devices.find((candidate) => candidate.alias === target.alias)?.id;
  if (device === undefined) return null;
  return target.kind === 'device' ? { kind: 'device', device } : { kind: 'link', device, by: target.by, key: target.key };
}
