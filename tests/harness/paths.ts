// SPDX-License-Identifier: MIT
// Where the programs are. CONNVIS_BUILD is the build folder of CMake; by default build-tests at the top.

import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const build = resolve(process.env.CONNVIS_BUILD ?? join(root, 'build-tests'));

export const programs = {
  collector: join(build, 'collector/connvis-collector'),
  fewIds: join(build, 'tests/harness/connvis-collector-few-ids'),
  broadcaster: join(build, 'broadcaster/connvis-broadcaster'),
  embed: join(build, 'broadcaster/embed/connvis-embed'),
  intruder: join(build, 'tests/harness/connvis-intruder'),
  inject: join(build, 'tests/lab/inject/connvis-inject'),
  makeMmdb: join(root, 'tests/lab/make-mmdb'),
  viteNode: join(root, 'tests/node_modules/.bin/vite-node'),
} as const;

/** Ends connections, for the one test of that. */
export const enderProgram = join(build, 'tests/harness/connvis-ender');

/** Another clock for programs that are tested (clock/clock.c); only where words have 64 bits. */
export const clockLibrary = join(build, 'tests/harness/libconnvis-clock.so');

export function find(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The names under which Redis' server is installed: of Debian's packages for servers, and then of those for tools. */
const REDIS = ['redis-server', 'valkey-server', 'redis-check-rdb', 'valkey-check-rdb'];

/** How to call Redis. The tool of Debian's packages is the server when it is called so: it looks at its argv[0]. */
export function redisCommand(): [string, ...string[]] | undefined {
  const program = REDIS.map(find).find((path) => path !== undefined);
  return program === undefined ? undefined : ['bash', '-c', 'exec -a redis-server "$0" "$@"', program];
}

export function missingPrograms(): string[] {
  const missing: string[] = Object.values(programs).filter((path) => !existsSync(path));
  for (const name of [
    'ip',
    'nft',
    'conntrack',
    'nsenter',
    'unshare',
    'setpriv',
    'dnsmasq',
    'udhcpc',
    'dig',
    'curl',
    'jq',
    'mmdblookup',
    'openssl',
    'stunnel4',
  ])
    if (!find(name)) missing.push(name);
  if (!redisCommand()) missing.push('redis-check-rdb or valkey-check-rdb');
  return missing;
}
