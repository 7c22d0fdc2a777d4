// SPDX-License-Identifier: MIT
// Waiting, always with a deadline.

import { availableParallelism, loadavg } from 'node:os';

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * A time that is promised, in milliseconds, on a machine that has the time: with more than two processes for each processor,
 * they wait for each other, and so it is as much longer, ten times at most.
 */
export function promised(ms: number): number {
  const [wanting = 0] = loadavg();
  return ms * Math.min(10, Math.max(1, wanting / availableParallelism() / 2));
}

/**
 * Asks again and again until the answer is neither undefined, null nor false, and returns it. Throws after ms
 * milliseconds; the message says what was waited for, and what detail() says then.
 */
export async function until<T>(
  what: string,
  ms: number,
  probe: () => T | Promise<T>,
  detail: () => string = () => '',
): Promise<NonNullable<T>> {
  const deadline = performance.now() + ms;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<T>;
    if (performance.now() >= deadline) throw new Error(`waited ${ms} ms for ${what}. ${detail()}`);
    await sleep(15);
  }
}

/** The promise, or an error after ms milliseconds. */
export async function within<T>(what: string, ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
