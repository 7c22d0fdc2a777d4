// SPDX-License-Identifier: MIT
// From conversations to flows: one for each device and destination. Pure.

import { isTracking } from '../../store/category';
import { groupKey } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { Grouping, Selection } from '../../store/selection';
import type { Width } from './flow-settings';

export interface Amounts {
  /** Bytes a second, both directions. */
  now: number;
  total: number;
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
  /** Of all of its conversations that are held, as the other views count them: how many, and how many are for advertising or measure people. */
  talks: number;
  tracking: number;
  /** When the first of its conversations began, on the feed's clock. */
  seen: number;
}

export interface Flows {
  readonly flows: readonly Flow[];
  readonly destinations: ReadonlyMap<string, Destination>;
  /** Only devices that take part. */
  readonly devices: ReadonlyMap<number, Amounts & { readonly device: Device }>;
}

const NOTHING: Amounts = { now: 0, total: 0, connections: 0, active: -Infinity, gone: -Infinity };

export function addAmounts(sum: Amounts, part: Amounts): void {
  sum.now += part.now;
  sum.total += part.total;
  sum.connections += part.connections;
  sum.active = Math.max(sum.active, part.active);
  sum.gone = sum.gone === null || part.gone === null ? null : Math.max(sum.gone, part.gone);
}

export function amountsOf(conversation: Conversation): Amounts {
  return {
    now: conversation.upRate + conversation.downRate,
    total: conversation.upBytes + conversation.downBytes,
    connections: Math.max(1, conversation.open),
    active: conversation.active,
    gone: conversation.gone,
  };
}

export function buildFlows(selection: Selection, by: Grouping): Flows {
  const flows = new Map<string, Flow>();
  const destinations = new Map<string, Destination>();
  const devices = new Map<number, Amounts & { readonly device: Device }>();
  for (const conversation of selection.conversations) {
    const { device } = conversation;
    const key = groupKey(conversation, by);
    const amounts = amountsOf(conversation);
    const id = `${device.id}/${key}`;

    let flow = flows.get(id);
    if (!flow) flows.set(id, (flow = { ...NOTHING, device, key }));
    addAmounts(flow, amounts);

    let destination = destinations.get(key);
    if (!destination)
      destinations.set(
        key,
        (destination = { ...NOTHING, key, devices: new Set(), talks: 0, tracking: 0, seen: Infinity }),
      );
    destination.devices.add(device.id);
    destination.seen = Math.min(destination.seen, conversation.seen, conversation.remote.seen);
    addAmounts(destination, amounts);

    let own = devices.get(device.id);
    if (!own) devices.set(device.id, (own = { ...NOTHING, device }));
    addAmounts(own, amounts);
  }
  for (const conversation of selection.held) {
    const destination = destinations.get(groupKey(conversation, by));
    if (!destination) continue;
    destination.talks += 1;
    if (isTracking(conversation.category)) destination.tracking += 1;
  }
  return { flows: [...flows.values()], destinations, devices };
}

export function amount(of: Amounts, width: Width): number {
  return width === 'now' ? of.now : width === 'total' ? of.total : of.connections;
}
