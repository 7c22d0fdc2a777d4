// SPDX-License-Identifier: MIT
// Packets a second out of the devices' counters. Keeps a memory of its own.

import { Rate } from '../../store/rate';
import type { Device } from '../../store/rows';

/** After longer nobody can tell when what came since did come: the page slept. Milliseconds. */
const ASLEEP = 5000;

export class PacketMeter {
  #rate = new Rate();
  #of: number | null = null;
  #total: number | null = null;
  #now = 0;

  /** of: the id of the one device to be heard, or null for all. now: of the feed, in milliseconds. */
  follow(devices: readonly Device[], of: number | null, now: number): number {
    const total = devices.reduce(
      (sum, device) => (of === null || device.id === of ? sum + device.upPackets + device.downPackets : sum),
      0,
    );
    const before = this.#total;
    const passed = now - this.#now;
    if (before === null || of !== this.#of || passed < 0 || passed > ASLEEP || total < before) this.#rate = new Rate();
    else this.#rate.add(total - before, now);
    this.#of = of;
    this.#total = total;
    this.#now = now;
    return this.#rate.get(now);
  }
}
