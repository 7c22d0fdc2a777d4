// SPDX-License-Identifier: MIT
// When a Geiger counter clicks: at random moments, the more packets the more of them, and never so many that it hurts. Pure.

/** Clicks a second that are never passed: more become a tone. */
export const MOST = 28;
/** Packets a second at which half of them is reached. */
const HALF = 120;
/** Two clicks are at least so far apart. Milliseconds. */
const APART = 18;

/** Clicks a second for packets a second: with few packets each is heard, or nearly so. */
export function clickRate(packets: number): number {
  return packets <= 0 ? 0 : (MOST * packets) / (packets + HALF);
}

/**
 * The moments of clicks in a span of time, in milliseconds from its beginning, in order. They are independent of each other, as those of
 * a Geiger counter are. random: 0 to 1.
 */
export function clicksWithin(span: number, packets: number, random: () => number): number[] {
  const rate = clickRate(packets) / 1000;
  const moments: number[] = [];
  if (rate === 0) return moments;
  for (let at = gap(rate, random); at < span; at += Math.max(APART, gap(rate, random))) moments.push(at);
  return moments;
}

function gap(rate: number, random: () => number): number {
  return -Math.log(1 - random()) / rate;
}
