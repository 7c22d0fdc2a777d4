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
    // Daemons, network namespaces and a clock: one test at a time, each file in a process of its own.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    globalSetup: here('harness/setup.ts'),
    projects: ['integration', 'browser'].map((name) => ({
      extends: true,
      test: { name, include: [`${name}/**/*.test.ts`] },
    })),
  },
});
