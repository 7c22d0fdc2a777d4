// SPDX-License-Identifier: MIT
// What the page asks the collector to do, and the answers: common/PROTOCOL.md, "Commands".

import type schema from '../../../common/schema/commands.json';

export type Verb = keyof typeof schema.commands;
export type Fault = keyof typeof schema.faults;

/** Of the page's own: there is no connection by which anything could be asked for. */
export const OFFLINE = 'offline';

export type Answer =
  | { readonly done: true; readonly result: Readonly<Record<string, unknown>> }
  /** fault: a Fault, OFFLINE, or one that only a later version knows. */
  | { readonly done: false; readonly fault: string };

/** The broadcaster answers within 2 s, whatever happens behind it. Milliseconds. */
const PATIENCE = 5000;

const NO_ANSWER: Answer = { done: false, fault: 'no-answer' satisfies Fault };
/** There was nobody to ask. */
export const NOT_ASKED: Answer = { done: false, fault: OFFLINE };

/** The answer in a text message of the broadcaster, whose fields these are. */
export function readAnswer({ ok, error }: Readonly<Record<string, unknown>>): Answer | null {
  if (typeof ok === 'object' && ok !== null && !Array.isArray(ok))
    return { done: true, result: ok as Readonly<Record<string, unknown>> };
  return typeof error === 'string' ? { done: false, fault: error } : null;
}

export class Errands {
  /** Goes up for as long as the page is open: the broadcaster takes no number twice. */
  #number = 0;
  readonly #waiting = new Map<number, (answer: Answer) => void>();

  /** send: asks, by this number. */
  ask(send: (number: number) => void): Promise<Answer> {
    this.#number += 1;
    const number = this.#number;
    return new Promise((done) => {
      const timer = setTimeout(() => this.take(number, NO_ANSWER), PATIENCE);
      this.#waiting.set(number, (answer) => {
        clearTimeout(timer);
        done(answer);
      });
      send(number);
    });
  }

  /** An answer has come; one that nobody waits for is nothing. */
  take(number: number, answer: Answer): void {
    const done = this.#waiting.get(number);
    this.#waiting.delete(number);
    done?.(answer);
  }

  /** The connection is lost, and with it what was asked for. */
  lose(): void {
    for (const number of [...this.#waiting.keys()]) this.take(number, NO_ANSWER);
  }
}
