// SPDX-License-Identifier: MIT
// What there is to say of each device, and in which order. Pure.

import { amountsOfDevices, talksOf, type AmountsSource, type DeviceAmounts } from '../../store/device-amounts';
import { hasAll, words } from '../../store/filter';
import type { Device } from '../../store/rows';
import { groupsOfDevice } from '../../store/session';
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
  /** It is this device itself that somebody looks for, and not what it talks with. */
  readonly meant: boolean;
  /** Of all its conversations, whatever the filter: those for advertising that the filter leaves. */
  readonly trackerShare: number;
  readonly amounts: DeviceAmounts;
}

export const ORDERS = ['now', 'name', 'total', 'sends', 'trackers', 'unseen'] as const;
export type Order = (typeof ORDERS)[number];

/** Without a whole, less than any. */
const share = (part: number, whole: number): number => (whole === 0 ? -1 : part / whole);

type Source = AmountsSource & Pick<Selection, 'devices' | 'only' | 'allGroups'>;

/** Whether the words are of its names or addresses. */
function isMeant({ alias, hostName, vendor, mac, addresses }: Device, wanted: readonly string[]): boolean {
  return hasAll(wanted, [alias, hostName, vendor, mac, ...addresses]);
}

/** wanted: words that somebody looks for. */
function cardOf(
  device: Device,
  selection: Source,
  amounts: (device: Device) => DeviceAmounts,
  wanted: readonly string[],
): Card {
  const groups = selection.groups('company');
  let trackers = 0;
  let conversations = 0;
  for (const { tracking, talks } of groupsOfDevice(groups, device).values()) {
    trackers += tracking;
    conversations += talks;
  }
  return {
    ...{ device, trackers, conversations, meant: isMeant(device, wanted) },
    companies: sharesOf(groups, device),
    trackerShare: share(trackers, selection.narrowed ? talksOf(device, selection) : conversations),
    amounts: amounts(device),
  };
}

/** The orders that say who is first in something: there the viewer's own is where it belongs. */
const RANKS: readonly Order[] = ['total', 'sends', 'trackers', 'unseen'];

/** mean: bytes a second in the mean of the last minutes: what is fast for a moment does not move. */
export function orderCards(
  cards: readonly Card[],
  order: Order,
  me: Device | null,
  mean: (card: Card) => number,
): Card[] {
  const value = (card: Card): number => {
    const { device, amounts, trackerShare } = card;
    switch (order) {
      case 'now':
        return rateStep(mean(card));
      case 'total':
        return amounts.upBytes + amounts.downBytes;
      case 'sends':
        return amounts.upBytes;
      case 'trackers':
        return trackerShare;
      case 'unseen':
        return share(device.unseen, device.total);
      case 'name':
        return 0;
    }
  };
  const values = new Map(cards.map((card) => [card, value(card)]));
  const own = RANKS.includes(order) ? null : me;
  return [...cards].sort(
    (a, b) =>
      Number(b.meant) - Number(a.meant) ||
      Number(b.device === own) - Number(a.device === own) ||
      (values.get(b) ?? 0) - (values.get(a) ?? 0) ||
      compareText(a.device.alias.toLowerCase(), b.device.alias.toLowerCase()) ||
      a.device.id - b.device.id,
  );
}

/** Milliseconds that an order is kept for. */
export const HOLDS = 10_000;

/** Keeps cards where they are for a while: who looks for one should find it where it was. */
export class HeldOrder {
  #places = new Map<number, number>();
  #key = '';
  #since = -Infinity;

  /** cards: in their order. key: another one is another list, which is taken as it is. now: on any clock, milliseconds. */
  arrange(cards: readonly Card[], key: string, now: number): readonly Card[] {
    if (key !== this.#key || now - this.#since >= HOLDS || now < this.#since) {
      this.#places = new Map(cards.map(({ device }, place) => [device.id, place]));
      this.#key = key;
      this.#since = now;
      return cards;
    }
    // what is new comes last
    const place = ({ device }: Card): number => this.#places.get(device.id) ?? Infinity;
    return [...cards].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  }
}

export function buildCards(selection: Source, find: string): Card[] {
  const { devices, only } = selection;
  const wanted = words(find);
  const amounts = amountsOfDevices(selection);
  return devices
    .filter((device) => device.gone === null && (!only || device === only))
    .map((device) => cardOf(device, selection, amounts, wanted))
    .filter(({ meant, conversations }) => meant || conversations > 0);
}
