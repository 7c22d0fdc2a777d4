// SPDX-License-Identifier: MIT
// Can this network see the names that a device asks for? Told from what was seen anyway; nobody is asked anything. Pure.

import type { Device, Source } from '../../store/rows';

/**
 * stranger: the viewer's device is not one that is seen here. blind: no lookups are read, so nobody can tell. seen: its
 * lookups are. partly: they are, and much of its traffic goes where nobody here asked for a name, or it uses encrypted
 * DNS or a relay as well. hidden: encrypted DNS or a relay, and no lookups. unseen: traffic, and no lookups. quiet: too
 * little to tell.
 */
export type Check = 'stranger' | 'blind' | 'seen' | 'partly' | 'hidden' | 'unseen' | 'quiet';

/** Longer ago says nothing of now. Milliseconds. */
const LATELY = 600_000;
/** Fewer conversations say nothing. */
const ENOUGH = 5;

/** The share of conversations with far ends that nobody here had looked up, or null when they are too few to tell. */
export function unseenShare({ total, unseen }: Pick<Device, 'total' | 'unseen'>): number | null {
  return total < ENOUGH ? null : Math.min(1, Math.max(0, unseen / total));
}

export function checkNames(device: Device | null, sources: readonly Source[], now: number): Check {
  if (!device) return 'stranger';
  if (!sources.some((source) => source.kind === 'dns' && source.state === 'ok')) return 'blind';
  const lately = (time: number | null): boolean => time !== null && now - time <= LATELY;
  const hides = lately(device.hiddenDns);
  if (lately(device.lookedUp)) return hides || (unseenShare(device) ?? 0) > 0.5 ? 'partly' : 'seen';
  if (hides) return 'hidden';
  return device.total < ENOUGH || now - device.active > LATELY ? 'quiet' : 'unseen';
}
