// SPDX-License-Identifier: MIT
// How far something reaches into the room: how many of the devices here have talked with it. Pure.

import { groupKey } from '../../store/grouping';
import type { Selection, Target } from '../types';

export interface Reach {
  readonly devices: number;
  readonly all: number;
}

/** Null where it says nothing: of a device, of a place, or when one device alone is shown. */
export function reachOf(selection: Selection, target: Target): Reach | null {
  if (target.kind === 'device' || target.kind === 'places' || selection.only) return null;
  const { by, key } = target;
  const devices = new Set<number>();
  for (const one of selection.held) if (!one.device.self && groupKey(one, by) === key) devices.add(one.device.id);
  const all = selection.devices.filter((device) => device.gone === null && !device.self).length;
  return devices.size === 0 || all < devices.size ? null : { devices: devices.size, all };
}
