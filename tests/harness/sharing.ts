// SPDX-License-Identifier: MIT
// Whether processes had the processors that they wanted, or waited for others to be done with them.

import { readFileSync } from 'node:fs';

interface Times {
  readonly ran: number;
  readonly waited: number;
}

/** Nanoseconds of the main threads: /proc/PID/schedstat of proc(5). */
export function timesOf(pids: readonly number[]): Times {
  const all = pids.map((pid) => readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number));
  const sum = (column: number): number => all.reduce((total, row) => total + (row[column] ?? 0), 0);
  return { ran: sum(0), waited: sum(1) };
}

/** Starts to watch. What it returns says how many times as long they took since then as they would have alone: 1 and
 * little more on a machine that does nothing else. */
export function watchSharing(pids: readonly number[]): () => number {
  const before = timesOf(pids);
  return () => {
    const now = timesOf(pids);
    return 1 + (now.waited - before.waited) / Math.max(1, now.ran - before.ran);
  };
}
