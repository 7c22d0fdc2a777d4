// SPDX-License-Identifier: MIT
// The Redis that packages start (deploy/redis), with its two users.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './line';
import { root } from './paths';
import { RedisClient } from './redis';
import type { Stage } from './stage';
import { until } from './wait';

export type RedisUser = 'collector' | 'broadcaster';

export class PackagedRedis {
  readonly path: string;
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.path = stage.path('run/redis.sock');
  }

  /** Resolves when its users can log in. */
  async start(): Promise<void> {
    const folders = ['passwords', 'run'].map((name) => this.#stage.path(name));
    for (const folder of folders) mkdirSync(folder);
    const daemon = this.#stage.start(join(root, 'deploy/redis/connvis-redis'), folders, { title: 'connvis-redis' });
    await until(
      'Redis with its users',
      10_000,
      async () => {
        const client = await this.client('broadcaster').catch(() => undefined);
        client?.close();
        return client;
      },
      () => daemon.output,
    );
  }

  /** The file with the password that was made for it. */
  passwordFile(user: RedisUser): string {
    return this.#stage.path(`passwords/${user}.password`);
  }

  /** What its daemon is told. */
  login(user: RedisUser): Settings {
    return { 'redis.server': this.path, 'redis.user': user, 'redis.password_file': this.passwordFile(user) };
  }

  /** Logged in as this user, or as nobody. */
  async client(user?: RedisUser): Promise<RedisClient> {
    const client = new RedisClient(this.path);
    this.#stage.onClose(() => client.close());
    if (user) await client.command('AUTH', user, readFileSync(this.passwordFile(user), 'utf8'));
    return client;
  }
}
