// SPDX-License-Identifier: MIT
// What the room is doing, as whoever leads it says: rows of the feed. Of several sites that are shown together, the first
// one in which something is said.

import { entityOf, type Refs } from './entity';
import type { CellReader } from './cell-reader';
import type { Mark, Room } from './rows';
import type { Target } from './selection';

export class RoomEntity extends entityOf('room') implements Room {
  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
  }
}

export class MarkEntity extends entityOf('marks') implements Mark {
  fill(row: CellReader): void {
    row.fill(this);
  }
}

function isQuiet(room: Room): boolean {
  const { roundSince, frozen, device, company, view } = room;
  return [roundSince, frozen, device, company, view].every((one) => one === null);
}

/** Null where nothing is known of any: an older collector has no such row. */
export function roomOf(rooms: Iterable<RoomEntity>): Room | null {
  const there = [...rooms].filter(({ left }) => left === null);
  return there.find((room) => !isQuiet(room)) ?? there[0] ?? null;
}

/** Milliseconds that a round's timer has left, 0 once it is over; null without a timer. now: the feed's clock. */
export function timeLeft({ roundUntil }: Pick<Room, 'roundUntil'>, now: number): number | null {
  return roundUntil === null ? null : Math.max(0, roundUntil - now);
}

/** Its time is not over. */
export function isPlaying({ roundUntil }: Pick<Room, 'roundUntil'>, now: number): boolean {
  return roundUntil === null || now < roundUntil;
}

/** What is in the spotlight, as one would pick it; null for nothing. */
export function spotlightOf(room: Pick<Room, 'device' | 'company'> | null): Target | null {
  if (room?.device) return { kind: 'device', device: room.device.id };
  return room?.company ? { kind: 'group', by: 'company', key: room.company.name } : null;
}

/** What it is called; empty for nothing. */
export function spotlightName(room: Pick<Room, 'device' | 'company'> | null): string {
  return room?.device?.alias ?? room?.company?.name ?? '';
}

/** Whether something that is of these devices, and with these companies, stands out. Without a spotlight nothing does. */
export function isLit(
  spotlight: Target | null,
  devices: (id: number) => boolean,
  companies: (name: string) => boolean,
): boolean {
  if (spotlight?.kind === 'device') return devices(spotlight.device);
  return spotlight?.kind === 'group' && companies(spotlight.key);
}
