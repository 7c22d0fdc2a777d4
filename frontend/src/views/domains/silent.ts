// SPDX-License-Identifier: MIT
// Whose names are missing: devices that are busy and that nobody has heard asking. Pure.

import type { Device } from '../../store/rows';
import type { Selection } from '../types';

/** Fewer conversations say nothing. */
const ENOUGH = 5;

export function silentDevices({ devices, only }: Pick<Selection, 'devices' | 'only'>): Device[] {
  return devices.filter((one) => one.gone === null && !one.self && one.lookedUp === null && one.total >= ENOUGH && (!only || one === only));
}

/** True when somebody reads what devices look up. */
export function readsLookups({ sources }: Pick<Selection, 'sources'>): boolean {
  return sources.some((source) => source.kind === 'dns' && source.state === 'ok');
}
