// SPDX-License-Identifier: MIT
// Whether a picture shows names that connvis made up: then it has to say so, or somebody of that name is taken for the device's owner.

import type { Device } from '../../store/rows';

export function hasMadeUpNames(devices: readonly Pick<Device, 'named' | 'self' | 'gone'>[]): boolean {
  return devices.some((device) => !device.named && !device.self && device.gone === null);
}
