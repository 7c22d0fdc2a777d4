// SPDX-License-Identifier: MIT
// Before all tests: are we where they may run? They make links and addresses, so the process has a network
// namespace of its own (`npm run integration` makes it), in which nothing can meet what else runs on the machine.

import { rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { TestProject } from 'vitest/node';
import { makeFolder, sweepFolders } from './folder';
import { missingPrograms } from './paths';

declare module 'vitest' {
  export interface ProvidedContext {
    /** For what is made once for all files of a run. */
    readonly runFolder: string;
  }
}

export default function setup(project: TestProject): () => void {
  if (process.getuid?.() !== 0) throw new Error('The tests make network namespaces, which needs root.');
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  if (!addresses.every(({ internal }) => internal)) {
    throw new Error('The tests want a network namespace of their own: start them with "npm run integration".');
  }
  const missing = missingPrograms();
  if (missing.length > 0) throw new Error(`These programs are missing: ${missing.join(', ')}.`);
  sweepFolders();
  const folder = makeFolder();
  project.provide('runFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
