// SPDX-License-Identifier: MIT
// From conversations to flows: one for each device and destination. Pure.

import { isTracking } from '../../store/category';
import { groupKey, isNameless } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { Grouping, Selection } from '../../store/selection';
import type { Tally } from '../../store/session';
import { wanted } from '../../parts/directions';
import { OF_NOTHING, type IsSpoken } from '../../parts/finding/spoken';
import type { FlowSettings } from './flow-settings';

export interface Amounts {
  /** Bytes a second: what is sent, and what is received. */
  upNow: number;
  downNow: number;
  /** Bytes of the whole session, of what is drawn and of what has ended. */
  upTotal: number;
  downTotal: number;
  /** Connections alive. */
  connections: number;
  /** Last activity, on the feed's clock. */
  active: number;
  /** Null while any conversation is alive. */
  gone: number | null;
  /** Conversations of the session, as the other views count them: how many, and how many are for advertising or measure people. */
  talks: number;
  tracking: number;
  /** Of one of those that are drawn it is known whom it is with; the sentence speaks of one. */
  known: boolean;
  spoken: boolean;
}

export interface Flow extends Amounts {
  readonly device: Device;
  readonly key: string;
}

export interface Destination extends Amounts {
  readonly key: string;
  readonly devices: Set<number>;
}

export interface Flows {
  readonly flows: readonly Flow[];
  readonly destinations: ReadonlyMap<string, Destination>;
  /** Only devices that take part. */
  readonly devices: ReadonlyMap<number, Amounts & { readonly device: Device }>;
}

export function addAmounts(sum: Amounts, part: Amounts): void {
  sum.upNow += part.upNow;
  sum.downNow += part.downNow;
  sum.upTotal += part.upTotal;
  sum.downTotal += part.downTotal;
  sum.connections += part.connections;
  sum.active = Math.max(sum.active, part.active);
  sum.gone = sum.gone === null || part.gone === null ? null : Math.max(sum.gone, part.gone);
  sum.talks += part.talks;
  sum.tracking += part.tracking;
  sum.known ||= part.known;
  sum.spoken ||= part.spoken;
}

/**
 * Of what is drawn: what has just ended has no connection any more. Its bytes of the session come from its group; where
 * there is none any more, for it has become part of another's sum while it fades out, from itself.
 */
function amountsOf(conversation: Conversation, group: Tally | undefined, spoken: boolean): Amounts {
  return {
    upNow: conversation.upRate,
    downNow: conversation.downRate,
    upTotal: group ? 0 : conversation.upBytes,
    downTotal: group ? 0 : conversation.downBytes,
    connections: conversation.gone === null ? conversation.open : 0,
    active: conversation.active,
    gone: conversation.gone,
    talks: group ? 0 : 1,
    tracking: !group && isTracking(conversation.category) ? 1 : 0,
    known: !isNameless(conversation),
    spoken,
  };
}

/** Of nothing alive: what the session had of it. */
export function startAmounts(tally?: Tally): Amounts {
  return {
    upNow: 0,
    downNow: 0,
    upTotal: tally?.upBytes ?? 0,
    downTotal: tally?.downBytes ?? 0,
    connections: 0,
    active: -Infinity,
    gone: -Infinity,
    talks: tally?.talks ?? 0,
    tracking: tally?.tracking ?? 0,
    known: false,
    spoken: false,
  };
}

/** What is drawn is what is so now; how much it was in total is of the session. */
export function buildFlows(selection: Selection, by: Grouping, isSpoken: IsSpoken = OF_NOTHING): Flows {
  const flows = new Map<string, Flow>();
  const destinations = new Map<string, Destination>();
  const devices = new Map<number, Amounts & { readonly device: Device }>();
  const groups = selection.groups(by);
  for (const conversation of selection.conversations) {
    const { device } = conversation;
    const key = groupKey(conversation, by);
    const tally = groups.ofDevices.get(device.id)?.get(key);
    const spoken = isSpoken(conversation);
    const amounts = amountsOf(conversation, tally, spoken);
    const id = `${device.id}/${key}`;

    let own = devices.get(device.id);
    if (!own) devices.set(device.id, (own = { ...startAmounts(), device }));
    addAmounts(own, amounts);

    let flow = flows.get(id);
    if (!flow) {
      flow = { ...startAmounts(tally), device, key };
      flows.set(id, flow);
      own.upTotal += flow.upTotal;
      own.downTotal += flow.downTotal;
    }
    addAmounts(flow, amounts);

    const group = groups.all.get(key);
    let destination = destinations.get(key);
    if (!destination) {
      destination = { ...startAmounts(group), key, devices: new Set() };
      destinations.set(key, destination);
    }
    destination.devices.add(device.id);
    addAmounts(destination, amountsOf(conversation, group, spoken));
  }
  return { flows: [...flows.values()], destinations, devices };
}

/** Bytes of the whole session, in both directions. */
export function totalOf({ upTotal, downTotal }: Amounts): number {
  return upTotal + downTotal;
}

type Told = Pick<FlowSettings, 'width' | 'way'>;

/** What the settings tell of each direction; connections have none. */
export function directed(of: Amounts, { width, way }: Told): { readonly up: number; readonly down: number } | null {
  if (width === 'connections') return null;
  return width === 'now' ? wanted(of.upNow, of.downNow, way) : wanted(of.upTotal, of.downTotal, way);
}

/** What the width says. */
export function amount(of: Amounts, told: Told): number {
  const bytes = directed(of, told);
  return bytes ? bytes.up + bytes.down : of.connections;
}

/** Whether a flow may show by the settings what of it was sent and what was received. */
export function tellsDirections(told: Told): boolean {
  return told.way === 'both' && told.width !== 'connections';
}

/** How much of what the width says was sent, from 0 to 1; null where it is all of one direction by the settings, or of none. */
export function sentShare(of: Amounts, told: Told): number | null {
  const bytes = tellsDirections(told) ? directed(of, told) : null;
  const all = bytes ? bytes.up + bytes.down : 0;
  return bytes && all > 0 ? bytes.up / all : null;
}
