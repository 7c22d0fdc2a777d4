// SPDX-License-Identifier: MIT
// From conversations to flows: one for each device and destination. Pure.

import { groupKey } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { Grouping, Selection } from '../../store/selection';
import type { Tally } from '../../store/session';
import type { Width } from './flow-settings';

export interface Amounts {
  /** Bytes a second, both directions. */
  now: number;
  /** Bytes of the whole session, of what is drawn and of what has ended. */
  total: number;
  /** Connections alive. */
  connections: number;
  /** Last activity, on the feed's clock. */
  active: number;
  /** Null while any conversation is alive. */
  gone: number | null;
}

export interface Flow extends Amounts {
  readonly device: Device;
  readonly key: string;
}

export interface Destination extends Amounts {
  readonly key: string;
  readonly devices: Set<number>;
  /** Of all of its conversations of the session, as the other views count them: how many, and how many are for advertising or measure people. */
  talks: number;
  tracking: number;
}

export interface Flows {
  readonly flows: readonly Flow[];
  readonly destinations: ReadonlyMap<string, Destination>;
  /** Only devices that take part. */
  readonly devices: ReadonlyMap<number, Amounts & { readonly device: Device }>;
}

export function addAmounts(sum: Amounts, part: Amounts): void {
  sum.now += part.now;
  sum.total += part.total;
  sum.connections += part.connections;
  sum.active = Math.max(sum.active, part.active);
  sum.gone = sum.gone === null || part.gone === null ? null : Math.max(sum.gone, part.gone);
}

/** Of what is drawn: what has just ended has no connection any more. Its bytes of the session come from the groups. */
function amountsOf(conversation: Conversation): Amounts {
  return {
    now: conversation.upRate + conversation.downRate,
    total: 0,
    connections: conversation.gone === null ? conversation.open : 0,
    active: conversation.active,
    gone: conversation.gone,
  };
}

function bytesOf(tally: Tally | undefined): number {
  return tally ? tally.upBytes + tally.downBytes : 0;
}

/** What is drawn is what is so now; how much it was in total is of the session. */
export function buildFlows(selection: Selection, by: Grouping): Flows {
  const flows = new Map<string, Flow>();
  const destinations = new Map<string, Destination>();
  const devices = new Map<number, Amounts & { readonly device: Device }>();
  const groups = selection.groups(by);
  for (const conversation of selection.conversations) {
    const { device } = conversation;
    const key = groupKey(conversation, by);
    const amounts = amountsOf(conversation);
    const id = `${device.id}/${key}`;

    let own = devices.get(device.id);
    if (!own)
      devices.set(device.id, (own = { now: 0, total: 0, connections: 0, active: -Infinity, gone: -Infinity, device }));
    addAmounts(own, amounts);

    let flow = flows.get(id);
    if (!flow) {
      const total = bytesOf(groups.ofDevices.get(device.id)?.get(key));
      flows.set(id, (flow = { now: 0, total, connections: 0, active: -Infinity, gone: -Infinity, device, key }));
      own.total += total;
    }
    addAmounts(flow, amounts);

    let destination = destinations.get(key);
    if (!destination) {
      const group = groups.all.get(key);
      const { talks = 0, tracking = 0 } = group ?? {};
      destination = {
        now: 0,
        total: bytesOf(group),
        connections: 0,
        active: -Infinity,
        gone: -Infinity,
        key,
        devices: new Set(),
        talks,
        tracking,
      };
      destinations.set(key, destination);
    }
    destination.devices.add(device.id);
    addAmounts(destination, amounts);
  }
  return { flows: [...flows.values()], destinations, devices };
}

export function amount(of: Amounts, width: Width): number {
  return width === 'now' ? of.now : width === 'total' ? of.total : of.connections;
}
