// SPDX-License-Identifier: MIT
// The quiet minute: which conversations began while nobody touched anything. From the rows alone, so that who comes later,
// and a recording, have the same. Pure.

import type { Conversation, Device, Room } from '../../store/rows';
import { groupKey } from '../../store/grouping';

/** On the feed's clock, milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** From its beginning to its end, or to now. */
export function spanOf({ roundSince, roundUntil }: Pick<Room, 'roundSince' | 'roundUntil'>, now: number): Span {
  const from = roundSince ?? now;
  return { from, until: Math.max(from, roundUntil === null ? now : Math.min(now, roundUntil)) };
}

/** In the order in which they began. */
export function beginnings(held: readonly Conversation[], { from, until }: Span): readonly Conversation[] {
  return held.filter(({ seen }) => seen >= from && seen <= until).sort((a, b) => a.seen - b.seen || a.id - b.id);
}

export interface Chatty {
  readonly device: Device;
  /** Conversations that it began. */
  readonly n: number;
  /** Keys of groups by company, those with most first. */
  readonly whom: readonly string[];
}

function most(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([key]) => key);
}

/** The devices that began most of them, at most so many. */
export function chattiest(begun: readonly Conversation[], limit: number): readonly Chatty[] {
  const found = new Map<Device, Map<string, number>>();
  for (const one of begun) {
    const counts = found.get(one.device) ?? new Map<string, number>();
    found.set(one.device, counts);
    const key = groupKey(one, 'company');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...found]
    .map(([device, counts]) => ({
      device,
      n: [...counts.values()].reduce((sum, n) => sum + n, 0),
      whom: most(counts),
    }))
    .sort((a, b) => b.n - a.n || a.device.id - b.device.id)
    .slice(0, limit);
}

export interface Dot {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

export interface DotField {
  readonly width: number;
  readonly height: number;
  readonly dots: readonly Dot[];
  /** For these there was no room. */
  readonly more: number;
}

/** Columns of the field, and dots on one of them: of a storm, the rest is a number. */
const COLUMNS = 60;
const LOWEST = 10;
const HIGHEST = 60;

/** Each stands where it began between the two times, on those that were there before. The field's width stands for all of the time. */
export function dotField(begun: readonly Conversation[], from: number, ends: number): DotField {
  const span = Math.max(1, ends - from);
  const stacks = new Array<number>(COLUMNS).fill(0);
  const placed: { id: number; column: number; level: number }[] = [];
  let more = 0;
  for (const { id, seen } of begun) {
    const column = Math.min(COLUMNS - 1, Math.max(0, Math.floor(((seen - from) / span) * COLUMNS)));
    const level = stacks[column] ?? 0;
    if (level >= HIGHEST) {
      more += 1;
      continue;
    }
    stacks[column] = level + 1;
    placed.push({ id, column, level });
  }
  const height = Math.max(LOWEST, ...stacks);
  const dots = placed.map(({ id, column, level }) => ({ id, x: column + 0.5, y: height - level - 0.5 }));
  return { width: COLUMNS, height, dots, more };
}

/** How long the field is: the timer, or what has passed, and a minute at least. */
export function fieldEnds(room: Pick<Room, 'roundSince' | 'roundUntil'>, now: number): number {
  const { from } = spanOf(room, now);
  return room.roundUntil ?? Math.max(now, from + 60_000);
}
