// SPDX-License-Identifier: MIT
// What is known of names here: whether this network sees the names that a device asks for, how many far ends have one, and whether
// devices' own names are made up. Told from what was seen anyway; nobody is asked anything. Pure.

import type { Key, Translate } from '../i18n';
import type { Format } from '../i18n/format';
import type { Device, Source } from '../store/rows';
import type { Selection } from '../store/selection';

/**
 * blind: no lookups are read, so nobody can tell. seen: its lookups are. partly: they are, and much of its traffic goes where nobody here asked for a name, or it uses encrypted
 * DNS or a relay as well. hidden: encrypted DNS or a relay, and no lookups. clear: it asks a server elsewhere, which
 * anybody on the way can read, and no lookups here. unseen: traffic, and no lookups. quiet: too little to tell.
 */
export type Check = 'blind' | 'seen' | 'partly' | 'hidden' | 'clear' | 'unseen' | 'quiet';

/**
 * stranger: the viewer's device is not one that is seen here. local: the viewer comes by way of the machine that serves the page,
 * so nobody can tell which device that is. ambiguous: several networks have a device of its address.
 */
export type WhyUnknown = 'stranger' | 'local' | 'ambiguous';

/** Why the viewer's own device is not known, in a sentence. */
export const WHY_UNKNOWN: Readonly<Record<WhyUnknown, Key>> = {
  stranger: 'who.me.missing',
  local: 'landing.localText',
  ambiguous: 'who.me.ambiguous',
};

export function whyUnknown({ local, ambiguous }: Pick<Selection, 'local' | 'ambiguous'>): WhyUnknown {
  if (local) return 'local';
  return ambiguous ? 'ambiguous' : 'stranger';
}

/** Longer ago says nothing of now. Milliseconds. */
const LATELY = 600_000;
/** Fewer conversations say nothing. */
const ENOUGH = 5;

/** The share of conversations with far ends that nobody here had looked up, or null when they are too few to tell. */
export function unseenShare({ total, unseen }: Pick<Device, 'total' | 'unseen'>): number | null {
  return total < ENOUGH ? null : Math.min(1, Math.max(0, unseen / total));
}

export function checkNames(device: Device, sources: readonly Source[], now: number): Check {
  if (!readsLookups({ sources })) return 'blind';
  const lately = (time: number | null): boolean => time !== null && now - time <= LATELY;
  const hides = lately(device.hiddenDns);
  const clear = lately(device.clearDns);
  if (lately(device.lookedUp)) return hides || clear || (unseenShare(device) ?? 0) > 0.5 ? 'partly' : 'seen';
  if (hides) return 'hidden';
  if (clear) return 'clear';
  return device.total < ENOUGH || now - device.active > LATELY ? 'quiet' : 'unseen';
}

const WORDS: readonly (readonly [number, Key])[] = [
  [0.02, 'names.all'],
  [0.2, 'names.most'],
  [0.6, 'names.some'],
  [1, 'names.few'],
];

/** How many of a device's far ends have names here, in plain words. */
export function namesText(device: Device, { t, format }: { readonly t: Translate; readonly format: Format }): string {
  const share = unseenShare(device);
  if (share === null) return t('names.early');
  const [, key] = WORDS.find(([limit]) => share <= limit) ?? [1, 'names.few' as const];
  return t(key, { share: format.percent(share) });
}

/**
 * Whether a picture shows names that connvis made up: then it has to say so, or somebody of that name is taken for the
 * device's owner.
 */
export function hasMadeUpNames(devices: readonly Pick<Device, 'named' | 'self' | 'gone'>[]): boolean {
  return devices.some((device) => !device.named && !device.self && device.gone === null);
}

/** Whose names are missing: devices that are busy and that nobody has heard asking. */
export function silentDevices({ devices, only }: Pick<Selection, 'devices' | 'only'>): Device[] {
  return devices.filter(
    (one) => one.gone === null && !one.self && one.lookedUp === null && one.total >= ENOUGH && (!only || one === only),
  );
}

/** True when somebody reads what devices look up. */
export function readsLookups({ sources }: Pick<Selection, 'sources'>): boolean {
  return sources.some((source) => source.kind === 'dns' && source.state === 'ok');
}
