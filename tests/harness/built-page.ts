// SPDX-License-Identifier: MIT
// The page as it is built for people, and how much its files are on the way to them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programs, root } from './paths';

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

/** Bytes of each file below a folder as the broadcaster sends it: gzipped by the program that puts it there. */
export function sizesOf(folder: string): ReadonlyMap<string, number> {
  const work = mkdtempSync(join(tmpdir(), 'connvis-sizes-'));
  const written = join(work, 'page.c');
  execFileSync(programs.embed, [folder, written]);
  const rows = readFileSync(written, 'utf8').matchAll(/^\t\{"([^"]+)", .* (\d+)\},$/gm);
  rmSync(work, { recursive: true });
  return new Map([...rows].map(([, path = '', bytes]) => [join(folder, path), Number(bytes)]));
}
