// SPDX-License-Identifier: MIT
// Whoever leads the room, as a broadcaster tells the collector of what is asked for.

import type { Line } from './line';
import type { RedisClient } from './redis';
import { until } from './wait';

const ANSWERS_MS = 10_000;
let leaders = 0;

export class Leader {
  readonly #answers: string[] = [];
  readonly #client: RedisClient;
  readonly #name: string;
  #asked = 0;

  private constructor(client: RedisClient) {
    this.#client = client;
    leaders += 1;
    this.#name = `leader${leaders}`;
  }

  static async of({ redis }: Line): Promise<Leader> {
    const leader = new Leader(redis.client());
    await redis.client().subscribe('connvis:reply:home', (message) => leader.#answers.push(message.toString()));
    return leader;
  }

  /** The answer without the request's name: "ok {…}", or "error CODE SENTENCE". */
  async ask(words: string, as = 'facilitator 192.0.2.200'): Promise<string> {
    this.#asked += 1;
    const request = `${this.#name}-${this.#asked} `;
    await this.#client.publish('connvis:command:home', `${request}${as} ${words}`);
    const answer = (): string | undefined => this.#answers.find((one) => one.startsWith(request));
    return (await until(`an answer to ${words}`, ANSWERS_MS, answer)).slice(request.length);
  }
}
