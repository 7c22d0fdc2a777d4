// SPDX-License-Identifier: MIT
// The page as it is built for people, and how much its files are on the way to them.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './paths';

/** Builds it into this folder, of which nothing else is left. */
export function buildPage(folder: string): void {
  const vite = join(root, 'frontend/node_modules/.bin/vite');
  execFileSync(vite, ['build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: join(root, 'frontend'),
    // a test's own would be another page
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

/** The file that is sent for this address. */
export function fileOf(folder: string, url: string): string {
  const { pathname } = new URL(url);
  return join(folder, pathname === '/' ? 'index.html' : pathname);
}

/** Bytes of a file as the broadcaster sends it: gzipped. */
export const sizeOf = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
