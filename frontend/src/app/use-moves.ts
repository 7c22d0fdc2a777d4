// SPDX-License-Identifier: MIT
// What the viewer can change about what is being looked at: it goes through the address, and so can be shared and gone back from.

import { useMemo, useRef } from 'preact/hooks';
import type { Device } from '../store/rows';
import { sameTarget, type Target } from '../store/selection';
import type { ViewName } from '../views/registry';
import type { ViewProps } from '../views/view-props';
import type { Evidence } from '../parts/finding/finding-band';
import type { Go } from './use-route';
import { changeOptions, evidenceRoute, fromRouteTarget, START, toRouteTarget, type Route } from './route';

export interface Moves extends Pick<ViewProps, 'onTarget' | 'onOptions' | 'onView' | 'onOnly' | 'onNames'> {
  readonly onFilter: (change: Partial<Pick<Route, 'who' | 'kind' | 'find'>>) => void;
  /** Shows what a finding speaks of: in the picture that is open, or in the flows. */
  readonly onEvidence: (evidence: Evidence) => void;
  readonly onSite: (site: string) => void;
  /** Opens or closes the panel that says where the knowledge comes from. */
  readonly onAbout: (open: boolean) => void;
  /** Opens or closes the panel of who leads the room. */
  readonly onLead: (open: boolean) => void;
}

/** The same functions for as long as the page lives, whoever is here. */
export function useMoves(go: Go, devices: readonly Device[]): Moves {
  const here = useRef(devices);
  here.current = devices;
  return useMemo(() => {
    const onOptions = (change: Readonly<Record<string, string | null>>): void =>
      go((from) => ({ ...from, options: changeOptions(from.options, change) }));
    // another selection is seen whole at first, on the map too
    const onFilter: Moves['onFilter'] = (change) =>
      go((from) => ({ ...from, ...change, options: changeOptions(from.options, { look: null }) }));
    return {
      // what is picked is shown in the place of the other panels
      onTarget: (next: Target | null) =>
        go((from) => ({
          ...from,
          target: toRouteTarget(next, here.current),
          options: next ? changeOptions(from.options, { about: null, lead: null }) : from.options,
        })),
      onOptions,
      onView: (next: ViewName, alias?: string) =>
        go((from) => ({ ...from, view: next, alias: next === 'device' ? (alias ?? null) : null })),
      onOnly: (device: Device | null) => onFilter({ who: device ? `=${device.alias}` : 'all' }),
      onFilter,
      onNames: (device: Device) => go((from) => ({ ...evidenceRoute(from, null, ''), who: `=${device.alias}` })),
      onEvidence: ({ target, name }) => go((from) => evidenceRoute(from, toRouteTarget(target, here.current), name)),
      // devices and companies of another site are others
      onSite: (site) => go(({ view }) => ({ ...START, view: view === 'device' ? 'devices' : view, site })),
      onAbout: (open) => onOptions({ about: open ? '1' : null, lead: null }),
      onLead: (open) => onOptions({ lead: open ? '1' : null, about: null }),
    };
  }, [go]);
}

/** What is picked; the same object while it is the same thing. */
export function useTarget(route: Route, devices: readonly Device[]): Target | null {
  const held = useRef<Target | null>(null);
  const target = fromRouteTarget(route.target, devices);
  if (!target || !sameTarget(held.current, target)) held.current = target;
  return held.current;
}
