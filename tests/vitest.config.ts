// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // The page's decoder is imported from its own folder, which need not have been installed.
    alias: { '@msgpack/msgpack': here('node_modules/@msgpack/msgpack') },
  },
  test: {
    // Daemons, network namespaces and a clock: one test at a time, each file in a process of its own. What may run beside
    // each other does so in parts.sh.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // What a page shows comes with its next picture, which may take long where others are busy, too.
    expect: { poll: { timeout: 15_000, interval: 30 } },
    globalSetup: here('harness/setup.ts'),
    projects: [
      { extends: true, test: { name: 'integration', include: ['integration/**/*.test.ts'] } },
      { extends: true, test: { name: 'browser', include: ['browser/**/*.test.ts'] } },
      { extends: true, test: { name: 'soak', include: ['soak/**/*.test.ts'] } },
    ],
  },
});
