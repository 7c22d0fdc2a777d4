// SPDX-License-Identifier: MIT
// What there is to say of each device, and in which order. Pure.

import { hasAll, words } from '../../store/filter';
import type { Device } from '../../store/rows';
import { groupsOfDevice, type Groups } from '../../store/session';
import { sharesOf, type Share } from '../../parts/shares';
import { compareText, rateStep } from '../../parts/steps';
import type { Selection } from '../../store/selection';

export interface Card {
  readonly device: Device;
  /** Of the session, the most bytes first. */
  readonly companies: readonly Share[];
  /** Of its conversations, those for advertising or measuring people, and all. */
  readonly trackers: number;
  readonly conversations: number;
}

export const ORDERS = ['now', 'name', 'total', 'sends', 'trackers', 'unseen'] as const;
export type Order = (typeof ORDERS)[number];

function cardOf(device: Device, groups: Groups): Card {
  let trackers = 0;
  let conversations = 0;
  for (const { tracking, talks } of groupsOfDevice(groups, device).values()) {
    trackers += tracking;
    conversations += talks;
  }
  return { device, companies: sharesOf(groups, device), trackers, conversations };
}

/** wanted: words; somebody looks for them; the devices that they fit, or whose talk they fit, stay. */
function isWanted({ device, conversations }: Card, wanted: readonly string[]): boolean {
  return (
    conversations > 0 || hasAll(wanted, [device.alias, device.hostName, device.vendor, device.mac, ...device.addresses])
  );
}

const share = (part: number, whole: number): number => (whole === 0 ? -1 : part / whole);

/** mean: bytes a second in the mean of the last minutes: what is fast for a moment does not move. */
export function orderCards(
  cards: readonly Card[],
  order: Order,
  me: Device | null,
  mean: (device: Device) => number,
): Card[] {
  const value = ({ device, trackers, conversations }: Card): number => {
    switch (order) {
      case 'now':
        return rateStep(mean(device));
      case 'total':
        return device.upBytes + device.downBytes;
      case 'sends':
        return device.upBytes;
      case 'trackers':
        return share(trackers, conversations);
      case 'unseen':
        return share(device.unseen, device.total);
      case 'name':
        return 0;
    }
  };
  const values = new Map(cards.map((card) => [card, value(card)]));
  return [...cards].sort(
    (a, b) =>
      Number(b.device === me) - Number(a.device === me) ||
      (values.get(b) ?? 0) - (values.get(a) ?? 0) ||
      compareText(a.device.alias.toLowerCase(), b.device.alias.toLowerCase()) ||
      a.device.id - b.device.id,
  );
}

export function buildCards(
  { devices, only, groups }: Pick<Selection, 'devices' | 'only' | 'groups'>,
  find: string,
): Card[] {
  const wanted = words(find);
  const companies = groups('company');
  return devices
    .filter((device) => device.gone === null && (!only || device === only))
    .map((device) => cardOf(device, companies))
    .filter((card) => isWanted(card, wanted));
}
