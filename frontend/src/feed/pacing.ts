// SPDX-License-Identifier: MIT
// From frame to pixel: how long each stage of the page may hold back what has come, and how much of the time it may take.
//
//   stage       where                       waits for                                 numbers
//   1 update    worker/worker.ts            the next turn, so that many frames make    UPDATE
//                                           one message to the page
//   2 select    app/use-live.ts             its share of the time                      SELECT
//   3 draw      parts/use-paced.ts          its share of the time; and, where only     DRAW, VALUES_EVERY
//                                           numbers changed, until they can be read
//   4 glide     views/flows/glide.ts        the eye: half of the way is seen early     GLIDE
//
// The first stage alone has a beat of its own. The next two run at once when something comes, unless the last run cost so much that
// they would take more than their share: beats in series would add up. With what the collector takes (a new connection leaves
// within 40 ms), what happens in the kernel is to be seen within 150 ms in the middle and within 400 ms in 99 of 100 cases, on a
// laptop. pacing.test.ts adds it up.
//
// All times are milliseconds.

export interface Pace {
  /** The least time between the beginnings of two runs. */
  readonly every: number;
  /** The share of the time that runs may take: after an expensive one the pause is longer. */
  readonly share: number;
}

export const UPDATE: Pace = { every: 100, share: 1 };
export const SELECT: Pace = { every: 0, share: 0.03 };
export const DRAW: Pace = { every: 0, share: 0.05 };
/** Where only numbers changed: those that change faster cannot be read. */
export const VALUES_EVERY = 1000;
/** Sums that stand by themselves: a few numbers can be followed. */
export const NUMBERS_EVERY = 400;
/** The same on the map, whose pulses say that something moved. */
export const MAP_VALUES_EVERY = 300;
/** Long lists, where something came or went: the browser's own layout costs as much again as what DRAW measures. */
export const LISTS_EVERY = 250;
/** Single connections: a list that moves faster cannot be read. */
export const CONNECTIONS_EVERY = 500;
/** The sentence above the views: it is looked for among all that is shown, and it stays for much longer anyway. */
export const FINDINGS: Pace = { every: 1000, share: 0.02 };
/** Menus, the countries' shares: what says what is going on, and not what just happened. */
export const SLOW_EVERY = 2000;
/** While a finger or a button of the mouse is down, nothing moves, for so long at most: who presses for longer drags or reads. */
export const PRESS = 1000;
/** How long things glide to their new places. */
export const GLIDE = 300;

/** Says when the next run is due. Knows no clock: times are given to it. */
export class Pacer {
  readonly #pace: Pace;
  #earliest = -Infinity;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** How long to wait from now on. */
  wait(now: number): number {
    return Math.max(0, this.#earliest - now);
  }

  /** A run began and took so long. */
  ran(began: number, cost: number): void {
    this.#earliest = began + Math.max(this.#pace.every, cost / this.#pace.share);
  }
}
